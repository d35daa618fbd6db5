import { LiveStage, userNamed } from '../support/live-stage'
import type { LivePhone } from '../support/live-phone'
import type { RoomWorld } from '../support/room-world'

let stage: LiveStage
let world: RoomWorld

beforeEach(() => {
  stage = new LiveStage()
  world = stage.world
})

afterEach(() => stage.close())

const phoneOf: LiveStage['phoneOf'] = (...told) => stage.phoneOf(...told)
const presenter: LiveStage['presenter'] = (properties) => stage.presenter(properties)
const audience: LiveStage['audience'] = (userID) => stage.audience(userID)

/** Ann has asked for a seat, been given one, and publishes. */
async function linked(host: LivePhone, guest: LivePhone): Promise<void> {
  const asked = guest.call('requestJoinPusher')
  expect(await asked).toBe('pending')
  expect(await host.call('respondJoinReq', true, userNamed(guest.userID))).toBe('done')
  await guest.publishes()
}

test('a presenter creates the room and pushes; an audience plays it in live mode and pushes nothing', async () => {
  const host = await presenter({ roomName: 'coffee' })
  const ann = await audience('ann')
  expect(host.told('created')).toEqual([{ roomId: '31', roomName: 'coffee', creator: 'suhe' }])
  expect(host.publisher).toMatchObject({ url: expect.stringContaining('rtmp://'), mode: 'HD', maxBitrate: 1200 })
  expect(ann.publisher).toBeNull()
  expect(ann.players).toMatchObject([
    { src: expect.stringMatching(/^https?:.*\.flv/), mode: 'live', minCache: 1, maxCache: 3, objectFit: 'fillCrop' },
  ])
})

test('whoever comes and goes is counted for everyone and named to the presenter', async () => {
  const host = await presenter()
  const ann = await audience('ann')
  const bob = await audience('bob')
  expect(await bob.call('stop')).toBe('done')
  expect(host.told('audienceEnter')).toEqual([userNamed('ann'), userNamed('bob')])
  expect(host.told('audienceLeave')).toEqual([userNamed('bob')])
  expect(host.told('audienceCount')).toEqual([{ count: 0 }, { count: 1 }, { count: 2 }, { count: 1 }])
  expect(ann.told('audienceEnter')).toEqual([])
  expect(ann.told('audienceCount').at(-1)).toEqual({ count: 1 })
})

test('a request is told with the user twice, so that either can be handed back', async () => {
  const host = await presenter()
  const ann = await audience('ann')
  await ann.call('requestJoinPusher')
  const event = host.events.find(({ tag }) => tag === 'joinPusher')
  expect(event).toEqual({ tag: 'joinPusher', code: 0, detail: userNamed('ann'), ...userNamed('ann') })
  expect(await host.call('respondJoinReq', true, event)).toBe('done')
})

test('a guest publishes and plays as in a call, and watches again afterwards', async () => {
  const host = await presenter()
  const ann = await audience('ann')
  await linked(host, ann)
  expect(ann.publisher).toMatchObject({ url: expect.stringContaining('rtmp://'), mode: 'RTC', aspect: '3:4' })
  expect(ann.players).toMatchObject([{ src: expect.stringContaining('rtmp://'), mode: 'RTC' }])
  expect(host.players).toMatchObject([{ src: expect.stringContaining('rtmp://'), mode: 'RTC' }])
  expect(host.told('linkOn')).toEqual([userNamed('ann')])
  expect(ann.told('linkOn')).toEqual([userNamed('ann')])
  expect(ann.told('linkStateChange')).toEqual([{ phase: 'requesting' }, { phase: 'linking' }, { phase: 'on' }])

  expect(await ann.call('endJoinPusher')).toBe('done')
  expect(ann.publisher).toBeNull()
  expect(ann.players).toMatchObject([{ mode: 'live' }])
  expect(host.told('linkOff')).toEqual([{ ...userNamed('ann'), reason: 'ended' }])
  expect(ann.told('linkOff')).toEqual([{ ...userNamed('ann'), reason: 'ended' }])
})

