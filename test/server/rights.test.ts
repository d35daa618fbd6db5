import { makePrivateMapKey } from '../../server/src/tickets/private-map-key'
import { ROOM_PRIVILEGES } from '../../server/src/tickets/room-grant'
import { may, requireRight, type Act, type Standing } from '../../server/src/rights'
import type { Calls } from '../../src/signaling/protocol'
import { SDK_APP_ID, SECRET_KEY } from './support/hub-client'
import { startService, type LiveService, type SocketClient } from './support/live-service'

const P = ROOM_PRIVILEGES
const ALL = 255
const SEND = P.sendAudio | P.sendVideo

/** As the application's backend makes it. */
function keyOf(userID: string, privilegeMap = ALL, more: { room?: number | string; time?: number } = {}): string {
  const { room = 'r', time = Math.floor(Date.now() / 1000) } = more
  return makePrivateMapKey({
    sdkAppID: SDK_APP_ID,
    secretKey: SECRET_KEY,
    userID,
    room,
    privilegeMap,
    expire: 600,
    time,
  })
}

/** 'resolved', or the op and the code of the refusal. */
const outcomeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'resolved',
    (error: Error) => error.message,
  )

describe('who may do what', () => {
  it.each<[Act, Standing, Standing]>([
    ['destroy', { isCreator: true }, { isCreator: false }],
    ['mix', { isCreator: true }, {}],
    ['listRecords', { isCreator: true }, {}],
    ['present', { isCreator: true }, {}],
    ['decideLink', { isCreator: true }, {}],
    ['watch', {}, { isCreator: true }],
    ['askLink', {}, { isCreator: true }],
    ['create', { grant: P.createRoom }, { grant: ALL & ~P.createRoom }],
    ['enter', { grant: P.joinRoom }, { grant: ALL & ~P.joinRoom }],
    ['sit', { grant: P.sendAudio }, { grant: ALL & ~SEND }],
    ['publish', { publishes: true, grant: P.sendVideo }, { publishes: true, grant: ALL & ~SEND }],
    ['publish', { publishes: true }, { grant: ALL }],
    ['share', { publishes: true, grant: P.sendAuxiliary }, { publishes: true, grant: ALL & ~P.sendAuxiliary }],
    ['play', { grant: P.receiveVideo }, { grant: ALL & ~(P.receiveAudio | P.receiveVideo) }],
  ])('%s: %j may, %j may not', (act, able, unable) => {
    expect([may(act, able), may(act, unable)]).toEqual([true, false])
    expect(() => requireRight(act, unable)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
  })
})

describe('where privateMapKeys are asked for', () => {
  let live: LiveService
  beforeEach(async () => {
    live = await startService({ privateMapKeys: true })
  })
  afterEach(() => live.close())

  const join = (client: SocketClient, privateMapKey?: string, more: Partial<Calls['join']['params']> = {}) =>
    outcomeOf(client.join('r', { ...(privateMapKey !== undefined && { privateMapKey }), ...more }))
  const http = async (userID: string, call: string, body: object) =>
    (await live.post(`${call}?${await live.loginOverHttp(userID)}`, body)).body

  it('nobody enters over the socket without one of their own, for this room and still good', async () => {
    const ann = await live.connect('ann')
    const past = Math.floor(Date.now() / 1000) - 1000
    for (const key of [undefined, 'nonsense', keyOf('bob'), keyOf('ann', ALL, { room: 'other' })]) {
      expect(await join(ann, key)).toMatch(/FORBIDDEN/)
    }
    expect(await join(ann, keyOf('ann', ALL, { time: past }))).toMatch(/FORBIDDEN/)
    expect(await live.service.hub.context.store.get('r')).toBeNull()
    expect(await join(ann, keyOf('ann'))).toBe('resolved')
  })

  it('each right is refused to whoever lacks it', async () => {
    const [ann, bob] = [await live.connect('ann'), await live.connect('bob')]
    expect(await join(ann, keyOf('ann', ALL & ~P.createRoom))).toMatch(/FORBIDDEN/)
    expect(await join(ann, keyOf('ann', ALL & ~P.sendAuxiliary))).toBe('resolved')
    for (const missing of [P.joinRoom, SEND, P.receiveAudio | P.receiveVideo]) {
      expect(await join(bob, keyOf('bob', ALL & ~missing))).toMatch(/FORBIDDEN/)
    }
    expect(await join(bob, keyOf('bob', ALL & ~P.createRoom))).toBe('resolved')
    expect(await outcomeOf(ann.call('share', { room: 'r', on: true }))).toMatch(/FORBIDDEN/)
    expect(await outcomeOf(bob.call('share', { room: 'r', on: true }))).toBe('resolved')
    expect(await outcomeOf(ann.call('publishUrl', { room: 'r' }))).toBe('resolved')
  })

  it('one who may not publish watches a broadcast, and is never linked', async () => {
    const [pat, ann] = [await live.connect('pat'), await live.connect('ann')]
    const as = (role: 'anchor' | 'audience') => ({ kind: 'live_room', role }) as const
    await join(pat, keyOf('pat'), as('anchor'))
    expect(await join(ann, keyOf('ann', ALL & ~SEND), as('audience'))).toBe('resolved')
    expect(await outcomeOf(ann.call('linkMic', { room: 'r', action: 'request' }))).toMatch(/FORBIDDEN/)
    await pat.call('linkMic', { room: 'r', action: 'invite', userID: 'ann' })
    expect(await outcomeOf(ann.call('linkMic', { room: 'r', action: 'acceptInvite' }))).toMatch(/FORBIDDEN/)
    expect(await outcomeOf(ann.call('publishUrl', { room: 'r' }))).toMatch(/FORBIDDEN/)
  })

  it.each<[string, string, object, number]>([
    ['create', 'multi_room/create_room', { roomInfo: '' }, P.createRoom],
    ['publish', 'multi_room/get_push_url', {}, SEND],
    ['play', 'multi_room/get_pushers', {}, P.receiveAudio | P.receiveVideo],
    ['create', 'webrtc_room/create_room', { roomInfo: 'x' }, P.createRoom],
  ])('the right to %s is asked for by %s', async (_right, call, body, bits) => {
    if (call.endsWith('get_pushers')) await (await live.connect('pat')).join('r', { privateMapKey: keyOf('pat') })
    const named = { roomID: 'r', ...body }
    expect(await http('ann', call, named)).toMatchObject({ code: 3 })
    expect(await http('ann', call, { ...named, privateMapKey: keyOf('bob') })).toMatchObject({ code: 3 })
    expect(await http('ann', call, { ...named, privateMapKey: keyOf('ann', ALL & ~bits) })).toMatchObject({ code: 3 })
    expect(await http('ann', call, { ...named, privateMapKey: keyOf('ann') })).toMatchObject({ code: 0 })
  })

  it('over HTTP nobody enters, sits down or watches without the right to', async () => {
    const pushers = async (userID: string, privileges: number) => {
      const { pushURL } = await http(userID, 'multi_room/get_push_url', { roomID: 'r', privateMapKey: keyOf(userID) })
      const privateMapKey = keyOf(userID, privileges)
      return http(userID, 'multi_room/add_pusher', { roomID: 'r', pushURL, privateMapKey })
    }
    expect(await pushers('ann', ALL & ~P.createRoom)).toMatchObject({ code: 3 })
    expect(await pushers('ann', ALL)).toMatchObject({ code: 0 })
    expect(await pushers('bob', ALL & ~P.joinRoom)).toMatchObject({ code: 3 })
    expect(await pushers('bob', ALL & ~SEND)).toMatchObject({ code: 3 })
    const enter = (key?: string) => http('cyd', 'webrtc_room/enter_room', { roomID: 'r', privateMapKey: key })
    expect(await enter()).toMatchObject({ code: 3 })
    expect(await enter(keyOf('cyd', ALL & ~P.joinRoom))).toMatchObject({ code: 3 })
    const own = keyOf('cyd')
    // nobody is given a key that allows more than the one the application gave
    expect(await enter(own)).toMatchObject({ code: 0, privateMapKey: own })
    const live = { kind: 'live_room', role: 'anchor' } as const
    await (await connected('pat')).join('show', { privateMapKey: keyOf('pat', ALL, { room: 'show' }), ...live })
    const watch = (privileges: number) =>
      http('dan', 'live_room/add_audience', {
        roomID: 'show',
        privateMapKey: keyOf('dan', privileges, { room: 'show' }),
      })
    expect(await watch(ALL & ~P.joinRoom)).toMatchObject({ code: 3 })
    expect(await watch(ALL & ~SEND)).toMatchObject({ code: 0 })
  })
  const connected = (userID: string) => live.connect(userID)

  it('a list of rooms tells no play URLs', async () => {
    const ann = await live.connect('ann')
    await ann.join('r', { privateMapKey: keyOf('ann') })
    const { rooms } = await http('eve', 'multi_room/get_room_list', {})
    expect(rooms).toMatchObject([{ roomID: 'r', pushers: [{ userID: 'ann', accelerateURL: '' }] }])
  })

  it('a room of digits may be named as a number in the key', async () => {
    const ann = await live.connect('ann')
    const privateMapKey = keyOf('ann', ALL, { room: 12345678 })
    expect((await ann.join('12345678', { privateMapKey })).room).toBe('12345678')
  })

  it('what the key allowed holds after a drop and a return', async () => {
    const ann = await live.connect('ann')
    const { epoch, seq } = await ann.join('r', { privateMapKey: keyOf('ann', ALL & ~P.sendAuxiliary) })
    ann.webSocket.terminate()
    const again = await live.connect('ann')
    await again.call('resume', { room: 'r', epoch, seq })
    expect(await outcomeOf(again.call('share', { room: 'r', on: true }))).toMatch(/FORBIDDEN/)
    expect(await outcomeOf(again.call('publishUrl', { room: 'r' }))).toBe('resolved')
  })
})

it('nobody is asked for a privateMapKey unless that is set', async () => {
  const live = await startService()
  const ann = await live.connect('ann')
  expect((await ann.join('r')).room).toBe('r')
  await live.close()
})
