import { RoomError } from '../../../src/errors'
import { SignalingConnection, type ConnectionEvents } from '../../../src/signaling/connection'
import { NOTHING_LEFT, ROOT, RoomWorld, type Device } from '../../support/room-world'

let world: RoomWorld
let device: Device
const JOIN = {
  room: 'room',
  roomName: '',
  kind: 'multi_room',
  audio: true,
  video: true,
  userName: 'A',
  userAvatar: '',
} as const

beforeEach(() => {
  world = new RoomWorld()
  device = world.device('alice')
})
afterEach(() => world.close())

function eventsOf(connection: SignalingConnection): string[] {
  const seen: string[] = []
  const error = (name: keyof ConnectionEvents) => (cause: RoomError) => seen.push(`${name} ${cause.code}`)
  connection.events.on('lost', error('lost'))
  connection.events.on('retried', (attempt) => seen.push(`retried ${attempt}`))
  connection.events.on('restored', () => seen.push('restored'))
  connection.events.on('loginRefused', error('loginRefused'))
  connection.events.on('ended', error('ended'))
  return seen
}

const opsSent = (): string[] => device.link.frames.up.map((text) => (JSON.parse(text) as { op: string }).op)
const idOf = (text: string): string => (JSON.parse(text) as { id: string }).id

describe('login', () => {
  test('a cold start takes two round trips: the socket, then login and join in one flight', async () => {
    const start = world.clock.now()
    const login = device.connection.login(device.params)
    const join = device.connection.call('join', JOIN)
    await expect(world.clock.settle(login)).resolves.toMatchObject({ userID: 'alice', token: expect.any(String) })
    await expect(world.clock.settle(join)).resolves.toMatchObject({ room: 'room', members: [] })
    expect(world.clock.now() - start).toBe(200)
  })

  test('a request over an open connection takes one round trip', async () => {
    await device.login()
    const start = world.clock.now()
    await world.clock.settle(device.connection.call('join', JOIN))
    expect(world.clock.now() - start).toBe(100)
  })

  test('a refused userSig rejects the login and what was sent with it, and leaves nothing behind', async () => {
    const seen = eventsOf(device.connection)
    const login = device.connection.login({ ...device.params, userSig: world.userSig('mallory') })
    const join = device.connection.call('join', JOIN)
    join.catch(() => undefined)
    await expect(world.clock.settle(login)).rejects.toMatchObject({ code: 'LOGIN_REFUSED' })
    await expect(join).rejects.toMatchObject({ code: 'LOGIN_REFUSED' })
    expect(seen).toEqual(['loginRefused LOGIN_REFUSED', 'ended LOGIN_REFUSED'])
    expect(device.leftovers).toEqual(NOTHING_LEFT)
  })

  test('without a server the login fails after 15 s', async () => {
    device.link.refusing = true
    const start = world.clock.now()
    await expect(world.clock.settle(device.connection.login(device.params))).rejects.toMatchObject({ code: 'NETWORK' })
    expect(world.clock.now() - start).toBe(15_000)
    expect(device.leftovers).toEqual(NOTHING_LEFT)
  })

  test('a connection logs in once', async () => {
    await device.login()
    await expect(device.connection.login(device.params)).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(device.connection.phase).toBe('ready')
  })

  test('a request before login is NOT_LOGGED_IN', async () => {
    await expect(device.connection.call('ping', {})).rejects.toMatchObject({ code: 'NOT_LOGGED_IN' })
  })
})

