import { createBrowserPlatform, type BrowserScope } from '../../../src/platform/browser'

/** Node's own EventTarget stands in for window and document. */
class FakeDocument extends EventTarget {
  visibilityState = 'visible'
}

class FakeWebSocket extends EventTarget {
  static made: FakeWebSocket[] = []
  readonly sent: string[] = []
  closed = false

  constructor(readonly url: string) {
    super()
    FakeWebSocket.made.push(this)
  }

  send(text: string): void {
    this.sent.push(text)
  }

  close(): void {
    this.closed = true
  }

  fire(type: string, fields: object = {}): void {
    this.dispatchEvent(Object.assign(new Event(type), fields))
  }
}

function createScope() {
  const document = new FakeDocument()
  const scope = Object.assign(new EventTarget(), { WebSocket: FakeWebSocket, document })
  return { scope: scope as unknown as BrowserScope & EventTarget, document }
}

test('window is a scope', () => {
  // checked by the compiler: the real thing fits the slice
  const fits = (window: Window & typeof globalThis): BrowserScope => window
  expect(fits).toBeInstanceOf(Function)
})

test('online and offline are told until unsubscribed', () => {
  const { scope } = createScope()
  const heard: boolean[] = []
  const off = createBrowserPlatform(scope).onNetworkChange((connected) => heard.push(connected))
  scope.dispatchEvent(new Event('offline'))
  scope.dispatchEvent(new Event('online'))
  off()
  scope.dispatchEvent(new Event('offline'))
  expect(heard).toEqual([false, true])
})

test('foreground is the page becoming visible, not its being hidden', () => {
  const { scope, document } = createScope()
  const listener = jest.fn()
  const off = createBrowserPlatform(scope).onForeground(listener)
  document.visibilityState = 'hidden'
  document.dispatchEvent(new Event('visibilitychange'))
  expect(listener).not.toHaveBeenCalled()
  document.visibilityState = 'visible'
  document.dispatchEvent(new Event('visibilitychange'))
  off()
  document.dispatchEvent(new Event('visibilitychange'))
  expect(listener).toHaveBeenCalledTimes(1)
})

test('a socket passes text on, closes once, and is mute after close()', () => {
  const { scope } = createScope()
  const handlers = { onOpen: jest.fn(), onMessage: jest.fn(), onClose: jest.fn() }
  const platform = createBrowserPlatform(scope)
  platform.connectSocket('wss://host.test/', handlers)
  const [first] = FakeWebSocket.made.splice(0)
  first?.fire('open')
  first?.fire('message', { data: 'text' })
  first?.fire('message', { data: new ArrayBuffer(1) })
  first?.fire('error')
  first?.fire('close', { code: 1006, reason: '' })
  first?.fire('close', { code: 1000, reason: '' })
  expect(handlers.onOpen).toHaveBeenCalledTimes(1)
  expect(handlers.onMessage.mock.calls).toEqual([['text']])
  expect(handlers.onClose.mock.calls).toEqual([[1006, '']])

  const mute = { onOpen: jest.fn(), onMessage: jest.fn(), onClose: jest.fn() }
  platform.connectSocket('wss://host.test/', mute).close()
  const [second] = FakeWebSocket.made.splice(0)
  second?.fire('open')
  second?.fire('close', { code: 1000, reason: '' })
  expect(second?.closed).toBe(true)
  expect(mute.onOpen).not.toHaveBeenCalled()
  expect(mute.onClose).not.toHaveBeenCalled()
})
