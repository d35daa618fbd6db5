import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Clock } from './clock'
import type { Log } from './log'
import { addressOf, reachOf } from './reach'
import { CLOSE_CODES } from './hub/close-codes'
import type { RoomHub } from './room-hub'

/** A peer that answers no ping until the next one is due is dead. */
export const PING_MS = 10_000
/**
 * Frames over the limit are refused with an answer, the connection stays; only beyond this many times the limit are they
 * not even read, and the connection closes with 1009.
 */
const UNREAD_FRAMES = 4
/** A peer has this long to answer a close. */
const CLOSE_MS = 500

export interface SocketTransportOptions {
  readonly hub: RoomHub
  /** Path of the socket, like `/weapp/ws`. */
  readonly path: string
  /** Believes a proxy in front about where clients are. */
  readonly trustProxy: boolean
  readonly clock: Clock
  readonly log: Log
}

/** Brings WebSockets to the hub. It listens nowhere itself: the owner of the HTTP server hands it the upgrades. */
export class SocketTransport {
  private readonly server
  private readonly silent = new WeakSet<WebSocket>()
  private cancelPing: () => void

  constructor(private readonly options: SocketTransportOptions) {
    const { frameBytes } = options.hub.context.limits
    this.server = new WebSocketServer({ noServer: true, maxPayload: UNREAD_FRAMES * frameBytes })
    this.cancelPing = this.schedulePing()
  }

  /** @returns false, the socket untouched, when the path is somebody else's */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    if (request.url?.split('?')[0] !== this.options.path) return false
    const { drain, store } = this.options.hub.context
    if (drain.isOn || !store.isAvailable) return refuse(socket, '503 Service Unavailable')
    const { guard, meter } = this.options.hub.context
    const { addresses } = guard
    const address = addressOf(request, this.options.trustProxy)
    if (guard.refusalOf({ address, userID: '' })) return refuse(socket, '429 Too Many Requests')
    if (!addresses.add(address)) {
      meter?.refused('connectionsPerAddress')
      return refuse(socket, '429 Too Many Requests')
    }
    // the counting ends with the socket, whether it became a WebSocket or not
    socket.once('close', () => addresses.remove(address))
    this.server.handleUpgrade(request, socket, head, (webSocket) => this.connect(webSocket, request, address))
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

  private connect(webSocket: WebSocket, request: IncomingMessage, address: string): void {
    const { hub, log } = this.options
    const { unreadBytes } = hub.context.limits
    const reach = reachOf(request.headers, (request.socket as TLSSocket).encrypted === true)
    const link = hub.accept({
      ...reach,
      address,
      send: (text) => {
        if (webSocket.bufferedAmount > unreadBytes) this.cutSlow(webSocket)
        else webSocket.send(text)
      },
      close: (code, reason) => webSocket.close(code, reason),
    })
    webSocket.on('message', (data) => {
      this.silent.delete(webSocket)
      link.receive(String(data))
    })
    webSocket.on('pong', () => {
      this.silent.delete(webSocket)
      link.receiveControl()
    })
    webSocket.on('ping', () => link.receiveControl())
    webSocket.on('error', (error) => log('debug', 'A socket broke the WebSocket protocol', { error }))
    webSocket.on('close', () => link.closed())
  }

  /** The reason stands behind what is unread: whoever reads on finds it, whoever does not is cut. */
  private cutSlow(webSocket: WebSocket): void {
    if (webSocket.readyState !== webSocket.OPEN) return
    const { clock, log } = this.options
    log('warn', 'A client reads too slowly and is dropped', { unreadBytes: webSocket.bufferedAmount })
    this.options.hub.context.meter?.dropped('tooSlow')
    webSocket.close(CLOSE_CODES.tooSlow, 'reading too slowly')
    const cancel = clock.setTimer(CLOSE_MS, () => webSocket.terminate())
    webSocket.once('close', cancel)
  }

  private schedulePing(): () => void {
    return this.options.clock.setTimer(PING_MS, () => {
      for (const webSocket of this.server.clients) this.ping(webSocket)
      this.cancelPing = this.schedulePing()
    })
  }

  private ping(webSocket: WebSocket): void {
    if (this.silent.has(webSocket)) {
      this.options.hub.context.meter?.dropped('unresponsive')
      webSocket.terminate()
      return
    }
    this.silent.add(webSocket)
    webSocket.ping()
  }
}

/** Answers the upgrade with something else than a socket. */
function refuse(socket: Duplex, status: string): true {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  return true
}
