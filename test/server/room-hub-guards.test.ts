import type { ErrorCode } from '../../src/errors'
import { RoomError } from '../../src/errors'
import type { CallName, Calls } from '../../src/signaling/protocol'
import { makeUserSig } from '../../server/src/tickets/user-sig'
import { HubClient, SDK_APP_ID, SECRET_KEY, startHub } from './support/hub-client'

const DAY = 86_400_000

describe('login', () => {
  const login = async (client: HubClient, more: Partial<Calls['login']['params']>) =>
    client.fail('login', { ...client.loginParams(), ...more })

  it('tells a missing, malformed, foreign, forged and expired userSig apart', async () => {
    const test = startHub()
    const ann = new HubClient(test, 'ann')
    const time = Math.floor(test.clock.now() / 1000)
    const valid = { sdkAppID: SDK_APP_ID, secretKey: SECRET_KEY, userID: 'ann', time, expire: 60 }
    const failures = [
      await login(ann, { userSig: undefined }),
      await login(ann, { userSig: 'nonsense' }),
      await login(ann, { userSig: makeUserSig({ ...valid, userID: 'bob' }) }),
      await login(ann, { userSig: makeUserSig({ ...valid, sdkAppID: 1 }) }),
      await login(ann, { userSig: makeUserSig({ ...valid, secretKey: 'guessed' }) }),
      await login(ann, { userSig: makeUserSig({ ...valid, time: time - 61 }) }),
    ]
    expect(failures).toEqual([
      { code: 'LOGIN_REFUSED', message: 'The userSig is missing' },
      { code: 'LOGIN_REFUSED', message: 'The userSig has a wrong format' },
      { code: 'LOGIN_REFUSED', message: 'The userSig is for another userID or sdkAppID' },
      { code: 'LOGIN_REFUSED', message: 'The userSig is for another userID or sdkAppID' },
      { code: 'LOGIN_REFUSED', message: 'The signature of the userSig is wrong' },
      { code: 'LOGIN_EXPIRED', message: 'The userSig has expired' },
    ])
    await ann.login()
  })

  it('refuses the sdkAppID of another service', async () => {
    const ann = new HubClient(startHub(), 'ann')
    expect(await login(ann, { sdkAppID: '1' })).toMatchObject({ code: 'LOGIN_REFUSED' })
    await ann.call('login', { ...ann.loginParams(), sdkAppID: String(SDK_APP_ID) })
  })

  it('takes the token of an earlier login for a day, for that user alone, until it is logged out', async () => {
    const test = startHub()
    const ann = new HubClient(test, 'ann')
    const { token } = await ann.call('login', ann.loginParams())
    const again = new HubClient(test, 'ann')
    const byToken = (params: Partial<Calls['login']['params']> = {}) => ({
      ...ann.loginParams(),
      userSig: undefined,
      token,
      ...params,
    })
    expect(await again.call('login', byToken())).toEqual({ userID: 'ann', token })
    expect(await new HubClient(test, 'bob').fail('login', byToken({ userID: 'bob' }))).toEqual({
      code: 'LOGIN_REFUSED',
      message: 'The token is for another userID',
    })
    const tampered = `${token.slice(0, -2)}xx`
    expect(await again.fail('login', byToken({ token: tampered }))).toMatchObject({ code: 'LOGIN_REFUSED' })
    await again.call('logout', {})
    expect(await new HubClient(test, 'ann').fail('login', byToken())).toEqual({
      code: 'LOGIN_EXPIRED',
      message: 'The token has been logged out',
    })
  })

  it('finds a token expired after a day', async () => {
    const test = startHub()
    const ann = new HubClient(test, 'ann')
    const { token } = await ann.call('login', ann.loginParams())
    await test.clock.advance(DAY)
    expect(await login(new HubClient(test, 'ann'), { token })).toEqual({
      code: 'LOGIN_EXPIRED',
      message: 'The token has expired',
    })
  })

  it('binds a connection to its first user', async () => {
    const test = startHub()
    const ann = await new HubClient(test, 'ann').login()
    expect(await ann.fail('login', new HubClient(test, 'bob').loginParams())).toMatchObject({ code: 'FORBIDDEN' })
    expect((await ann.join('r1')).pushURL).toContain('/r1.ann_main?')
  })

  it('comes before everything else', async () => {
    const ann = new HubClient(startHub(), 'ann')
    const room = 'r1'
    const calls: { [K in Exclude<CallName, 'login'>]: Calls[K]['params'] } = {
      logout: {},
      join: ann.joinParams(room),
      leave: { room },
      resume: { room, epoch: '', seq: 0 },
      publishUrl: { room },
      playUrl: { room, userID: 'bob' },
      announce: { room, audio: true, video: true },
      share: { room, on: true },
      send: { room, kind: 'text', data: 'hello' },
      linkMic: { room, action: 'request' },
      setCustom: { room, field: 'likes', operation: 'inc', value: 1 },
      audiences: { room },
      rooms: { kind: 'multi_room', index: 0, cnt: 1 },
      ping: {},
    }
    for (const [op, params] of Object.entries(calls)) {
      expect(await ann.fail(op as CallName, params)).toMatchObject({ code: 'NOT_LOGGED_IN' })
    }
  })
})

