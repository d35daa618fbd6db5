import { createConsoleLog } from './console-log'
import type { LogLevel, Platform } from './platform'
import { systemTime } from './system-time'
import { openWebSocket, type WebSocketConstructor } from './web-socket'

interface EventTargetLike {
  addEventListener(type: string, listener: () => void): void
  removeEventListener(type: string, listener: () => void): void
}

/** The slice of `window` that is used. */
export interface BrowserScope extends EventTargetLike {
  readonly WebSocket: WebSocketConstructor
  readonly document: EventTargetLike & { readonly visibilityState: string }
}

/** A web page as a platform; hand it `window`. */
export function createBrowserPlatform(scope: BrowserScope, options: { logLevel?: LogLevel } = {}): Platform {
  return {
    name: 'browser',
    ...systemTime,
    connectSocket: (url, handlers) => openWebSocket(scope.WebSocket, url, handlers),
    onNetworkChange(listener) {
      const online = (): void => listener(true)
      const offline = (): void => listener(false)
      scope.addEventListener('online', online)
      scope.addEventListener('offline', offline)
      return () => {
        scope.removeEventListener('online', online)
        scope.removeEventListener('offline', offline)
      }
    },
    onForeground(listener) {
      const { document } = scope
      const changed = (): void => {
        if (document.visibilityState === 'visible') listener()
      }
      document.addEventListener('visibilitychange', changed)
      return () => document.removeEventListener('visibilitychange', changed)
    },
    log: createConsoleLog(options.logLevel),
  }
}
