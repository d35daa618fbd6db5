import { createWxPlatform } from '../../../src/platform/wx'

type Listener = (event: never) => void

class FakeSocketTask {
  readonly listeners: Record<string, (event?: unknown) => void> = {}
  readonly sent: { data: string; fail(error: { errMsg: string }): void }[] = []
  closes = 0
  onOpen = (listener: Listener): void => this.keep('open', listener)
  onMessage = (listener: Listener): void => this.keep('message', listener)
  onClose = (listener: Listener): void => this.keep('close', listener)
  onError = (listener: Listener): void => this.keep('error', listener)
  send = (option: FakeSocketTask['sent'][number]): void => void this.sent.push(option)
  close = (): void => void (this.closes += 1)

  private keep(name: string, listener: Listener): void {
    this.listeners[name] = listener as (event?: unknown) => void
  }
}

function fakeWx(version: 'old' | 'new') {
  const tasks: FakeSocketTask[] = []
  const network = new Set<(event: { isConnected: boolean }) => void>()
  const shown = new Set<() => void>()
  const old = {
    connectSocket: () => {
      const task = new FakeSocketTask()
      tasks.push(task)
      return task
    },
    onNetworkStatusChange: (listener: (event: { isConnected: boolean }) => void) => void network.add(listener),
  }
  const off = {
    offNetworkStatusChange: (listener: never) => void network.delete(listener),
    onAppShow: (listener: () => void) => void shown.add(listener),
    offAppShow: (listener: never) => void shown.delete(listener),
  }
  return { api: version === 'new' ? { ...old, ...off } : old, tasks, network, shown }
}

const globals = globalThis as { wx?: unknown }
afterEach(() => {
  delete globals.wx
})

function install(version: 'old' | 'new' = 'new') {
  const fake = fakeWx(version)
  globals.wx = fake.api
  return fake
}

function connect() {
  const { tasks } = install()
  const handlers = { onOpen: jest.fn(), onMessage: jest.fn(), onClose: jest.fn() }
  const socket = createWxPlatform().connectSocket('wss://host.test/', handlers)
  const task = tasks[0]
  if (!task) throw new Error('no socket task')
  return { socket, task, handlers }
}

test('wx is not touched before something is asked for', () => {
  expect(() => createWxPlatform()).not.toThrow()
})

test('network changes are told until unsubscribed, and the native listener goes too', () => {
  const { network } = install()
  const heard: boolean[] = []
  const off = createWxPlatform().onNetworkChange((connected) => heard.push(connected))
  for (const tell of network) tell({ isConnected: false })
  off()
  expect(heard).toEqual([false])
  expect(network.size).toBe(0)
})

test('coming to the foreground is told until unsubscribed', () => {
  const { shown } = install()
  const listener = jest.fn()
  const off = createWxPlatform().onForeground(listener)
  for (const tell of shown) tell()
  off()
  expect(listener).toHaveBeenCalledTimes(1)
  expect(shown.size).toBe(0)
})

test('where a version cannot unsubscribe, an unsubscribed listener is told nothing', () => {
  const { network } = install('old')
  const listener = jest.fn()
  const platform = createWxPlatform()
  platform.onNetworkChange(listener)()
  platform.onForeground(listener)()
  for (const tell of network) tell({ isConnected: true })
  expect(listener).not.toHaveBeenCalled()
})

test('a socket passes text on and closes once, whether an error came first or not', () => {
  const { socket, task, handlers } = connect()
  task.listeners.open?.()
  socket.send('hi')
  task.listeners.message?.({ data: 'text' })
  task.listeners.message?.({ data: new ArrayBuffer(1) })
  task.listeners.error?.({ errMsg: 'broken' })
  task.listeners.close?.({ code: 1006, reason: '' })
  expect(task.sent[0]?.data).toBe('hi')
  expect(handlers.onOpen).toHaveBeenCalledTimes(1)
  expect(handlers.onMessage.mock.calls).toEqual([['text']])
  expect(handlers.onClose.mock.calls).toEqual([[1006, 'broken']])
})

test('a frame that cannot be sent shows up as a close', () => {
  const { socket, task, handlers } = connect()
  socket.send('hi')
  task.sent[0]?.fail({ errMsg: 'sendSocketMessage:fail' })
  expect(handlers.onClose.mock.calls).toEqual([[1006, 'sendSocketMessage:fail']])
})

test('a close before the socket is open is repeated when it opens all the same', () => {
  const { socket, task, handlers } = connect()
  socket.close()
  task.listeners.open?.()
  task.listeners.close?.({ code: 1000, reason: '' })
  expect(task.closes).toBe(2)
  expect(handlers.onOpen).not.toHaveBeenCalled()
  expect(handlers.onClose).not.toHaveBeenCalled()
})