describe('a lost socket', () => {
  test.each([
    ['1 s', 1_000],
    ['30 s', 30_000],
    ['5 min', 300_000],
  ])('is mended by itself after %s without network', async (_name, outageMs) => {
    await device.login()
    const seen = eventsOf(device.connection)
    device.link.refusing = true
    device.link.cut()
    await world.clock.advance(outageMs)
    device.link.refusing = false
    await world.clock.advance(10_000)
    expect(seen[0]).toBe('lost NETWORK')
    expect(seen[1]).toBe('retried 1')
    expect(seen[seen.length - 1]).toBe('restored')
    expect(device.connection.phase).toBe('ready')
    await expect(world.clock.settle(device.connection.call('join', JOIN))).resolves.toMatchObject({ room: 'room' })
  })

  test('is tried at once when it breaks, and logs in with the token', async () => {
    await device.login()
    const seen = eventsOf(device.connection)
    device.link.cut()
    await world.clock.advance(200)
    expect(seen).toEqual(['lost NETWORK', 'retried 1', 'restored'])
    const relogin = JSON.parse(device.link.frames.up[1] ?? '') as { params: Record<string, unknown> }
    expect(relogin.params).toHaveProperty('token')
    expect(relogin.params).not.toHaveProperty('userSig')
  })

  test.each(['goOnline', 'foreground'] as const)('is tried again at once on %s', async (wake) => {
    await device.login()
    device.link.refusing = true
    device.link.cut()
    await world.clock.advance(60_000)
    device.link.refusing = false
    const seen = eventsOf(device.connection)
    device.platform[wake]()
    await world.clock.advance(200)
    expect(seen).toEqual(['retried 1', 'restored'])
  })

  test('does not wait for a slow policy when the network is back', async () => {
    const { platform, link, params } = device
    const slow = new SignalingConnection({ platform, root: ROOT, policy: { nextDelayMs: () => 60_000 } })
    await world.clock.settle(slow.login(params))
    link.cut()
    await world.clock.advance(1_000)
    expect(slow.phase).toBe('waiting')
    platform.goOnline()
    await world.clock.advance(200)
    expect(slow.phase).toBe('ready')
  })

  test('is given up after 10 minutes, and comes back with the network', async () => {
    await device.login()
    const seen = eventsOf(device.connection)
    device.link.refusing = true
    device.link.cut()
    const call = device.connection.call('join', JOIN)
    call.catch(() => undefined)
    await world.clock.advance(11 * 60_000)
    expect(seen[seen.length - 1]).toBe('ended NETWORK')
    expect(device.platform.armedTimers).toBe(0)
    await expect(call).rejects.toMatchObject({ code: 'NETWORK', recoverable: false })
    device.link.refusing = false
    device.platform.goOnline()
    await world.clock.advance(200)
    expect(device.connection.phase).toBe('ready')
  })

  test('has another 10 minutes from each time the network comes back', async () => {
    await device.login()
    device.link.refusing = true
    device.link.cut()
    await world.clock.advance(9 * 60_000)
    device.platform.goOnline()
    await world.clock.advance(9 * 60_000)
    device.link.refusing = false
    await world.clock.advance(10_000)
    expect(device.connection.phase).toBe('ready')
  })

  test('repeats what was not answered under the same id, and the server executes it once', async () => {
    const bob = world.device('bob')
    const { heard } = await bob.enter('room')
    await device.login()
    await world.clock.settle(device.connection.call('join', JOIN))
    device.link.loseNext('down', (text) => text.includes('"time"') && text.includes('"re"'))
    const sent = device.connection.call('send', { room: 'room', kind: 'text', data: 'hi' }, { once: true })
    await world.clock.advance(100)
    device.link.cut()
    await expect(world.clock.settle(sent)).resolves.toEqual({ time: expect.any(Number) })
    const ids = device.link.frames.up.filter((text) => text.includes('"send"')).map(idOf)
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
    expect(heard.filter((line) => line.startsWith('message'))).toEqual(['message alice hi'])
  })

  test('a request that must not run twice is not repeated when the server may have forgotten it', async () => {
    await device.login()
    await world.clock.settle(device.connection.call('join', JOIN))
    device.link.loseNext('down')
    const sent = device.connection.call('send', { room: 'room', kind: 'text', data: 'hi' }, { once: true })
    sent.catch(() => undefined)
    await world.clock.advance(60)
    device.link.refusing = true
    device.link.cut()
    await world.clock.advance(130_000)
    device.link.refusing = false
    await expect(world.clock.settle(sent)).rejects.toMatchObject({ code: 'TIMEOUT' })
  })

  test('a try that is stuck makes way for another when the network is back', async () => {
    await device.login()
    device.link.cut()
    await world.clock.advance(0)
    device.link.silence()
    await world.clock.advance(4_000)
    expect(device.connection.phase).toBe('opening')
    device.platform.goOnline()
    await world.clock.advance(200)
    expect(device.connection.phase).toBe('ready')
    expect(device.link.connections).toBe(3)
  })

  test('a server that cannot log anybody in for the moment is tried again', async () => {
    await device.login()
    const isTokenRevoked = jest.spyOn(world.hub.context.store, 'isTokenRevoked')
    isTokenRevoked.mockRejectedValueOnce(new RoomError('SERVER_ERROR'))
    const seen = eventsOf(device.connection)
    device.link.cut()
    await world.clock.advance(2_000)
    expect(seen).toEqual(['lost NETWORK', 'retried 1', 'retried 2', 'restored'])
  })

  test('a token that has run out falls back to the userSig', async () => {
    device.params.userSig = world.userSig('alice', 30 * 86_400_000)
    await device.login()
    const seen = eventsOf(device.connection)
    await world.clock.advance(25 * 3_600_000)
    device.link.cut()
    await world.clock.advance(1_000)
    expect(seen).toEqual(['lost NETWORK', 'retried 1', 'restored'])
  })

  test('when token and userSig have both run out the login is over', async () => {
    device.params.userSig = world.userSig('alice', 3_600_000)
    await device.login()
    await world.clock.advance(25 * 3_600_000)
    const seen = eventsOf(device.connection)
    device.link.cut()
    await world.clock.advance(1_000)
    expect(seen.slice(-2)).toEqual(['loginRefused LOGIN_EXPIRED', 'ended LOGIN_EXPIRED'])
    expect(device.leftovers).toEqual(NOTHING_LEFT)
    await expect(device.connection.call('ping', {})).rejects.toMatchObject({ code: 'LOGIN_EXPIRED' })
  })

  test.each([
    [4401, 'LOGIN_EXPIRED'],
    [4409, 'REPLACED'],
  ])('close code %i is final', async (code, error) => {
    await device.login()
    const seen = eventsOf(device.connection)
    device.link.cut(code)
    await world.clock.advance(60_000)
    expect(seen).toEqual([`loginRefused ${error}`, `ended ${error}`])
    expect(device.link.connections).toBe(1)
    expect(device.leftovers).toEqual(NOTHING_LEFT)
  })
})

