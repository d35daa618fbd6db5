import { createRtcRoomModule, type RtcRoomModule } from '../../../components/rtc-room/module'
import { AppService } from '../../../components/shared/app-service'
import { CallSession } from '../../../src/room/call-session'
import { createRoomSession } from '../../../src/room/create-room-session'
import { createFakeHost } from '../../support/fake-host'
import { joinRequest, NOTHING_LEFT, ROOT, RoomWorld, SDK_APP_ID, type Device } from '../../support/room-world'

let world: RoomWorld
let device: Device
let service: AppService
let page: RtcRoomModule

beforeEach(() => {
  world = new RoomWorld()
  device = world.device('alice')
  service = new AppService(device.platform)
  page = createRtcRoomModule(() => service)
})
afterEach(() => world.close())

const fields = (more: object = {}) => ({
  serverDomain: `${ROOT}/weapp/`,
  userID: 'alice',
  userSig: world.userSig('alice'),
  sdkAppID: SDK_APP_ID,
  accType: '36862',
  userName: 'Alice',
  ...more,
})

function callbacks() {
  return { success: jest.fn(), fail: jest.fn(), complete: jest.fn() }
}

describe('login', () => {
  test.each([
    ['at top level', (all: object) => all],
    ['inside data', (all: object) => ({ data: all })],
  ])('takes fields %s, calls success and complete, and resolves', async (_name, place) => {
    const heard = callbacks()
    const user = await world.clock.settle(page.login({ ...place(fields()), ...heard }))
    expect(user).toEqual({ userID: 'alice', userName: 'Alice', userAvatar: '' })
    expect(heard.success.mock.calls).toEqual([[user]])
    expect(heard.complete.mock.calls).toEqual([[user]])
    expect(heard.fail).not.toHaveBeenCalled()
    expect(service.connection?.phase).toBe('ready')
  })

  test.each([
    ['sdkAppID as text', { sdkAppID: String(SDK_APP_ID) }],
    ['no sdkAppID', { sdkAppID: undefined }],
    ['a room kind in serverDomain', { serverDomain: `${ROOT}/weapp/multi_room/` }],
    ['a bare root as serverDomain', { serverDomain: ROOT }],
  ])('works with %s', async (_name, more) => {
    await expect(world.clock.settle(page.login(fields(more)))).resolves.toMatchObject({ userID: 'alice' })
  })

  test('is what sessions of the page’s own run over, by the name roomservice, and its end is theirs', async () => {
    await world.clock.settle(page.login(fields()))
    const host = createFakeHost(world.clock)
    const open = () => createRoomSession({ provider: 'roomservice', platform: device.platform, host })
    const session = open()
    const joined = await world.clock.settle(session.start(joinRequest({ roomId: 'own' })))
    expect(joined).toMatchObject({ roomId: 'own', selfId: 'alice' })
    await world.clock.settle(session.stop())
    await world.clock.settle(page.logout())
    await expect(open().start(joinRequest())).rejects.toMatchObject({ code: 'NOT_LOGGED_IN' })
  })

  test('without a userName the userID is the name', async () => {
    const user = await world.clock.settle(page.login(fields({ userName: '' })))
    expect(user.userName).toBe('alice')
  })

  test.each([
    ['serverDomain', { serverDomain: undefined }],
    ['serverDomain', { serverDomain: 'not an address' }],
    ['userID', { userID: '' }],
    ['userSig', { userSig: undefined }],
    ['sdkAppID', { sdkAppID: {} }],
  ])('a wrong %s fails with -9 and is named', async (name, more) => {
    const heard = callbacks()
    await expect(page.login({ ...fields(more as object), ...heard })).rejects.toMatchObject({ code: 'BAD_PARAMETER' })
    expect(heard.fail.mock.calls).toEqual([[{ errCode: -9, errMsg: expect.stringContaining(name) }]])
    expect(heard.complete).toHaveBeenCalledTimes(1)
    expect(heard.success).not.toHaveBeenCalled()
    expect(device.leftovers).toEqual(NOTHING_LEFT)
  })

  test('a refused userSig fails with -999 and leaves nothing', async () => {
    const heard = callbacks()
    const login = page.login({ ...fields({ userSig: world.userSig('mallory') }), ...heard })
    await expect(world.clock.settle(login)).rejects.toMatchObject({ code: 'LOGIN_REFUSED' })
    expect(heard.fail.mock.calls).toEqual([[{ errCode: -999, errMsg: expect.stringContaining('LOGIN_REFUSED') }]])
    expect(service.connection).toBeNull()
    expect(device.leftovers).toEqual(NOTHING_LEFT)
  })

  test('without network it fails with -1', async () => {
    device.link.refusing = true
    const heard = callbacks()
    await expect(world.clock.settle(page.login({ ...fields(), ...heard }))).rejects.toMatchObject({ code: 'NETWORK' })
    expect(heard.fail.mock.calls).toEqual([[{ errCode: -1, errMsg: expect.any(String) }]])
  })

  test('again for the same user keeps the connection', async () => {
    await world.clock.settle(page.login(fields()))
    const before = service.connection
    await world.clock.advance(5_000)
    await world.clock.settle(page.login(fields({ userName: 'Alicia' })))
    expect(service.connection).toBe(before)
    expect(device.link.connections).toBe(1)
    expect(service.connection?.userName).toBe('Alicia')
  })

  test('again with a wrong userSig fails and leaves the present login as it is', async () => {
    await world.clock.settle(page.login(fields()))
    const again = page.login(fields({ userSig: world.userSig('mallory') }))
    await expect(world.clock.settle(again)).rejects.toMatchObject({ code: 'LOGIN_REFUSED' })
    expect(service.connection?.phase).toBe('ready')
  })

  test('as another user takes the place of the first', async () => {
    await world.clock.settle(page.login(fields()))
    await world.clock.settle(page.login(fields({ userID: 'bob', userSig: world.userSig('bob') })))
    expect(service.connection?.userID).toBe('bob')
    expect(device.platform.openSockets).toBe(1)
  })

  test('a callback that throws does not turn success into failure', async () => {
    const fail = jest.fn()
    const success = (): never => {
      throw new Error('a mistake of the page')
    }
    await expect(world.clock.settle(page.login({ ...fields(), success, fail }))).resolves.toBeDefined()
    expect(fail).not.toHaveBeenCalled()
    expect(device.platform.logs).toContainEqual(expect.objectContaining({ level: 'error' }))
  })

  test('the userSig is never logged', async () => {
    const all = fields()
    await world.clock.settle(page.login(all))
    device.link.cut()
    await world.clock.advance(1_000)
    expect(JSON.stringify(device.platform.logs)).not.toContain(all.userSig)
  })
})