test('the promise of a request resolves when one is on air', async () => {
  const host = await presenter()
  const ann = await audience('ann')
  let outcome = 'pending'
  void (ann.room.instance.requestJoinPusher() as Promise<void>).then(() => (outcome = 'on air'))
  await world.clock.advance(1000)
  await host.call('respondJoinReq', true, 'ann')
  expect(outcome).toBe('pending')
  await ann.publishes()
  expect(outcome).toBe('on air')
})

test('with a second of human delay the push URL is there two round trips after it', async () => {
  const host = await presenter()
  const ann = await audience('ann')
  const tapped = world.clock.now()
  const moments: Record<string, number> = {}
  ann.room.addEventListener('onRoomEvent', ({ detail }) => {
    if (detail.tag === 'linkStateChange') moments[detail.detail.phase] = world.clock.now() - tapped
  })
  host.room.addEventListener('onRoomEvent', ({ detail }) => {
    if (detail.tag !== 'joinPusher') return
    world.clock.setTimer(1000, () => void host.room.instance.respondJoinReq(true, detail))
  })
  await ann.call('requestJoinPusher')
  expect(moments.linking).toBeLessThanOrEqual(1216)
  expect(ann.publisher).toMatchObject({ url: expect.stringContaining('rtmp://') })
})

test('a refusal rejects with the words of the presenter and is told as linkOff, not as an error', async () => {
  const host = await presenter()
  const ann = await audience('ann')
  let refusal: unknown
  ;(ann.room.instance.requestJoinPusher() as Promise<void>).catch((error: unknown) => (refusal = error))
  await world.clock.advance(1000)
  await host.call('respondJoinReq', 'false', { detail: userNamed('ann') }, 'after this song')
  expect(refusal).toMatchObject({ code: 'LINK_REJECTED', message: 'after this song' })
  expect(ann.told('linkOff')).toEqual([{ ...userNamed('ann'), reason: 'rejected', text: 'after this song' }])
  expect(ann.tags).not.toContain('error')
})

test('a request that nobody answers ends after its own time, on both sides', async () => {
  const host = await presenter()
  const ann = await audience('ann')
  let code = ''
  ;(ann.room.instance.requestJoinPusher({ timeout: '5000' }) as Promise<void>).catch(
    (error: { code: string }) => (code = error.code),
  )
  await world.clock.advance(4000)
  expect(code).toBe('')
  await world.clock.advance(4000)
  expect(code).toBe('LINK_TIMEOUT')
  expect(host.told('joinPusherEnded')).toEqual([{ ...userNamed('ann'), reason: 'timeout' }])
  expect(await host.call('respondJoinReq', true, 'ann')).toBe('NOT_REQUESTED')
})

test('an invitation is taken or declined', async () => {
  const host = await presenter()
  const ann = await audience('ann')
  const bob = await audience('bob')
  expect(await host.call('inviteJoinPusher', 'ann')).toBe('done')
  expect(await host.call('inviteJoinPusher', 'bob')).toBe('done')
  expect(ann.told('linkInvited')).toMatchObject([{ userID: 'suhe' }])
  expect(await bob.call('respondInvite', false)).toBe('done')
  expect(await ann.call('respondInvite', true)).toBe('pending')
  await ann.publishes()
  expect(host.told('linkOn')).toEqual([userNamed('ann')])
  expect(bob.publisher).toBeNull()
  expect(await bob.call('respondInvite', true)).toBe('NOT_REQUESTED')
})

test('a guest who is removed is told so and watches on', async () => {
  const host = await presenter()
  const ann = await audience('ann')
  await linked(host, ann)
  expect(await host.call('kickoutSubPusher', 'ann')).toBe('done')
  expect(ann.told('kickout')).toEqual([userNamed('ann')])
  expect(ann.told('linkOff')).toEqual([{ ...userNamed('ann'), reason: 'kicked' }])
  expect(ann.publisher).toBeNull()
  expect(ann.players).toMatchObject([{ mode: 'live' }])
})

