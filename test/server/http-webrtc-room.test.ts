import { verifyPrivateMapKey } from '../../server/src/tickets/private-map-key'
import { decodeUserSig } from '../../server/src/tickets/user-sig'
import vectors from '../fixtures/vectors.json'
import { VirtualClock } from '../support/virtual-clock'
import { SDK_APP_ID, SECRET_KEY } from './support/hub-client'
import { startService, type LiveService } from './support/live-service'

const ALL = 255

let clock: VirtualClock
let live: LiveService
let ann: string
let bob: string

beforeEach(async () => {
  clock = new VirtualClock(Date.now())
  live = await startService({ clock, maxMembers: 3 })
  ;[ann, bob] = await Promise.all([live.loginOverHttp('ann'), live.loginOverHttp('bob')])
})
afterEach(() => live.close())

const ask = (query: string, name: string, body: object = {}) => live.post(`webrtc_room/${name}?${query}`, body)
const ok = { status: 200, body: { code: 0, message: 'ok' } }
const logical = (code: number) => ({ status: 200, body: { code, message: expect.stringMatching(/./) } })

function grantOf(privateMapKey: unknown, userID: string, room: number | string) {
  const claim = { sdkAppID: SDK_APP_ID, secretKey: SECRET_KEY, userID, room, now: clock.now() }
  return verifyPrivateMapKey(String(privateMapKey), claim)
}

async function created(query: string, body: object = {}): Promise<string> {
  const answer = await ask(query, 'create_room', { roomInfo: 'ward', nickName: 'Ann', ...body })
  expect(answer.body.code).toBe(0)
  return answer.body.roomID as string
}

describe('a call over the HTTP webrtc_room calls', () => {
  it('goes as in the public protocol: create, enter, list, members, heartbeat, quit', async () => {
    const { body } = await ask(ann, 'create_room', { userID: 'ann', nickName: 'Ann', roomInfo: 'ward' })
    expect(body).toEqual({
      code: 0,
      message: 'ok',
      roomID: expect.stringMatching(/^[1-9]\d{7}$/),
      roomInfo: 'ward',
      privateMapKey: expect.stringMatching(/./),
    })
    const { roomID } = body
    expect(await ask(bob, 'enter_room', { userID: 'bob', roomID, nickName: 'Bob' })).toEqual({
      status: 200,
      body: { ...ok.body, userID: 'bob', roomID, privateMapKey: expect.stringMatching(/./) },
    })
    expect((await ask(bob, 'get_room_list', { index: 0, count: 20 })).body).toEqual({
      ...ok.body,
      rooms: [{ roomID, roomInfo: 'ward', roomCreator: 'ann' }],
    })
    expect((await ask(bob, 'get_room_members', { roomID })).body).toEqual({
      ...ok.body,
      members: [
        { userID: 'ann', nickName: 'Ann' },
        { userID: 'bob', nickName: 'Bob' },
      ],
    })
    expect(await ask(ann, 'heartbeat', { userID: 'ann', roomID })).toEqual(ok)
    for (const query of [ann, bob]) expect(await ask(query, 'quit_room', { roomID })).toEqual(ok)
    expect(await ask(bob, 'get_room_members', { roomID })).toEqual(logical(3))
    expect((await ask(bob, 'get_room_list')).body.rooms).toEqual([])
  })

  it('loses whoever sends no heartbeat for 20 s', async () => {
    const roomID = await created(ann)
    await ask(bob, 'enter_room', { roomID })
    for (let beat = 0; beat < 4; beat += 1) {
      await clock.advance(7_000)
      await ask(ann, 'heartbeat', { roomID })
    }
    expect((await ask(ann, 'get_room_members', { roomID })).body.members).toEqual([{ userID: 'ann', nickName: 'Ann' }])
    expect(await ask(bob, 'heartbeat', { roomID })).toEqual(logical(5))
  })

  it('lists the rooms of one type where one is named', async () => {
    const lesson = await created(ann, { roomType: 'lesson' })
    const other = await created(bob)
    const listed = async (body: object) =>
      ((await ask(ann, 'get_room_list', body)).body.rooms as { roomID: string }[]).map((room) => room.roomID)
    expect(await listed({ roomType: 'lesson' })).toEqual([lesson])
    expect(await listed({ roomType: '' })).toEqual([lesson, other])
    expect(await listed({ index: 1, count: 1 })).toEqual([other])
  })

  it('holds as many as a multi_room', async () => {
    const roomID = await created(ann)
    await ask(bob, 'enter_room', { roomID })
    await ask(await live.loginOverHttp('cyd'), 'enter_room', { roomID })
    expect(await ask(await live.loginOverHttp('dan'), 'enter_room', { roomID })).toEqual(logical(5001))
  })
})

