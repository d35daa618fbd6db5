import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import {
  admitPublisher,
  admitsPlayer,
  flvAddress,
  internalName,
  type MediaGate,
  type StreamAddress,
} from './media-gate'
import { FlvSession, type NmsFlvSession } from './node-media-server'
import { awaitPublisher, cutOff, runSession, takeOver } from './stream-sessions'

/** FLV tags of one key frame fit with room to spare. */
const MAX_MESSAGE_BYTES = 8 * 1024 * 1024
/** Tells the publisher that the stream is its own; live-pusher answers with 1002. */
const PUBLISHED = 'published'
const HTTP_HEADERS = {
  'content-type': 'video/x-flv',
  'cache-control': 'no-store',
  'access-control-allow-origin': '*',
}

/** FLV over WebSocket (play and publish) and over HTTP (play), on a server of one's own. */
export class FlvFront {
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  })
  private readonly responses = new Set<ServerResponse>()
  private isClosed = false

  constructor(
    private readonly gate: MediaGate,
    private readonly basePath: string,
  ) {}

  /** For the server's `upgrade` event. @returns false, the socket untouched, when the path is somebody else's */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const url = request.url ?? ''
    if (!url.startsWith(`${this.basePath}/live/`)) return false
    const address = flvAddress(url, this.basePath)
    const publish = /\bpublisher\b/i.test(request.headers['sec-websocket-protocol'] ?? '')
    if (!address) return refuse(socket, 404)
    const upgrade = (serve: (webSocket: WebSocket, name: string) => void): void => {
      this.sockets.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, internalName(address.stream)))
    }
    if (publish) void this.publish(address, request, socket, upgrade)
    else void this.play(address, request, socket, upgrade)
    return true
  }

  /** Plays over plain HTTP. Resolves to the status of a refusal, or to 200 once the stream has begun. */
  async handleRequest(request: IncomingMessage, response: ServerResponse): Promise<200 | 403 | 404> {
    const address = flvAddress(request.url ?? '', this.basePath)
    if (!address) return 404
    if (!(await admitsPlayer(this.gate, address))) return 403
    if (this.isClosed) response.destroy()
    if (response.destroyed) return 200
    response.writeHead(200, HTTP_HEADERS)
    response.flushHeaders()
    this.responses.add(response)
    response.on('close', () => this.responses.delete(response))
    // the shape of an Express request, which is what the session reads
    const asExpress = Object.assign(request, {
      params: { app: 'live', name: internalName(address.stream) },
      hostname: request.headers.host ?? '',
      query: {},
    })
    const session = new FlvSession(asExpress, response)
    runSession(
      session,
      () => response.writableLength,
      () => session.run(),
    )
    awaitPublisher(session)
    return 200
  }

  close(): void {
    this.isClosed = true
    for (const socket of this.sockets.clients) socket.terminate()
    this.sockets.close()
    for (const response of this.responses) response.destroy()
  }

  private async play(
    address: StreamAddress,
    request: IncomingMessage,
    socket: Duplex,
    upgrade: Upgrade,
  ): Promise<void> {
    if (!(await admitsPlayer(this.gate, address))) return void refuse(socket, 403)
    if (this.isClosed) return void socket.destroy()
    upgrade((webSocket, name) => {
      const session = sessionOf(webSocket, request, name)
      run(session, webSocket)
      awaitPublisher(session)
    })
  }

  private async publish(
    address: StreamAddress,
    request: IncomingMessage,
    socket: Duplex,
    upgrade: Upgrade,
  ): Promise<void> {
    let cut = (): void => void socket.destroy()
    const ended = await admitPublisher(this.gate, address, () => cut())
    if (!ended) return void refuse(socket, 403)
    if (this.isClosed || socket.destroyed) {
      socket.destroy()
      return ended()
    }
    socket.once('close', ended)
    upgrade((webSocket, name) => {
      const session = sessionOf(webSocket, request, name)
      cut = () => cutOff(session, () => webSocket.terminate())
      session.isPublisher = true
      takeOver(session.broadcast)
      run(session, webSocket)
      if (session.broadcast.publisher === session) webSocket.send(PUBLISHED)
    })
  }
}

type Upgrade = (serve: (webSocket: WebSocket, name: string) => void) => void

function sessionOf(webSocket: WebSocket, request: IncomingMessage, name: string): NmsFlvSession {
  const { headers, socket } = request
  return new FlvSession({ url: `/live/${name}.flv`, method: 'GET', headers, socket }, webSocket)
}

function run(session: NmsFlvSession, webSocket: WebSocket): void {
  runSession(
    session,
    () => webSocket.bufferedAmount,
    () => session.run(),
  )
}

function refuse(socket: Duplex, status: 403 | 404): true {
  const reason = status === 403 ? 'Forbidden' : 'Not Found'
  socket.on('error', () => {})
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  return true
}
