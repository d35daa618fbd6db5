import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import { createNodePlatform } from '../../../src/platform/node'

let server: WebSocketServer
const address = (): string => `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`
const platform = createNodePlatform({ WebSocket })

beforeEach(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await new Promise((resolve) => server.once('listening', resolve))
})
afterEach(async () => {
  for (const client of server.clients) client.terminate()
  await new Promise((resolve) => server.close(resolve))
})

test('text goes both ways, binary frames are left out', async () => {
  server.on('connection', (peer) =>
    peer.on('message', (data) => {
      peer.send(Buffer.from([1, 2, 3]))
      peer.send(`echo ${String(data)}`)
    }),
  )
  const heard = await new Promise((resolve) => {
    const socket = platform.connectSocket(address(), {
      onOpen: () => socket.send('hi'),
      onMessage: resolve,
      onClose: () => resolve('closed'),
    })
  })
  expect(heard).toBe('echo hi')
})

test('a close by the server comes with its code and reason', async () => {
  server.on('connection', (peer) => peer.close(4409, 'elsewhere'))
  const closed = new Promise((resolve) => {
    platform.connectSocket(address(), {
      onOpen: () => undefined,
      onMessage: () => undefined,
      onClose: (code, reason) => resolve([code, reason]),
    })
  })
  expect(await closed).toEqual([4409, 'elsewhere'])
})

test('a connection that cannot be made is one close', async () => {
  const url = address()
  await new Promise((resolve) => server.close(resolve))
  const onClose = jest.fn()
  await new Promise<void>((resolve) => {
    platform.connectSocket(url, {
      onOpen: () => undefined,
      onMessage: () => undefined,
      onClose: (code) => {
        onClose(code)
        resolve()
      },
    })
  })
  expect(onClose.mock.calls).toEqual([[1006]])
})

test('sending before it is open is a close, not an exception', () => {
  const onClose = jest.fn()
  const socket = platform.connectSocket(address(), { onOpen: jest.fn(), onMessage: jest.fn(), onClose })
  socket.send('too early')
  expect(onClose).toHaveBeenCalledWith(1006, 'not open')
  socket.close()
})

test('after close() nothing is heard', async () => {
  const gone = new Promise((resolve) => server.on('connection', (peer) => peer.on('close', resolve)))
  const onClose = jest.fn()
  const socket = platform.connectSocket(address(), {
    onOpen: () => socket.close(),
    onMessage: () => undefined,
    onClose,
  })
  await gone
  expect(onClose).not.toHaveBeenCalled()
})

test('time moves on, chance differs, timers fire and can be cancelled', async () => {
  expect(Math.abs(platform.now() - Date.now())).toBeLessThan(1000)
  expect(platform.random()).not.toBe(platform.random())
  const cancelled = jest.fn()
  platform.setTimer(0, cancelled)()
  await new Promise<void>((resolve) => void platform.setTimer(1, resolve))
  expect(cancelled).not.toHaveBeenCalled()
})

test('network and foreground can be asked for and tell nothing', () => {
  const listener = jest.fn()
  platform.onNetworkChange(listener)()
  platform.onForeground(listener)()
  expect(listener).not.toHaveBeenCalled()
})
