import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { flvAddress, internalName, type MediaGate } from './media-gate'
import { FlvSession } from './node-media-server'
import { awaitPublisher, runSession, takeOver } from './stream-sessions'

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
    if (!this.gate.check(publish ? 'publish' : 'play', address.stream, address.query).ok) return refuse(socket, 403)
    this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
      this.serve(webSocket, request, internalName(address.stream), publish)
    })
    return true
  }

  /** Plays over plain HTTP. @returns the status of a refusal, or 200 once the stream has begun */
  handleRequest(request: IncomingMessage, response: ServerResponse): 200 | 403 | 404 {
    const address = flvAddress(request.url ?? '', this.basePath)
    if (!address) return 404
    if (!this.gate.check('play', address.stream, address.query).ok) return 403
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
    for (const socket of this.sockets.clients) socket.terminate()
    this.sockets.close()
    for (const response of this.responses) response.destroy()
  }

  private serve(webSocket: WebSocket, request: IncomingMessage, name: string, publish: boolean): void {
    const session = new FlvSession(
      { url: `/live/${name}.flv`, method: 'GET', headers: request.headers, socket: request.socket },
      webSocket,
    )
    session.isPublisher = publish
    if (publish) takeOver(session.broadcast)
    runSession(
      session,
      () => webSocket.bufferedAmount,
      () => session.run(),
    )
    if (!publish) awaitPublisher(session)
    else if (session.broadcast.publisher === session) webSocket.send(PUBLISHED)
  }
}

function refuse(socket: Duplex, status: 403 | 404): true {
  const reason = status === 403 ? 'Forbidden' : 'Not Found'
  socket.on('error', () => {})
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  return true
}
