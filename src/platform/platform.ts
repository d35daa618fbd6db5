import type { Unsubscribe } from '../util/emitter'

/** error: a user saw it · warn: it mended itself · info: a life began or ended · debug: the rest */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug'

/**
 * error = surfaced to the user, warn = recovered by itself, info = lifecycle, debug = the rest.
 * Never hand it a token, a userSig or a signed URL.
 */
export type Log = (level: LogLevel, message: string, data?: unknown) => void

/** What a socket tells its owner. */
export interface SocketHandlers {
  /** It can be sent to from now on. */
  onOpen(): void
  /** One text frame. */
  onMessage(text: string): void
  /** Called exactly once, also when the connection could not be made; never after the owner called close(). */
  onClose(code: number, reason: string): void
}

/** A WebSocket that carries text. */
export interface Socket {
  /** Throws nothing; a frame that cannot be sent shows up as onClose. */
  send(text: string): void
  /** Ends it; `onClose` does not follow. Idempotent. */
  close(): void
}

/** Everything the core needs from its surroundings. Time and chance come from here and from nowhere else. */
export interface Platform {
  readonly name: 'wx' | 'browser' | 'node'
  /** Milliseconds since 1970. */
  now(): number
  /** 0 ≤ x < 1 */
  random(): number
  /** Runs `task` once after `ms`; the returned function cancels it. */
  setTimer(ms: number, task: () => void): Unsubscribe
  /** Opens a WebSocket; what goes wrong is told by `onClose`. */
  connectSocket(url: string, handlers: SocketHandlers): Socket
  /** Tells when the network changes; `connected` is false while there is none. */
  onNetworkChange(listener: (connected: boolean) => void): Unsubscribe
  /** Tells when the app has come back to the foreground. */
  onForeground(listener: () => void): Unsubscribe
  readonly log: Log
}