test('a rejection that no page looks at is no unhandled one', async () => {
  const unhandled = jest.fn()
  process.on('unhandledRejection', unhandled)
  void page.login({})
  void page.getRoomList()
  void page.getRoomList({ fail: () => undefined })
  await world.clock.advance(1)
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', unhandled)
  expect(unhandled).not.toHaveBeenCalled()
})

describe('logout', () => {
  test('gives everything back and calls success', async () => {
    await world.clock.settle(page.login(fields()))
    const heard = callbacks()
    await world.clock.settle(page.logout(heard))
    expect(heard.success).toHaveBeenCalledTimes(1)
    expect(service.connection).toBeNull()
    expect(device.leftovers).toEqual(NOTHING_LEFT)
  })

  test('without a login it is fine', async () => {
    await expect(page.logout()).resolves.toBeUndefined()
  })

  test('during a login cancels it', async () => {
    const login = page.login(fields())
    await world.clock.advance(50)
    await page.logout()
    await expect(login).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(device.leftovers).toEqual(NOTHING_LEFT)
  })
})

describe('getRoomList', () => {
  const enter = (name: string, room: string, capacity: 'pair' | 'group') =>
    world.device(name).enter(room, { capacity, roomName: `${room}'s name` })
  const roomsOf = (list: { rooms: readonly { roomID: string }[] }): string[] => list.rooms.map(({ roomID }) => roomID)

  beforeEach(async () => {
    await enter('bob', 'first', 'group')
    await enter('carol', 'pair', 'pair')
    await enter('dave', 'second', 'group')
  })

  test('without a login it fails with 7', async () => {
    const fail = jest.fn()
    await expect(page.getRoomList({ data: {}, fail })).rejects.toMatchObject({ code: 'NOT_LOGGED_IN' })
    expect(fail).toHaveBeenCalledWith({ errCode: 7, errMsg: expect.any(String) })
  })

  test('lists the rooms of both kinds in the fields that pages read', async () => {
    await world.clock.settle(page.login(fields()))
    const success = jest.fn()
    const list = await world.clock.settle(page.getRoomList({ data: { index: 0, cnt: 20 }, success }))
    expect(roomsOf(list)).toEqual(['first', 'second', 'pair'])
    const bob = { userID: 'bob', userName: "bob's name", userAvatar: '' }
    expect(list.rooms[0]).toEqual({
      roomID: 'first',
      kind: 'multi_room',
      roomName: "first's name",
      roomInfo: "first's name",
      roomCreator: 'bob',
      members: [bob],
      pushers: [bob],
    })
    expect(success).toHaveBeenCalledWith(list)
  })

  test.each([
    [{ data: { index: 1, cnt: 1 } }, ['second']],
    [{ index: '1', cnt: '2' }, ['second', 'pair']],
    [{ data: { index: 5 } }, []],
    [{ data: { cnt: 0 } }, []],
    [undefined, ['first', 'second', 'pair']],
  ])('of %j gives %j', async (options, expected) => {
    await world.clock.settle(page.login(fields()))
    expect(roomsOf(await world.clock.settle(page.getRoomList(options)))).toEqual(expected)
  })

  test('lists the kind that serverDomain names', async () => {
    await world.clock.settle(page.login(fields({ serverDomain: `${ROOT}/weapp/double_room/` })))
    expect(roomsOf(await world.clock.settle(page.getRoomList()))).toEqual(['pair'])
  })

  test.each([{ index: -1 }, { cnt: 'many' }, { cnt: 1.5 }])('%j fails with -9', async (data) => {
    await world.clock.settle(page.login(fields()))
    const fail = jest.fn()
    await expect(world.clock.settle(page.getRoomList({ data, fail }))).rejects.toMatchObject({ code: 'BAD_PARAMETER' })
    expect(fail.mock.calls[0]?.[0]).toMatchObject({ errCode: -9 })
  })

  test('without network it fails with -1 after 10 s', async () => {
    await world.clock.settle(page.login(fields()))
    device.link.refusing = true
    device.link.cut()
    const start = world.clock.now()
    const fail = jest.fn()
    await expect(world.clock.settle(page.getRoomList({ fail }))).rejects.toMatchObject({ code: 'TIMEOUT' })
    expect(fail.mock.calls[0]?.[0]).toMatchObject({ errCode: -1 })
    expect(world.clock.now() - start).toBe(10_000)
  })
})

test('a room session made by the service runs over its login', async () => {
  await world.clock.settle(page.login(fields()))
  const host = { publisher: () => null, player: () => null, afterRender: (done: () => void) => done() }
  const session = new CallSession(service.optionsOf(host, 3, { provider: '' }))
  await expect(world.clock.settle(session.start(joinRequest({ roomId: 'room' })))).resolves.toMatchObject({
    roomId: 'room',
    selfId: 'alice',
  })
  await world.clock.settle(session.stop())
  await world.clock.settle(page.logout())
  expect(device.leftovers).toEqual(NOTHING_LEFT)
})
