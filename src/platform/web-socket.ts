import type { Socket, SocketHandlers } from './platform'
import { ABNORMAL_CLOSURE, SocketGuard } from './socket-guard'

/** The slice of the WHATWG WebSocket that is used; the browser's and the `ws` package's both have it. */
export interface WebSocketLike {
  send(text: string): void
  close(): void
  addEventListener(type: 'open' | 'error', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'close', listener: (event: { code: number; reason: string }) => void): void
}

export type WebSocketConstructor = new (url: string) => WebSocketLike

export function openWebSocket(Constructor: WebSocketConstructor, url: string, handlers: SocketHandlers): Socket {
  const guard = new SocketGuard(handlers)
  const socket = new Constructor(url)
  socket.addEventListener('open', () => guard.onOpen())
  socket.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') guard.onMessage(data)
  })
  socket.addEventListener('close', ({ code, reason }) => guard.onClose(code, reason))
  // a close event follows; without a listener `ws` would throw the error at the process
  socket.addEventListener('error', () => undefined)
  return {
    send(text) {
      try {
        socket.send(text)
      } catch {
        guard.onClose(ABNORMAL_CLOSURE, 'not open')
      }
    },
    close() {
      guard.end()
      socket.close()
    },
  }
}
