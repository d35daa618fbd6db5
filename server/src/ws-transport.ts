import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Clock } from './clock'
import { MAX_FRAME_BYTES } from './limits'
import type { Log } from './log'
import { reachOf } from './reach'
import type { RoomHub } from './room-hub'

/** A peer that answers no ping until the next one is due is dead. */
export const PING_MS = 10_000
/**
 * Frames over {@link MAX_FRAME_BYTES} are refused with an answer, the connection stays; only beyond this are they not
 * even read, and the connection closes with 1009.
 */
const MAX_PAYLOAD_BYTES = 4 * MAX_FRAME_BYTES
/** A peer has this long to answer a close. */
const CLOSE_MS = 500
/** A peer that reads so slowly that this much piles up is cut off; it comes back and resumes. */
const MAX_BUFFERED_BYTES = 1024 * 1024

export interface SocketTransportOptions {
  readonly hub: RoomHub
  /** Path of the socket, like `/weapp/ws`. */
  readonly path: string
  readonly clock: Clock
  readonly log: Log
}

/** Brings WebSockets to the hub. It listens nowhere itself: the owner of the HTTP server hands it the upgrades. */
export class SocketTransport {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD_BYTES })
  private readonly silent = new WeakSet<WebSocket>()
  private cancelPing: () => void

  constructor(private readonly options: SocketTransportOptions) {
    this.cancelPing = this.schedulePing()
  }

  /** @returns false, the socket untouched, when the path is somebody else's */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    if (request.url?.split('?')[0] !== this.options.path) return false
    if (!this.options.hub.context.store.isAvailable) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return true
    }
    this.server.handleUpgrade(request, socket, head, (webSocket) => this.connect(webSocket, request))
    return true
  }

  /** Takes no upgrade any more. Resolves when every socket is closed; those that do not answer the hub's close are cut. */
  async close(): Promise<void> {
    this.cancelPing()
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()))
    const cut = this.options.clock.setTimer(CLOSE_MS, () => {
      for (const webSocket of this.server.clients) webSocket.terminate()
    })
    await closed
    cut()
  }

  private connect(webSocket: WebSocket, request: IncomingMessage): void {
    const { hub, log } = this.options
    const reach = reachOf(request.headers, (request.socket as TLSSocket).encrypted === true)
    const link = hub.accept({
      ...reach,
      send: (text) => {
        if (webSocket.bufferedAmount > MAX_BUFFERED_BYTES) webSocket.terminate()
        else webSocket.send(text)
      },
      close: (code, reason) => webSocket.close(code, reason),
    })
    webSocket.on('message', (data) => {
      this.silent.delete(webSocket)
      link.receive(String(data))
    })
    webSocket.on('pong', () => this.silent.delete(webSocket))
    webSocket.on('error', (error) => log('debug', 'A socket broke the WebSocket protocol', { error }))
    webSocket.on('close', () => link.closed())
  }

  private schedulePing(): () => void {
    return this.options.clock.setTimer(PING_MS, () => {
      for (const webSocket of this.server.clients) this.ping(webSocket)
      this.cancelPing = this.schedulePing()
    })
  }

  private ping(webSocket: WebSocket): void {
    if (this.silent.has(webSocket)) {
      webSocket.terminate()
      return
    }
    this.silent.add(webSocket)
    webSocket.ping()
  }
}