describe('logout', () => {
  it('leaves the rooms and closes every connection of the token for good', async () => {
    const test = startHub()
    const ann = new HubClient(test, 'ann')
    const { token } = await ann.call('login', ann.loginParams())
    const twin = new HubClient(test, 'ann')
    await twin.call('login', { ...ann.loginParams(), userSig: undefined, token })
    const bob = await new HubClient(test, 'bob').login()
    await bob.join('r1')
    await twin.join('r1')
    expect(await ann.call('logout', {})).toEqual({})
    expect([ann.closedWith, twin.closedWith]).toEqual([
      { code: 4401, reason: 'logged out' },
      { code: 4401, reason: 'logged out' },
    ])
    expect(bob.events.at(-1)).toMatchObject({ ev: 'memberLeft', userID: 'ann', reason: 'left' })
    expect(bob.closedWith).toBeNull()
  })
})

it('carries out nothing that was sent after a logout', async () => {
  const test = startHub()
  const ann = await new HubClient(test, 'ann').login()
  const bob = await new HubClient(test, 'bob').login()
  await bob.join('r1')
  ann.send('logout', {})
  ann.send('join', ann.joinParams('r1'), 'late')
  await test.clock.advance(0)
  expect(ann.frames.at(-1)).toMatchObject({ re: 'late', error: { code: 'NOT_LOGGED_IN' } })
  expect(bob.events).toEqual([])
})

describe('what is not of the protocol', () => {
  const long = 'x'.repeat(70_000)
  it.each([
    ['text that is not JSON', 'hello', '', 'BAD_FRAME'],
    ['half a frame', '{"id":"1","op":', '', 'BAD_FRAME'],
    ['JSON that is no object', '[1]', '', 'BAD_FRAME'],
    ['null', 'null', '', 'BAD_FRAME'],
    ['no id', '{"op":"ping","params":{}}', '', 'BAD_FRAME'],
    ['an id that is no text', '{"id":1,"op":"ping","params":{}}', '', 'BAD_FRAME'],
    ['no params', '{"id":"1","op":"ping"}', '1', 'BAD_FRAME'],
    ['an unknown op', '{"id":"1","op":"fly","params":{}}', '1', 'BAD_FRAME'],
    ['an op from Object.prototype', '{"id":"1","op":"constructor","params":{}}', '1', 'BAD_FRAME'],
    ['params that do not fit', '{"id":"1","op":"leave","params":{"room":5}}', '1', 'BAD_FRAME'],
    ['a missing param', '{"id":"1","op":"send","params":{"room":"r1","kind":"text"}}', '1', 'BAD_FRAME'],
    ['a kind that does not exist', '{"id":"1","op":"rooms","params":{"kind":"x","index":0,"cnt":1}}', '1', 'BAD_FRAME'],
    [
      'a frame nested too deeply to be written again',
      `{"id":"1","op":"send","params":{"room":"r1","kind":"custom","data":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`,
      '1',
      'BAD_FRAME',
    ],
    ['an oversized frame', `{"id":"1","op":"ping","params":{},"more":"${long}"}`, '1', 'MESSAGE_TOO_LONG'],
  ])('is answered, and the connection stays: %s', async (_what, text, re, code) => {
    const ann = await new HubClient(startHub(), 'ann').login()
    expect(await ann.raw(text)).toEqual([{ re, error: { code, message: expect.stringMatching(/./) } }])
    expect(ann.closedWith).toBeNull()
    await ann.call('ping', {})
  })
})

