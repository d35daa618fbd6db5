import { makeUserSig } from '../../server/src/tickets/user-sig'
import { SDK_APP_ID, SECRET_KEY } from './support/hub-client'
import { startService, type LiveService } from './support/live-service'

let live: LiveService
let ann: string
let bob: string

beforeEach(async () => {
  live = await startService({ maxMembers: 3 })
  ;[ann, bob] = await Promise.all([live.loginOverHttp('ann'), live.loginOverHttp('bob')])
})
afterEach(() => live.close())

/** What a client of the public protocol does to enter a room. */
async function enter(query: string, roomID: string, kind = 'multi_room') {
  const { body } = await live.post(`${kind}/get_push_url?${query}`)
  return live.post(`${kind}/add_pusher?${query}`, {
    roomID,
    userName: 'name',
    userAvatar: 'picture',
    pushURL: body.pushURL,
  })
}

const ok = { status: 200, body: { code: 0, message: 'ok' } }
const logical = (code: number) => ({ status: 200, body: { code, message: expect.stringMatching(/./) } })

it.each(['{"toString":1}', '[{"toString":null}]', 'null', 'true', '"bob"'])(
  'a body that names %s is refused, not failed at',
  async (named) => {
    expect(await live.post(`multi_room/get_room_list?${ann}`, `{"userID":${named}}`)).toEqual(logical(7))
  },
)

it.each(['multi_room/login', 'webrtc_room/login'])('%s takes no body over the limit', async (call) => {
  expect(await live.post(call, { more: 'x'.repeat(70_000) })).toMatchObject({ status: 413 })
})

it('a user may be named by a number', async () => {
  const seven = await live.loginOverHttp('7')
  expect((await live.post(`multi_room/get_room_list?${seven}`, { userID: 7 })).body).toMatchObject({ code: 0 })
})

describe('a call over HTTP', () => {
  it('goes as in the public protocol: push URL, room, pusher, list, heartbeat, leave', async () => {
    const { body } = await live.post(`multi_room/get_push_url?${ann}`, { userID: 'ann' })
    expect(body).toEqual({
      code: 0,
      message: 'ok',
      pushURL: expect.stringMatching(
        /^rtmp:\/\/127\.0\.0\.1\/live\/\d{8}\.ann_main\?e=[0-9a-f]+&k=[\w.~-]+&s=[\w-]{22}$/,
      ),
    })
    const created = await live.post(`multi_room/create_room?${ann}`, { userID: 'ann', roomInfo: 'a room' })
    expect(created.body).toEqual({ code: 0, message: 'ok', roomID: expect.stringMatching(/^\d{8}$/) })
    const { roomID } = created.body
    expect((await live.post(`multi_room/get_room_list?${bob}`, { index: 0, cnt: 20 })).body.rooms).toEqual([])

    const pusher = { userID: 'ann', roomID, userName: "ann's name", userAvatar: 'picture', pushURL: body.pushURL }
    expect(await live.post(`multi_room/add_pusher?${ann}`, pusher)).toEqual(ok)
    const stream = /live\/([^?]+)/.exec(body.pushURL as string)?.[1] ?? ''
    const room = {
      roomID,
      roomInfo: 'a room',
      roomCreator: 'ann',
      mixedPlayURL: '',
      custom: '{}',
      pushers: [
        {
          userID: 'ann',
          userName: "ann's name",
          userAvatar: 'picture',
          accelerateURL: expect.stringContaining(`rtmp://127.0.0.1/live/${stream}?`),
        },
      ],
    }
    expect((await live.post(`multi_room/get_room_list?${bob}`, { index: 0, cnt: 20 })).body.rooms).toEqual([room])
    expect((await live.post(`multi_room/get_pushers?${bob}`, { roomID })).body).toEqual({ ...ok.body, ...room })
    expect(await live.post(`multi_room/pusher_heartbeat?${ann}`, { roomID })).toEqual(ok)
    expect(await live.post(`multi_room/delete_pusher?${ann}`, { roomID })).toEqual(ok)
    expect(await live.post(`multi_room/get_pushers?${bob}`, { roomID })).toEqual(logical(3))
  })

  it('creates the room with its first pusher when there is none', async () => {
    expect(await enter(ann, 'new')).toEqual(ok)
    expect((await live.post(`multi_room/get_pushers?${ann}`, { roomID: 'new' })).body).toMatchObject({
      roomCreator: 'ann',
    })
  })

  it('keeps the rooms of the kinds apart', async () => {
    await enter(ann, 'r1', 'double_room')
    expect(await live.post(`multi_room/get_pushers?${bob}`, { roomID: 'r1' })).toEqual(logical(3))
    expect(await enter(bob, 'r1', 'multi_room')).toEqual(logical(3))
    expect((await live.post(`multi_room/get_room_list?${bob}`)).body.rooms).toEqual([])
    expect((await live.post(`double_room/get_room_list?${bob}`)).body.rooms).toHaveLength(1)
  })

  it('gives a stream of the room when the room is named', async () => {
    const { body } = await live.post(`multi_room/get_push_url?${ann}`, { roomID: 'r1' })
    expect(body.pushURL).toContain('/live/r1.ann_main?')
    await live.post(`multi_room/add_pusher?${ann}`, { roomID: 'r1', pushURL: body.pushURL })
    const { pushers } = (await live.post(`multi_room/get_pushers?${ann}`, { roomID: 'r1' })).body
    expect(pushers).toMatchObject([{ accelerateURL: expect.stringContaining('/live/r1.ann_main?') }])
  })

  it('takes numbers for texts and texts for numbers, as old clients send them', async () => {
    await enter(ann, '5')
    expect((await live.post(`multi_room/get_pushers?${ann}`, { roomID: 5 })).body).toMatchObject({ roomID: '5' })
    expect((await live.post(`multi_room/get_room_list?${ann}`, { index: '0', cnt: '1' })).body.rooms).toHaveLength(1)
  })
})

