import type { Unsubscribe } from '../util/emitter'
import { createConsoleLog } from './console-log'
import type { LogLevel, Platform, Socket, SocketHandlers } from './platform'
import { ABNORMAL_CLOSURE, SocketGuard } from './socket-guard'
import { systemTime } from './system-time'

/** A mini program as a platform. `wx` is touched only when something is asked for. */
export function createWxPlatform(options: { logLevel?: LogLevel } = {}): Platform {
  return {
    name: 'wx',
    ...systemTime,
    connectSocket,
    onNetworkChange: (listener) =>
      subscribe<{ isConnected: boolean }>(
        ({ isConnected }) => listener(isConnected),
        (changed) => wx.onNetworkStatusChange(changed),
        // the typings have the listener here without the result it is called with
        (changed) => wx.offNetworkStatusChange?.(changed as () => void),
      ),
    // not there in a plugin
    onForeground: (listener) =>
      subscribe<unknown>(
        () => listener(),
        (shown) => wx.onAppShow?.(shown),
        (shown) => wx.offAppShow?.(shown),
      ),
    log: createConsoleLog(options.logLevel),
  }
}

/** Old versions cannot unsubscribe: there the native listener stays, and passes nothing on. */
function subscribe<Event>(
  listener: (event: Event) => void,
  on: (native: (event: Event) => void) => void,
  off: (native: (event: Event) => void) => void,
): Unsubscribe {
  let isMuted = false
  const native = (event: Event): void => {
    if (!isMuted) listener(event)
  }
  on(native)
  return () => {
    isMuted = true
    off(native)
  }
}

function connectSocket(url: string, handlers: SocketHandlers): Socket {
  const guard = new SocketGuard(handlers)
  const broken = ({ errMsg }: { errMsg: string }): void => guard.onClose(ABNORMAL_CLOSURE, errMsg)
  const task = wx.connectSocket({ url, tcpNoDelay: true, fail: broken })
  task.onOpen(() => {
    // a close() that came before the socket was open had no effect on some phones
    if (guard.isOver) task.close({})
    else guard.onOpen()
  })
  task.onMessage(({ data }) => {
    if (typeof data === 'string') guard.onMessage(data)
  })
  task.onClose(({ code, reason }) => guard.onClose(code, reason))
  // not every version reports a close after an error
  task.onError(broken)
  return {
    send: (data) => task.send({ data, fail: broken }),
    close() {
      guard.end()
      task.close({})
    },
  }
}
