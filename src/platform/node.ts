import { createConsoleLog } from './console-log'
import type { LogLevel, Platform } from './platform'
import { systemTime } from './system-time'
import { openWebSocket, type WebSocketConstructor } from './web-socket'

export interface NodePlatformOptions {
  /** The class of the `ws` package, or Node's own from version 22 on. */
  readonly WebSocket: WebSocketConstructor
  readonly logLevel?: LogLevel
}

/** Node as a platform: a process is always in the foreground, and its network tells nobody that it changed. */
export function createNodePlatform({ WebSocket, logLevel }: NodePlatformOptions): Platform {
  return {
    name: 'node',
    ...systemTime,
    connectSocket: (url, handlers) => openWebSocket(WebSocket, url, handlers),
    onNetworkChange: () => () => undefined,
    onForeground: () => () => undefined,
    log: createConsoleLog(logLevel),
  }
}