test('a guest who is removed before being on air is told once', async () => {
  const host = await presenter()
  const ann = await audience('ann')
  await ann.call('requestJoinPusher')
  await ann.call('requestJoinPusher')
  await host.call('respondJoinReq', true, 'ann')
  await host.call('kickoutSubPusher', 'ann')
  expect(ann.told('linkOff')).toEqual([{ ...userNamed('ann'), reason: 'kicked' }])
  expect(ann.tags).not.toContain('error')
})

test('a refusal of somebody who asked twice is told once', async () => {
  const host = await presenter()
  const ann = await audience('ann')
  await ann.call('requestJoinPusher')
  await ann.call('requestJoinPusher')
  await host.call('respondJoinReq', false, 'ann')
  expect(ann.told('linkOff')).toMatchObject([{ userID: 'ann', reason: 'rejected' }])
})

test("a guest's microphone is switched off by the presenter and on again by the page", async () => {
  const host = await presenter()
  const ann = await audience('ann')
  await linked(host, ann)
  expect(await host.call('muteGuest', 'ann')).toBe('done')
  expect(ann.told('mutedByPresenter')).toEqual([{ muted: true }])
  expect(ann.publisher).toMatchObject({ muted: true })
  ann.room.setData({ muted: true })
  await world.clock.advance(0)
  ann.room.setData({ muted: false })
  await world.clock.advance(0)
  expect(ann.publisher).toMatchObject({ muted: false })
})

test('a fourth guest is refused clearly', async () => {
  const host = await presenter()
  for (const userID of ['ann', 'bob', 'cat']) await linked(host, await audience(userID))
  const dan = await audience('dan')
  await dan.call('requestJoinPusher')
  expect(await host.call('respondJoinReq', true, 'dan')).toBe('SEATS_FULL')
  expect(host.tags).not.toContain('error')
})

test('only the presenter decides: what somebody of the audience forges is refused and changes nothing', async () => {
  const host = await presenter()
  const ann = await audience('ann')
  const bob = await audience('bob')
  await ann.call('requestJoinPusher')
  for (const [method, ...args] of [
    ['respondJoinReq', true, 'ann'],
    ['respondJoinReq', true, 'bob'],
    ['inviteJoinPusher', 'bob'],
    ['kickoutSubPusher', 'ann'],
    ['muteGuest', 'ann'],
  ] as const) {
    expect([method, await bob.call(method, ...args)]).toEqual([method, 'FORBIDDEN'])
  }
  expect(ann.publisher).toBeNull()
  expect(host.told('linkOn')).toEqual([])
})

test.each([
  ['respondJoinReq', [true, 'ann'], 'NOT_REQUESTED'],
  ['respondJoinReq', [true, {}], 'BAD_PARAMETER'],
  ['respondJoinReq', [true], 'BAD_PARAMETER'],
  ['inviteJoinPusher', [''], 'BAD_PARAMETER'],
  ['kickoutSubPusher', [undefined], 'BAD_PARAMETER'],
])('%s(%p) of a presenter is %s', async (method, args, code) => {
  const host = await presenter()
  await audience('ann')
  expect(await host.call(method, ...args)).toBe(code)
})

test('a presenter who drops is away to the audience, and back within the grace period', async () => {
  const host = await presenter()
  const ann = await audience('ann')
  await host.vanish()
  expect(ann.texts('.rl-cover--veil .rl-cover__text')).toEqual(['主播暂时离开'])
  expect(ann.told('presenterAway')).toEqual([{ away: true }])
  await host.comesBack()
  expect(ann.texts('.rl-cover--veil .rl-cover__text')).toEqual([])
  expect(ann.told('presenterAway')).toEqual([{ away: true }, { away: false }])
  expect(ann.tags).not.toContain('roomClosed')
})