describe('numbered errors', () => {
  it('1 and HTTP 400: a parameter is missing', async () => {
    const missing = {
      status: 400,
      body: { code: 1, message: expect.stringContaining('roomID'), requestID: expect.any(String) },
    }
    expect(await live.post(`multi_room/get_pushers?${ann}`)).toEqual(missing)
    expect((await live.post(`multi_room/create_room?${ann}`)).status).toBe(400)
  })

  it.each(['', 'hello', '{"roomID":', '[1', 'null', '5'])('1 and HTTP 415: the body is not JSON: %j', async (body) => {
    expect(await live.post(`multi_room/get_pushers?${ann}`, body)).toEqual({
      status: 415,
      body: { code: 1, message: 'The body is not a JSON object', requestID: expect.any(String) },
    })
  })

  it('1 and HTTP 413: the body is far too long', async () => {
    const body = { roomInfo: 'x'.repeat(70_000) }
    expect(await live.post(`multi_room/create_room?${ann}`, body)).toMatchObject({ status: 413, body: { code: 1 } })
  })

  it('1 and HTTP 400: the body is nested too deeply', async () => {
    const userInfo = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    expect(await live.post(`live_room/add_audience?${ann}`, `{"roomID":"r1","userInfo":${userInfo}}`)).toEqual({
      status: 400,
      body: { code: 1, message: 'The body is nested too deeply', requestID: expect.any(String) },
    })
  })

  it('1: a room id is too long', async () => {
    expect(await live.post(`multi_room/create_room?${ann}`, { roomInfo: '', roomID: 'x'.repeat(65) })).toEqual(
      logical(1),
    )
  })

  it('3: no such room, or not its creator', async () => {
    expect(await live.post(`multi_room/pusher_heartbeat?${ann}`, { roomID: 'none' })).toEqual(logical(3))
    expect(await live.post(`multi_room/destroy_room?${ann}`, { roomID: 'none' })).toEqual(logical(3))
    await enter(ann, 'r1')
    await enter(bob, 'r1')
    expect(await live.post(`multi_room/destroy_room?${bob}`, { roomID: 'r1' })).toEqual(logical(3))
    expect(await live.post(`multi_room/destroy_room?${ann}`, { roomID: 'r1' })).toEqual(ok)
    expect(await live.post(`multi_room/get_pushers?${ann}`, { roomID: 'r1' })).toEqual(logical(3))
  })

  it('4: login parameters are missing', async () => {
    expect(await live.post('multi_room/login?userID=ann')).toEqual(logical(4))
    expect(await live.post('multi_room/login?userID=ann&userID=bob&sdkAppID=1&userSig=x')).toEqual(logical(4))
  })

  it('5: not a member', async () => {
    await enter(ann, 'r1')
    expect(await live.post(`multi_room/pusher_heartbeat?${bob}`, { roomID: 'r1' })).toEqual(logical(5))
    expect(await live.post(`multi_room/delete_pusher?${bob}`, { roomID: 'r1' })).toEqual(logical(5))
  })

  it('7: what is wrong with a userSig is told', async () => {
    const now = Math.floor(Date.now() / 1000)
    const valid = { sdkAppID: SDK_APP_ID, secretKey: SECRET_KEY, userID: 'ann', time: now, expire: 60 }
    const login = async (userSig: string) => {
      const query = new URLSearchParams({ sdkAppID: String(SDK_APP_ID), userID: 'ann', userSig })
      return (await live.post(`double_room/login?${query}`)).body
    }
    expect(await login('nonsense')).toEqual({ code: 7, message: 'The userSig has a wrong format' })
    expect(await login(makeUserSig({ ...valid, userID: 'bob' }))).toEqual({
      code: 7,
      message: 'The userSig is for another userID or sdkAppID',
    })
    expect(await login(makeUserSig({ ...valid, secretKey: 'x' }))).toEqual({
      code: 7,
      message: 'The signature of the userSig is wrong',
    })
    expect(await login(makeUserSig({ ...valid, time: now - 60 }))).toEqual({
      code: 7,
      message: 'The userSig has expired',
    })
    expect(await login(makeUserSig(valid))).toMatchObject({ code: 0, userID: 'ann' })
  })

  it('7: no token, a token of somebody else, or one that has been logged out', async () => {
    expect(await live.post('multi_room/get_room_list')).toEqual(logical(7))
    expect(await live.post('multi_room/get_room_list?userID=ann&token=x.y')).toEqual(logical(7))
    expect(await live.post(`multi_room/get_room_list?${ann.replace('userID=ann', 'userID=bob')}`)).toEqual(logical(7))
    expect(await live.post(`multi_room/logout?${ann}`)).toEqual(ok)
    expect(await live.post(`multi_room/get_room_list?${ann}`)).toEqual(logical(7))
    expect((await live.post(`multi_room/get_room_list?${bob}`)).body.code).toBe(0)
  })

  it('10: roomInfo is over 1024 bytes', async () => {
    const create = (roomInfo: string) => live.post(`multi_room/create_room?${ann}`, { roomInfo })
    expect(await create(`${'房'.repeat(341)}xx`)).toEqual(logical(10))
    expect((await create(`${'房'.repeat(341)}x`)).body.code).toBe(0)
  })

  it('11: the room exists', async () => {
    await enter(ann, 'r1')
    expect(await live.post(`multi_room/create_room?${bob}`, { roomInfo: '', roomID: 'r1' })).toEqual(logical(11))
  })

  it('5001: the room is full', async () => {
    const [cyd, dan] = await Promise.all([live.loginOverHttp('cyd'), live.loginOverHttp('dan')])
    for (const query of [ann, bob]) await enter(query, 'pair', 'double_room')
    expect(await enter(cyd, 'pair', 'double_room')).toEqual(logical(5001))
    for (const query of [ann, bob, cyd]) await enter(query, 'group')
    expect(await enter(dan, 'group')).toEqual(logical(5001))
  })

  it('404: no such call', async () => {
    expect((await live.post(`multi_room/fly?${ann}`)).status).toBe(404)
    expect((await live.get('utils/get_login_info?userID=ann')).status).toBe(404)
  })
})