describe('parameters out of bounds', () => {
  const cases: [string, CallName, object, ErrorCode][] = [
    ['a roomName of 1025 bytes', 'join', { roomName: `${'房'.repeat(341)}xx` }, 'ROOM_INFO_TOO_LONG'],
    ['a room id of 65 bytes', 'join', { room: 'x'.repeat(65) }, 'BAD_PARAMETER'],
    ['a room id with a line break', 'join', { room: 'a\nb' }, 'BAD_PARAMETER'],
    ['a userName of 257 bytes', 'join', { userName: 'x'.repeat(257) }, 'BAD_PARAMETER'],
    ['a userAvatar of 1025 bytes', 'join', { userAvatar: 'x'.repeat(1025) }, 'BAD_PARAMETER'],
    ['a text that is no text', 'send', { kind: 'text', data: 5 }, 'BAD_PARAMETER'],
    ['a message of 8193 bytes', 'send', { kind: 'text', data: 'x'.repeat(8191) }, 'MESSAGE_TOO_LONG'],
  ]
  it.each(cases)('are refused by name: %s', async (_what, op, more, code) => {
    const ann = await new HubClient(startHub(), 'ann').login()
    await ann.join('r1')
    const base = op === 'join' ? ann.joinParams('r1') : { room: 'r1', kind: 'text', data: '' }
    const error = await ann.fail(op, { ...base, ...more } as Calls[CallName]['params'])
    expect(error).toMatchObject({ code })
    await ann.call('ping', {})
  })

  it('are what is one over: a roomName of 1024 bytes and a message of 8192 pass', async () => {
    const ann = await new HubClient(startHub(), 'ann').login()
    const roomName = `${'房'.repeat(341)}x`
    expect(await ann.join('r1', { roomName })).toMatchObject({ roomName })
    await ann.call('send', { room: 'r1', kind: 'text', data: 'x'.repeat(8190) })
  })

  it('are no user either', async () => {
    const test = startHub()
    const params = { ...new HubClient(test, 'ann').loginParams(), userID: '' }
    expect(await new HubClient(test, '').fail('login', params)).toMatchObject({ code: 'BAD_PARAMETER' })
  })
})

describe('a hostile user', () => {
  it('hears nothing of a room that refused it', async () => {
    const test = startHub({ maxMembers: 1 })
    const ann = await new HubClient(test, 'ann').login()
    await ann.join('r1')
    const mallory = await new HubClient(test, 'mallory').login()
    await mallory.fail('join', mallory.joinParams('r1'))
    await ann.call('send', { room: 'r1', kind: 'text', data: 'a secret' })
    await test.store.destroy({ room: 'r1', userID: 'ann' })
    expect(ann.closedRooms).toEqual([{ room: 'r1', closed: 'destroyed' }])
    expect([...mallory.notices, ...mallory.closedRooms]).toEqual([])
  })

  it('neither hears nor changes a room it is not in', async () => {
    const test = startHub()
    const ann = await new HubClient(test, 'ann').login()
    const { epoch } = await ann.join('r1')
    const mallory = await new HubClient(test, 'mallory').login()
    const calls: [CallName, Calls[CallName]['params']][] = [
      ['leave', { room: 'r1' }],
      ['announce', { room: 'r1', audio: false, video: false }],
      ['send', { room: 'r1', kind: 'text', data: 'boo' }],
      ['resume', { room: 'r1', epoch, seq: 0 }],
    ]
    for (const [op, params] of calls) {
      const withName = { ...params, userID: 'ann' } as Calls[CallName]['params']
      expect(await mallory.fail(op, withName)).toMatchObject({ code: 'NOT_MEMBER' })
    }
    await ann.call('send', { room: 'r1', kind: 'text', data: 'a secret' })
    expect(mallory.notices).toEqual([])
    expect(ann.events).toMatchObject([{ ev: 'message', data: 'a secret' }])
  })
})

it('answers SERVER_ERROR and says nothing of the inside when the store fails', async () => {
  const test = startHub()
  const ann = await new HubClient(test, 'ann').login()
  test.store.list = async () => {
    throw new Error('connect ECONNREFUSED 10.0.0.7:6379')
  }
  expect(await ann.fail('rooms', { kind: 'multi_room', index: 0, cnt: 1 })).toEqual({
    code: 'SERVER_ERROR',
    message: 'The server failed',
  })
  expect(test.logs).toEqual(['error: A socket op failed'])
  test.store.list = async () => {
    throw new RoomError('RATE_LIMITED')
  }
  expect(await ann.fail('rooms', { kind: 'multi_room', index: 0, cnt: 1 })).toMatchObject({ code: 'RATE_LIMITED' })
})