describe('privateMapKey', () => {
  it('lets its user into its numeric room with all rights, for a day', async () => {
    const { roomID, privateMapKey } = (await ask(ann, 'create_room', { roomInfo: 'x' })).body
    const room = Number(roomID)
    const expireAbs = Math.floor(clock.now() / 1000) + 24 * 3600
    expect(grantOf(privateMapKey, 'ann', room)).toEqual({
      ok: true,
      claim: { userID: 'ann', sdkAppID: SDK_APP_ID, room, privilegeMap: ALL, expireAbs },
    })
    expect(grantOf(privateMapKey, 'bob', room)).toEqual({ ok: false, reason: 'mismatch' })
    expect(grantOf(privateMapKey, 'ann', roomID as string)).toEqual({ ok: false, reason: 'mismatch' })
  })

  it.each([
    [{ roomID: 1024 }, 1024],
    [{ roomID: '4294967295' }, 4294967295],
    [{ roomID: 'ward-7' }, 'ward-7'],
    [{ strRoomID: '1024' }, '1024'],
  ])('of %j is for the room %j of TRTC', async (named, room) => {
    const { body } = await ask(ann, 'create_room', { roomInfo: 'x', ...named })
    expect(grantOf(body.privateMapKey, 'ann', room)).toMatchObject({ ok: true, claim: { room } })
    const entered = (await ask(bob, 'enter_room', named)).body
    expect(grantOf(entered.privateMapKey, 'bob', room)).toMatchObject({ ok: true, claim: { room } })
    expect(entered.roomID).toBe(String(room))
  })

  it('is the ticket of the vendor’s package but for its expiry', async () => {
    const { userSigV2, privateMapKeyNumeric: vector } = vectors
    const { sdkAppID, secretKey } = userSigV2
    const vendor = await startService({
      sdkAppID,
      secretKey,
      demo: true,
      clock: new VirtualClock(userSigV2.time * 1000),
    })
    const { body } = await vendor.post('webrtc_room/create_room', {
      userID: vector.userID,
      roomID: vector.room,
      roomInfo: 'x',
    })
    await vendor.close()
    const bytes = (key: string) => Buffer.from(decodeUserSig(key)?.['TLS.userbuf'] ?? '', 'base64').toString('hex')
    const expiry = (seconds: number) => seconds.toString(16).padStart(8, '0')
    expect(bytes(body.privateMapKey as string)).toBe(
      vector.userbufHex.replace(expiry(vector.expireAbs), expiry(userSigV2.time + 24 * 3600)),
    )
  })
})

describe('what is refused', () => {
  it.each<[string, object]>([
    ['create_room', { roomID: 0, roomInfo: 'x' }],
    ['create_room', { roomID: 4294967296, roomInfo: 'x' }],
    ['create_room', { roomID: '007', roomInfo: 'x' }],
    ['create_room', { roomID: 'w'.repeat(65), roomInfo: 'x' }],
    ['create_room', { roomInfo: 'x', roomType: 't'.repeat(65) }],
    ['create_room', { roomInfo: 'x', nickName: 'n'.repeat(257) }],
    ['enter_room', {}],
    ['enter_room', { roomID: '' }],
    ['quit_room', {}],
    ['heartbeat', {}],
    ['get_room_members', {}],
  ])('1: %s with %j', async (name, body) => {
    expect(await ask(ann, name, body)).toEqual(logical(1))
    expect((await ask(ann, 'get_room_list')).body.rooms).toEqual([])
  })

  it.each<[string, object]>([
    ['create_room', {}],
    ['create_room', { roomInfo: '' }],
    ['create_room', { roomInfo: { text: 'x' } }],
    ['get_room_list', { index: -1 }],
    ['enter_room', { roomID: { id: 1024 } }],
  ])('1 and HTTP 400: %s with %j', async (name, body) => {
    expect(await ask(ann, name, body)).toMatchObject({ status: 400, body: { code: 1 } })
  })

  it('1: a user that TRTC does not know, by name', async () => {
    const query = await live.loginOverHttp('张三')
    const { body } = await ask(query, 'create_room', { roomInfo: 'x' })
    expect(body).toMatchObject({ code: 1, message: expect.stringContaining('userID') })
    expect((await ask(ann, 'get_room_list')).body.rooms).toEqual([])
  })

  it.each(['enter_room', 'quit_room', 'heartbeat', 'get_room_members'])(
    '3: %s where there is no room',
    async (name) => {
      expect(await ask(ann, name, { roomID: 5 })).toEqual(logical(3))
    },
  )

  it('3: a broadcast is no call', async () => {
    const presenter = await live.connect('pat')
    await presenter.join('show', { kind: 'live_room' })
    expect(await ask(ann, 'enter_room', { roomID: 'show' })).toEqual(logical(3))
  })

  it('5: quit_room and heartbeat by somebody who is not in the room', async () => {
    const roomID = await created(ann)
    expect(await ask(bob, 'quit_room', { roomID })).toEqual(logical(5))
    expect(await ask(bob, 'heartbeat', { roomID })).toEqual(logical(5))
  })

  it('7: no token, a token of another user, a body that names another user', async () => {
    const roomID = await created(ann)
    expect(await live.post('webrtc_room/quit_room', { userID: 'ann', roomID })).toEqual(logical(7))
    expect(await ask(bob.replace('userID=bob', 'userID=ann'), 'quit_room', { roomID })).toEqual(logical(7))
    expect(await ask(bob, 'quit_room', { userID: 'ann', roomID })).toEqual(logical(7))
    expect((await ask(ann, 'get_room_members', { roomID })).body.members).toHaveLength(1)
  })

  it('10 and 11: a roomInfo that is too long, a room that exists', async () => {
    expect(await ask(ann, 'create_room', { roomInfo: '房'.repeat(342) })).toEqual(logical(10))
    await created(ann, { roomID: 7 })
    expect(await ask(bob, 'create_room', { roomInfo: 'x', roomID: 7 })).toEqual(logical(11))
  })

  it('404: a login for anyone, outside of a demo', async () => {
    expect((await live.post('webrtc_room/get_login_info', { userID: 'ann' })).status).toBe(404)
  })
})