describe('a hostile user', () => {
  it('acts for nobody else, whatever the body says', async () => {
    await enter(ann, 'r1')
    await enter(bob, 'r1')
    const calls = ['delete_pusher', 'pusher_heartbeat', 'destroy_room', 'get_push_url']
    for (const name of calls) {
      for (const userID of ['ann', null, ['bob', 'ann']]) {
        expect(await live.post(`multi_room/${name}?${bob}`, { roomID: 'r1', userID })).toEqual(logical(7))
      }
    }
    const { pushers } = (await live.post(`multi_room/get_pushers?${bob}`, { roomID: 'r1' })).body
    expect(pushers).toMatchObject([{ userID: 'ann' }, { userID: 'bob' }])
  })

  it('cannot pass off the stream of somebody else, or a URL of its own, as its own', async () => {
    const annsURL = (await live.post(`multi_room/get_push_url?${ann}`)).body.pushURL
    const urls = [annsURL, 'rtmp://evil.example/live/x', 'http://evil.example/live/r1.bob_main', 'x']
    for (const pushURL of urls) {
      expect(await live.post(`multi_room/add_pusher?${bob}`, { roomID: 'r1', pushURL })).toEqual(logical(1))
    }
    expect(await live.post(`multi_room/get_pushers?${bob}`, { roomID: 'r1' })).toEqual(logical(3))
  })
})