test('the end of the broadcast is told to everyone with its own number', async () => {
  const host = await presenter()
  const ann = await audience('ann')
  await linked(host, ann)
  const bob = await audience('bob')
  await host.call('stop')
  for (const viewer of [ann, bob]) {
    expect(viewer.events.filter(({ tag }) => tag === 'roomClosed')).toEqual([
      { tag: 'roomClosed', code: -9006, detail: { reason: 'destroyed' } },
    ])
    expect(viewer.publisher).toBeNull()
  }
})

test.each([
  [{ role: 'audience' }, 'roomId'],
  [{ role: 'singer', roomId: '31' }, 'singer'],
])('start() with %p is a coded error', async (properties, named) => {
  const phone = await phoneOf('ann', properties).enter()
  expect(phone.events).toMatchObject([{ tag: 'error', code: -9003, error: { code: 'BAD_PARAMETER' } }])
  expect(await phone.call('start')).toBe('BAD_PARAMETER')
  const start = phone.room.instance.start() as Promise<unknown>
  await expect(start).rejects.toThrow(named)
})

test('an audience before there is a room is told that there is none', async () => {
  const ann = await audience('ann')
  expect(ann.events.find(({ tag }) => tag === 'error')).toMatchObject({
    code: -9003,
    error: { code: 'ROOM_NOT_FOUND' },
  })
})

test('what cannot be sent, or asked for, is an error event with the number of what was being done', async () => {
  const ann = phoneOf('ann', { roomId: '31', role: 'audience' })
  expect(await ann.call('sendTextMsg', 'hello')).toBe('NOT_MEMBER')
  expect(await ann.call('requestJoinPusher')).toBe('NOT_MEMBER')
  expect(ann.events.map(({ tag, code }) => [tag, code])).toEqual([
    ['error', -9005],
    ['error', -9004],
  ])
})

test('a message that is given up by one’s own stop() is no error', async () => {
  await presenter()
  const ann = await audience('ann')
  await ann.vanish()
  const sent = ann.room.instance.sendTextMsg('hello') as Promise<void>
  await ann.call('stop')
  await expect(sent).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(ann.tags).not.toContain('error')
})

test('audience and presenter talk by messages', async () => {
  const host = await presenter()
  const ann = await audience('ann')
  expect(await ann.call('sendTextMsg', 'what a voice')).toBe('done')
  expect(await host.call('sendCustomMsg', { like: true })).toBe('done')
  expect(host.events).toContainEqual(
    expect.objectContaining({ tag: 'recvTextMsg', detail: 'what a voice', userID: 'ann' }),
  )
  expect(ann.events).toContainEqual(expect.objectContaining({ tag: 'recvCustomMsg', detail: { like: true } }))
})

test('a request before the room is entered is refused, and one after it is heard', async () => {
  const host = await presenter()
  const ann = phoneOf('ann', { roomId: '31', role: 'audience' })
  const entered = ann.enter()
  await world.clock.advance(210)
  expect(ann.told('stateChange')).toEqual([{ phase: 'joining' }])
  const asked = ann.room.instance.requestJoinPusher() as Promise<void>
  await expect(asked).rejects.toMatchObject({ code: 'NOT_MEMBER' })
  await entered
  expect(await ann.call('requestJoinPusher')).toBe('pending')
  expect(host.told('joinPusher')).toEqual([userNamed('ann')])
})

test('a microphone that the presenter has switched off in one call is on in the next', async () => {
  const host = await presenter()
  const ann = await audience('ann')
  await linked(host, ann)
  await host.call('muteGuest', 'ann')
  expect(ann.publisher).toMatchObject({ muted: true })
  await ann.call('stop')
  await ann.call('start')
  await linked(host, ann)
  expect(ann.publisher).toMatchObject({ muted: false })
})
