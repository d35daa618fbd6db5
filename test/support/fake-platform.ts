import type { LogLevel, Platform, Socket, SocketHandlers } from '../../src/platform/platform'
import type { Unsubscribe } from '../../src/util/emitter'
import type { VirtualClock } from './virtual-clock'

export interface LogEntry {
  readonly level: LogLevel
  readonly message: string
  readonly data?: unknown
}

export interface FakePlatform extends Platform {
  readonly logs: readonly LogEntry[]
  /** What the code under test still holds. */
  readonly openSockets: number
  readonly armedTimers: number
  readonly listeners: number
  /** Tells listeners that the network went away or came back; what happens to sockets is the link's business. */
  goOffline(): void
  goOnline(): void
  foreground(): void
  /** The phone holds the app's JavaScript still: timers that fall due and what sockets tell wait for {@link thaw}. */
  freeze(): void
  thaw(): void
}

export interface FakePlatformOptions {
  readonly clock: VirtualClock
  /** The network; without one every connection fails. */
  readonly connect?: (url: string, handlers: SocketHandlers) => Socket
  readonly seed?: number
}

/** The whole Platform on virtual time and seeded chance, with a count of everything that has to be given back. */
export function createFakePlatform({
  clock,
  connect = unreachable(clock),
  seed = 1,
}: FakePlatformOptions): FakePlatform {
  const logs: LogEntry[] = []
  const sockets = new Set<symbol>()
  const timers = new Set<symbol>()
  const networkListeners = new Set<(connected: boolean) => void>()
  const foregroundListeners = new Set<() => void>()
  let heldBack: (() => void)[] | null = null
  const run = (task: () => void): void => {
    if (heldBack) heldBack.push(task)
    else task()
  }
  const tellNetwork = (connected: boolean): void => [...networkListeners].forEach((listener) => listener(connected))

  return {
    name: 'node',
    now: clock.now,
    random: seededRandom(seed),
    setTimer(ms, task) {
      const key = Symbol('timer')
      timers.add(key)
      const cancel = clock.setTimer(ms, () =>
        run(() => {
          if (timers.delete(key)) task()
        }),
      )
      return () => {
        timers.delete(key)
        cancel()
      }
    },
    connectSocket: (url, handlers) => countedSocket(sockets, connect, url, handlers, run),
    onNetworkChange: (listener) => subscribe(networkListeners, listener),
    onForeground: (listener) => subscribe(foregroundListeners, listener),
    log: (level, message, data) => void logs.push(data === undefined ? { level, message } : { level, message, data }),
    logs,
    get openSockets() {
      return sockets.size
    },
    get armedTimers() {
      return timers.size
    },
    get listeners() {
      return networkListeners.size + foregroundListeners.size
    },
    goOffline: () => tellNetwork(false),
    goOnline: () => tellNetwork(true),
    foreground: () => [...foregroundListeners].forEach((listener) => listener()),
    freeze: () => void (heldBack ??= []),
    thaw() {
      const due = heldBack ?? []
      heldBack = null
      for (const task of due) task()
    },
  }
}

function subscribe<T>(set: Set<T>, listener: T): Unsubscribe {
  set.add(listener)
  return () => void set.delete(listener)
}

function countedSocket(
  open: Set<symbol>,
  connect: NonNullable<FakePlatformOptions['connect']>,
  url: string,
  handlers: SocketHandlers,
  run: (task: () => void) => void,
): Socket {
  const key = Symbol(url)
  open.add(key)
  const socket = connect(url, {
    onOpen: () => run(() => open.has(key) && handlers.onOpen()),
    onMessage: (text) => run(() => open.has(key) && handlers.onMessage(text)),
    onClose: (code, reason) => run(() => open.delete(key) && handlers.onClose(code, reason)),
  })
  return {
    send: (text) => socket.send(text),
    close: () => {
      open.delete(key)
      socket.close()
    },
  }
}

function unreachable(clock: VirtualClock) {
  return (_url: string, handlers: SocketHandlers): Socket => {
    const cancel = clock.setTimer(0, () => handlers.onClose(1006, 'no network'))
    return { send: () => undefined, close: cancel }
  }
}

/** mulberry32: enough chance for jitter and ids, the same in every run. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
