import type { FastifyInstance } from 'fastify'
import { FlvFront } from './flv-front'
import { streamOfInternal, type MediaGate } from './media-gate'
import { RtmpFront } from './rtmp-front'
import { endViewersWithPublisher, publishedStreams } from './stream-sessions'

export interface MediaServerOptions {
  readonly host: string
  /** 0 = any free port */
  readonly rtmpPort: number
  /** '' or like `/calls` */
  readonly basePath: string
}

/** The playground's media server: RTMP on its own port, FLV on the port of the HTTP server it is attached to. */
export class MediaServer {
  private readonly rtmp = new RtmpFront()
  private readonly forgetViewers = endViewersWithPublisher()
  private flv: FlvFront | null = null

  private constructor(private readonly basePath: string) {}

  /** Takes the RTMP port; nobody is served before attach(). Rejects with EADDRINUSE when it is taken. */
  static async listen(options: MediaServerOptions): Promise<{ server: MediaServer; rtmpPort: number }> {
    const server = new MediaServer(options.basePath)
    try {
      return { server, rtmpPort: await server.rtmp.listen(options.rtmpPort, options.host) }
    } catch (error) {
      server.forgetViewers()
      throw error
    }
  }

  /** @returns the handler to ask for each `upgrade`; it answers false when the path is not its own. */
  attach(app: FastifyInstance, gate: MediaGate): FlvFront['handleUpgrade'] {
    const flv = new FlvFront(gate, this.basePath)
    this.flv = flv
    this.rtmp.open(gate)
    app.get(`${this.basePath}/live/*`, { logLevel: 'silent' }, async (request, reply) => {
      const status = await flv.handleRequest(request.raw, reply.raw)
      if (status === 200) return reply.hijack()
      const message = status === 403 ? 'Not signed for this stream' : 'No stream'
      return reply.code(status).send({ code: status, message })
    })
    return (request, socket, head) => flv.handleUpgrade(request, socket, head)
  }

  /** Names of the streams that somebody is publishing at this moment, the longest known first. */
  publishing(): string[] {
    return publishedStreams().map(streamOfInternal)
  }

  async close(): Promise<void> {
    this.forgetViewers()
    this.flv?.close()
    await this.rtmp.close()
  }
}