describe('a silent peer', () => {
  test('an idle connection sends at most 2 messages a minute', async () => {
    await device.login()
    const before = device.link.frames.up.length
    await world.clock.advance(10 * 60_000)
    const sent = device.link.frames.up.length - before
    expect(sent).toBeGreaterThan(0)
    expect(sent).toBeLessThanOrEqual(20)
  })

  test('no ping is sent while there is other traffic', async () => {
    await device.login()
    await world.clock.settle(device.connection.call('join', JOIN))
    for (let round = 0; round < 6; round += 1) {
      await world.clock.advance(20_000)
      await world.clock.settle(device.connection.call('publishUrl', { room: 'room' }))
    }
    expect(opsSent()).not.toContain('ping')
  })

  test('is found out by the ping, and another socket is opened', async () => {
    await device.login()
    const seen = eventsOf(device.connection)
    device.link.silence()
    await world.clock.advance(39_000)
    expect(seen).toEqual(['lost TIMEOUT', 'retried 1', 'restored'])
    expect(device.platform.openSockets).toBe(1)
  })

  test('is found out within 3 s when the network has changed', async () => {
    await device.login()
    const seen = eventsOf(device.connection)
    device.link.silence()
    device.platform.goOnline()
    await world.clock.advance(3_300)
    expect(seen).toEqual(['lost TIMEOUT', 'retried 1', 'restored'])
  })

  test('an answer lost on a living socket is asked for again under the same id', async () => {
    await device.login()
    const join = device.connection.call('join', JOIN)
    await world.clock.settle(join)
    device.link.loseNext('down')
    const url = device.connection.call('publishUrl', { room: 'room' })
    await world.clock.advance(1_000)
    await world.clock.settle(device.connection.call('playUrl', { room: 'room', userID: 'alice' }))
    await expect(world.clock.settle(url)).resolves.toHaveProperty('pushURL')
    const ids = device.link.frames.up.filter((text) => text.includes('publishUrl')).map(idOf)
    expect(ids).toHaveLength(2)
    expect(ids[0]).toBe(ids[1])
    expect(device.link.connections).toBe(1)
  })

  test('a server that answers everything but one request fails that one after three tries', async () => {
    await device.login()
    for (let tries = 0; tries < 3; tries += 1) device.link.loseNext('up', (text) => text.includes('"rooms"'))
    const rooms = device.connection.call('rooms', { kind: 'multi_room', index: 0, cnt: 1 })
    rooms.catch(() => undefined)
    for (let second = 0; second < 30; second += 1) {
      await world.clock.settle(device.connection.call('ping', {}))
      await world.clock.advance(900)
    }
    await expect(rooms).rejects.toMatchObject({ code: 'TIMEOUT' })
    expect(device.link.connections).toBe(1)
  })

  test('a request with a deadline fails then, outage or not', async () => {
    await device.login()
    device.link.refusing = true
    device.link.cut()
    const call = device.connection.call('ping', {}, { deadlineMs: 2_000 })
    const start = world.clock.now()
    await expect(world.clock.settle(call)).rejects.toMatchObject({ code: 'TIMEOUT' })
    expect(world.clock.now() - start).toBe(2_000)
  })
})

