import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { flvAddress, type MediaGate } from '../media-server/media-gate'
import type { GatewayPeer } from './gateway-peer'
import { BadOffer, createPeer } from './peer'
import { codecsOf } from './stream-codecs'
import { WhepSession } from './whep-session'
import { WhipSession } from './whip-session'

/** The offer of a browser is some 5 KB. */
const MAX_OFFER_BYTES = 64 * 1024
/** Each holds a socket and two threads' worth of encryption: enough for a playground. */
const MAX_SESSIONS = 64

export interface WebRtcGatewayOptions {
  /** What the server listens on; on loopback the gateway keeps to it too. */
  readonly host: string
  /** '' or like `/calls` */
  readonly basePath: string
}

type Action = 'whip' | 'whep'
type Parameters = { action: Action; name: string }

/**
 * WHIP and WHEP beside the media server: `POST {base}/whip/live/{stream}?e=&s=` publishes, `…/whep/…` plays, with the same
 * signed addresses. `GET {base}/whep/live/{stream}` tells what the sound is coded with. H.264 and Opus, no transcoding.
 */
export class WebRtcGateway {
  private readonly sessions = new Map<string, GatewayPeer>()
  private opening = 0
  private closed = false

  constructor(private readonly options: WebRtcGatewayOptions) {}

  attach(app: FastifyInstance, gate: MediaGate): void {
    const { basePath } = this.options
    app.register(async (scope) => {
      scope.addContentTypeParser(
        'application/sdp',
        { parseAs: 'string', bodyLimit: MAX_OFFER_BYTES },
        (_request, body, done) => done(null, body),
      )
      scope.addHook('onRequest', async (_request, reply) => {
        reply.headers({
          'access-control-allow-origin': '*',
          'access-control-allow-methods': 'GET, POST, DELETE',
          'access-control-allow-headers': 'content-type',
          'access-control-expose-headers': 'location',
        })
      })
      const stream = `${basePath}/:action(^whip|whep$)/live/:name`
      scope.options(stream, (_request, reply) => reply.code(204).send())
      scope.post<{ Params: Parameters }>(stream, (request, reply) => this.open(request, reply, gate))
      scope.get<{ Params: Parameters }>(stream, (request, reply) => this.describe(request, reply, gate))
      const session = `${basePath}/:action(^whip|whep$)/session/:id`
      scope.options(session, (_request, reply) => reply.code(204).send())
      scope.delete<{ Params: { id: string } }>(session, (request, reply) => {
        const found = this.sessions.get(request.params.id)
        found?.close()
        return reply.code(found ? 200 : 404).send()
      })
    })
  }

  /** Ends every session. */
  close(): void {
    this.closed = true
    for (const session of [...this.sessions.values()]) session.close()
  }

  private async open(
    request: FastifyRequest<{ Params: Parameters }>,
    reply: FastifyReply,
    gate: MediaGate,
  ): Promise<FastifyReply> {
    const { action } = request.params
    const url = await this.admitted(request, gate)
    if (typeof url === 'number') return reply.code(url).send()
    if (typeof request.body !== 'string') return reply.code(415).send()
    if (this.closed || this.sessions.size + this.opening >= MAX_SESSIONS) return reply.code(503).send()
    const peer = createPeer(isLoopback(this.options.host))
    this.opening += 1
    try {
      const { session, answer } = await (action === 'whip' ? WhipSession : WhepSession).open(peer, request.body, url)
      const location = this.keep(action, session)
      return reply.code(201).header('location', location).type('application/sdp').send(answer)
    } catch (error) {
      return reply.code(error instanceof BadOffer ? error.status : 502).send()
    } finally {
      this.opening -= 1
    }
  }

  private keep(action: Action, session: GatewayPeer): string {
    const id = randomUUID()
    this.sessions.set(id, session)
    session.onClosed = () => this.sessions.delete(id)
    if (this.closed) session.close()
    return `${this.options.basePath}/${action}/session/${id}`
  }

  private async describe(
    request: FastifyRequest<{ Params: Parameters }>,
    reply: FastifyReply,
    gate: MediaGate,
  ): Promise<FastifyReply> {
    if (request.params.action !== 'whep') return reply.code(405).send()
    const url = await this.admitted(request, gate)
    if (typeof url === 'number') return reply.code(url).send()
    const codecs = await codecsOf(url)
    return codecs ? reply.send(codecs) : reply.code(404).send()
  }

  /** The address of the stream at the media server, or the status of a refusal. */
  private async admitted(
    request: FastifyRequest<{ Params: Parameters }>,
    gate: MediaGate,
  ): Promise<string | 403 | 404> {
    const { action, name } = request.params
    const query = /\?.*$/.exec(request.url)?.[0] ?? ''
    const path = `${this.options.basePath}/live/${name}.flv${query}`
    const address = flvAddress(path, this.options.basePath)
    if (!address) return 404
    const { ok } = await gate.check(action === 'whip' ? 'publish' : 'play', address.stream, address.query)
    if (!ok) return 403
    const { localAddress = '127.0.0.1', localPort } = request.socket
    return `ws://${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}${path}`
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}
