import type { RoomError } from '../../../src/errors'
import { LoginSocket, type LoginSocketHandlers } from '../../../src/signaling/login-socket'
import { createFakePlatform } from '../../support/fake-platform'
import { HubLink, type Hub } from '../../support/hub-link'
import { VirtualClock } from '../../support/virtual-clock'

const LOGIN = { id: 'login-1', op: 'login', params: { userID: 'alice', userName: '', userAvatar: '' } } as const

/** A socket to a server that answers each frame as told, and what the socket's owner hears. */
function setUp(answer: (text: string) => object | null) {
  const clock = new VirtualClock()
  const hub: Hub = {
    accept: ({ send }) => ({
      receive(text) {
        const frame = answer(text)
        if (frame) send(JSON.stringify(frame))
      },
      closed: () => undefined,
    }),
  }
  const link = new HubLink(clock, hub)
  const platform = createFakePlatform({ clock, connect: link.connect })
  const heard: string[] = []
  const handlers: LoginSocketHandlers = {
    onOpen: () => heard.push('open'),
    onLoggedIn: ({ token }) => heard.push(`logged in ${token}`),
    onRefused: (error: RoomError) => heard.push(`refused ${error.code}`),
    onFrame: (frame) => heard.push(frame.type),
    onIdle: () => heard.push('idle'),
    onDown: (error: RoomError, code) => heard.push(`down ${error.code} ${code}`),
  }
  const socket = new LoginSocket(platform, 'wss://host.test/weapp/ws', LOGIN, handlers)
  socket.open()
  return { clock, link, platform, heard, socket }
}

const accepted = (): object => ({ re: 'login-1', ok: { userID: 'alice', token: 't' } })

test('opens, logs in, and tells when nothing has been sent for 30 s', async () => {
  const { clock, heard, socket } = setUp(accepted)
  expect(socket.phase).toBe('opening')
  expect(socket.send('too early')).toBe(false)
  await clock.advance(200)
  expect(socket.phase).toBe('ready')
  await clock.advance(29_000)
  expect(heard).toEqual(['open', 'logged in t'])
  await clock.advance(1_000)
  expect(heard).toEqual(['open', 'logged in t', 'idle'])
})

test('a second answer to the login is left out', async () => {
  const { clock, link, heard } = setUp(accepted)
  await clock.advance(200)
  link.inject(JSON.stringify({ re: 'login-1', error: { code: 'LOGIN_REFUSED', message: '' } }))
  await clock.advance(200)
  expect(heard).toEqual(['open', 'logged in t'])
})

test('a server that never answers the login is given up after 10 s', async () => {
  const { clock, platform, heard } = setUp(() => null)
  await clock.advance(10_000)
  expect(heard).toEqual(['open', 'down TIMEOUT 0'])
  expect(platform.openSockets + platform.armedTimers).toBe(0)
})

test('a refusal closes the socket', async () => {
  const { clock, platform, heard, socket } = setUp(() => ({
    re: 'login-1',
    error: { code: 'LOGIN_EXPIRED', message: 'The userSig has expired' },
  }))
  await clock.advance(200)
  expect(heard).toEqual(['open', 'refused LOGIN_EXPIRED'])
  expect(socket.phase).toBe('over')
  expect(platform.openSockets + platform.armedTimers).toBe(0)
})

test('a broken socket is told once, with its code', async () => {
  const { clock, link, heard } = setUp(accepted)
  await clock.advance(200)
  link.cut(1001)
  link.cut(1006)
  expect(heard.slice(2)).toEqual(['down NETWORK 1001'])
})

test('after close() nothing is heard and nothing is held', async () => {
  const { clock, platform, heard, socket } = setUp(accepted)
  await clock.advance(120)
  socket.close()
  await clock.advance(60_000)
  expect(heard).toEqual(['open'])
  expect(platform.openSockets + platform.armedTimers).toBe(0)
})

test('a platform that fails before it has returned a socket is a drop like any other', () => {
  const clock = new VirtualClock()
  const platform = createFakePlatform({
    clock,
    connect: (_url, handlers) => {
      handlers.onClose(1006, 'no network')
      return { send: () => undefined, close: () => undefined }
    },
  })
  const onDown = jest.fn()
  const silent = {
    onOpen: jest.fn(),
    onLoggedIn: jest.fn(),
    onRefused: jest.fn(),
    onFrame: jest.fn(),
    onIdle: jest.fn(),
  }
  const socket = new LoginSocket(platform, 'wss://host.test/', LOGIN, { ...silent, onDown })
  socket.open()
  expect(onDown).toHaveBeenCalledTimes(1)
  expect(socket.send('text')).toBe(false)
  expect(platform.armedTimers).toBe(0)
})

describe('a server that goes away', () => {
  const move = JSON.stringify({ moveWithinMs: 6_000 })

  test('is left at a moment of chance, within the time that it gives', async () => {
    const { clock, link, platform, heard } = setUp(accepted)
    await clock.advance(200)
    link.inject(move)
    await clock.advance(50)
    expect(heard).toEqual(['open', 'logged in t'])
    await clock.advance(6_000)
    expect(heard).toEqual(['open', 'logged in t', 'down NETWORK 0'])
    expect(platform.openSockets).toBe(0)
  })

  test('is not left a second time by whoever has closed meanwhile', async () => {
    const { clock, link, heard, socket } = setUp(accepted)
    await clock.advance(200)
    link.inject(move)
    await clock.advance(50)
    socket.close()
    await clock.advance(6_000)
    expect(heard).toEqual(['open', 'logged in t'])
    expect(clock.pending).toEqual([])
  })

  test('does not keep a login waiting longer than it may', async () => {
    const { clock, link, heard } = setUp(() => null)
    await clock.advance(200)
    link.inject(JSON.stringify({ moveWithinMs: 600_000 }))
    await clock.advance(10_000)
    expect(heard).toEqual(['open', 'down TIMEOUT 0'])
  })
})