it('a demo logs anyone in, and takes a body for its word as old clients send it', async () => {
  await live.close()
  live = await startService({ clock, demo: true })
  const { body } = await live.post('webrtc_room/get_login_info', { userID: 'ann' })
  expect(body).toMatchObject({ code: 0, sdkAppID: String(SDK_APP_ID), accType: '', accountType: '', userID: 'ann' })
  expect(decodeUserSig(body.userSig as string)).toMatchObject({ 'TLS.identifier': 'ann', 'TLS.sdkappid': SDK_APP_ID })
  expect((await live.post('webrtc_room/get_login_info')).body.userID).toMatch(/^user_/)
  const { roomID } = (await live.post('webrtc_room/create_room', { userID: 'ann', roomInfo: 'x' })).body
  expect((await live.post('webrtc_room/enter_room', { userID: 'bob', roomID })).body.code).toBe(0)
  expect((await live.post('webrtc_room/get_room_members', { roomID, userID: 'bob' })).body.members).toHaveLength(2)
  expect((await live.post('webrtc_room/get_room_members', { roomID })).body.code).toBe(7)
})

describe('over both protocols', () => {
  it('a member over HTTP and one over the socket see each other', async () => {
    const cyd = await live.connect('cyd')
    await cyd.join('1024', { kind: 'webrtc_room', roomName: 'ward', userName: 'Cyd' })
    expect((await ask(bob, 'get_room_list')).body.rooms).toEqual([
      { roomID: '1024', roomInfo: 'ward', roomCreator: 'cyd' },
    ])
    await ask(bob, 'enter_room', { roomID: 1024, nickName: 'Bob' })
    // whoever speaks these calls publishes to TRTC: there is nothing to play here
    expect((await cyd.notice('memberJoined')).member).toMatchObject({ userID: 'bob', userName: 'Bob', playURL: '' })
    expect((await ask(bob, 'get_room_members', { roomID: '1024' })).body.members).toEqual([
      { userID: 'cyd', nickName: 'Cyd' },
      { userID: 'bob', nickName: 'Bob' },
    ])
    await ask(bob, 'quit_room', { roomID: 1024 })
    expect(await cyd.notice('memberLeft')).toMatchObject({ userID: 'bob', reason: 'left' })
  })

  it('a newcomer over the socket finds the room and who is in it', async () => {
    const roomID = await created(ann)
    const cyd = await live.connect('cyd')
    const { rooms } = await cyd.call('rooms', { kind: 'webrtc_room', index: 0, cnt: 9 })
    expect(rooms).toMatchObject([{ room: roomID, roomName: 'ward', creator: 'ann', members: [{ userID: 'ann' }] }])
    expect((await cyd.join(roomID)).members).toMatchObject([{ userID: 'ann', userName: 'Ann', playURL: '' }])
  })

  it('a call of two that the socket made can be entered as well, and is full then', async () => {
    const cyd = await live.connect('cyd')
    await cyd.join('2', { kind: 'double_room' })
    expect((await ask(ann, 'enter_room', { roomID: 2 })).body.code).toBe(0)
    expect(await ask(bob, 'enter_room', { roomID: 2 })).toEqual(logical(5001))
  })
})