describe('the end', () => {
  test('logout tells the server and gives everything back', async () => {
    await device.login()
    await world.clock.settle(device.connection.logout())
    expect(opsSent()).toEqual(['login', 'logout'])
    expect(device.leftovers).toEqual(NOTHING_LEFT)
    await world.clock.advance(120_000)
    expect(device.link.connections).toBe(1)
  })

  test.each([
    ['opening', 50],
    ['authenticating', 150],
    ['ready', 250],
  ])('close while %s rejects what is pending as CANCELLED', async (phase, afterMs) => {
    const login = device.connection.login(device.params)
    login.catch(() => undefined)
    await world.clock.advance(afterMs)
    expect(device.connection.phase).toBe(phase)
    const call = device.connection.call('join', JOIN)
    device.connection.close()
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' })
    if (phase !== 'ready') await expect(login).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(device.leftovers).toEqual(NOTHING_LEFT)
    await world.clock.advance(60_000)
    expect(device.leftovers).toEqual(NOTHING_LEFT)
  })

  test('close while waiting for the next try stops trying', async () => {
    await device.login()
    device.link.refusing = true
    device.link.cut()
    await world.clock.advance(5_000)
    device.connection.close()
    const { connections } = device.link
    await world.clock.advance(60_000)
    expect(device.link.connections).toBe(connections)
    expect(device.leftovers).toEqual(NOTHING_LEFT)
  })

  test('a listener that closes on the loss is not answered by a retry', async () => {
    await device.login()
    device.connection.events.on('lost', () => device.connection.close())
    device.link.cut()
    expect(device.leftovers).toEqual(NOTHING_LEFT)
    await world.clock.advance(60_000)
    expect(device.link.connections).toBe(1)
    expect(device.leftovers).toEqual(NOTHING_LEFT)
  })

  test('no credential is ever logged', async () => {
    await device.login()
    device.link.cut()
    await world.clock.advance(1_000)
    await world.clock.settle(device.connection.logout())
    const logs = JSON.stringify(device.platform.logs)
    expect(logs).toContain('Connection lost')
    expect(logs).not.toContain(device.params.userSig)
    expect(logs).not.toContain('rtmp')
  })
})
