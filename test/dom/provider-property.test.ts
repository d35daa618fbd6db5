import type { RoomEventDetail } from '../../components/shared/room-events'
import { direct, registerProvider } from '../../src/provider/direct/direct'
import { zego } from '../../src/provider/zego/zego'
import { DirectApp } from '../support/direct-app'
import { fakeNativeContexts } from '../support/fake-native'
import type { NativeCalls } from '../support/fake-native'
import { ManualPhone } from '../support/manual-phone'
import { RoomWorld } from '../support/room-world'
import { tagTells } from '../support/simulate'
import type { Rendered } from '../support/simulate'
import { FakeZegoEngine, ZegoCloud } from '../support/zego-cloud'

/** Longer than any chain of round trips takes. */
const A_WHILE_MS = 2000
const COMPONENTS = ['rtc-room', 'live-room', 'webrtc-room'] as const

let world: RoomWorld
let native: NativeCalls
let rooms: Rendered[]
let told: RoomEventDetail[]

beforeEach(() => {
  native = fakeNativeContexts()
  world = new RoomWorld()
  rooms = []
  told = []
})

afterEach(async () => {
  rooms.forEach((room) => room.detach())
  await world.clock.advance(A_WHILE_MS)
  native.restore()
  world.close()
})

const later = (): Promise<void> => world.clock.advance(A_WHILE_MS)

/** A component of a phone that never logs in to RoomService. */
function roomOf(component: (typeof COMPONENTS)[number], properties: Record<string, unknown>): Rendered {
  const room = new ManualPhone(world, 'mei').render(component, { roomId: '7', autoplay: true, ...properties })
  room.addEventListener('onRoomEvent', ({ detail }) => told.push(detail as RoomEventDetail))
  rooms.push(room)
  return room
}

/** What start() was refused with, or 'joined'. */
async function start(room: Rendered): Promise<string> {
  const starting = (room.instance.start() as Promise<unknown>).then(
    () => 'joined',
    (error: { code: string; message: string }) => `${error.code} ${error.message}`,
  )
  await later()
  return starting
}

describe.each(COMPONENTS)('<%s provider="direct">', (component) => {
  test('joins, publishes and plays where the app says, without a login', async () => {
    const app = new DirectApp(world.clock)
    app.membersOf('7').set('ann', { userID: 'ann', playUrl: 'rtmp://media.test/live/ann' })
    registerProvider(direct, () => app.configOf('mei'))
    const room = roomOf(component, { provider: 'direct' })
    expect(await start(room)).toBe('joined')
    expect(room.querySelector('#publisher')?.data.url).toMatch(/^rtmp:\/\/media\.test\/live\/mei\?push=/)
    expect(room.querySelector('#player-0')?.data.src).toBe('rtmp://media.test/live/ann')
    void room.instance.stop()
    await later()
    expect([...app.membersOf('7').keys()]).toEqual(['ann'])
  })

  test('a name that is not registered is an error that says so, and names what is', async () => {
    registerProvider(direct, null)
    expect(await start(roomOf(component, { provider: 'agora' }))).toBe(
      'BAD_CONFIG provider "agora" is not registered (registered: direct)',
    )
    expect(told.filter(({ tag }) => tag === 'error')).toHaveLength(1)
  })

  test('a wrong configuration is an error that names vendor and field', async () => {
    registerProvider(direct, { userID: 'mei', members: [{ userID: 'ann', playUrl: 'https://media.test/ann.m3u8' }] })
    expect(await start(roomOf(component, { provider: 'direct' }))).toMatch(/^BAD_CONFIG direct: members\[0\]\.playUrl/)
    expect(told.filter(({ tag }) => tag === 'error')).toHaveLength(1)
  })

  test('what the vendor cannot do is NOT_SUPPORTED, by its name', async () => {
    registerProvider(direct, { userID: 'mei', pushUrl: 'rtmp://media.test/live/mei', members: [] })
    expect(await start(roomOf(component, { provider: 'direct', roomId: '' }))).toBe(
      'NOT_SUPPORTED Provider direct does not support createRooms',
    )
  })
})

test('a message over a vendor without any is refused, naming vendor and feature', async () => {
  registerProvider(direct, { userID: 'mei', pushUrl: 'rtmp://media.test/live/mei', members: [] })
  const room = roomOf('rtc-room', { provider: 'direct' })
  await start(room)
  await expect(room.instance.sendTextMsg('hi')).rejects.toMatchObject({
    code: 'NOT_SUPPORTED',
    message: 'Provider direct does not support messages',
  })
})

test('provider="roomservice" is the login of the app, as without a word', async () => {
  expect(await start(roomOf('rtc-room', { provider: 'roomservice' }))).toMatch(/^NOT_LOGGED_IN/)
})

describe('<live-room provider="zego">', () => {
  const cloud = (): ZegoCloud => new ZegoCloud(world.clock)
  const userNamed = (userID: string) => ({ userID, userName: `${userID}'s name`, userAvatar: '' })

  async function enter(zegoCloud: ZegoCloud, userID: string, properties: Record<string, unknown> = {}) {
    const engine = new FakeZegoEngine(zegoCloud)
    const room = roomOf('live-room', { provider: 'zego', userName: `${userID}'s name`, ...properties })
    const events: { tag: string; detail: unknown }[] = []
    room.addEventListener('onRoomEvent', ({ detail }) => events.push(detail as (typeof events)[0]))
    registerProvider(zego, { engine, userID, token: 'a token' })
    expect(await start(room)).toBe('joined')
    const call = async (method: string, ...args: unknown[]): Promise<string> => {
      const outcome = (room.instance[method] as (...a: unknown[]) => Promise<unknown>)(...args).then(
        () => 'done',
        (error: { code: string }) => error.code,
      )
      await later()
      return Promise.race([outcome, Promise.resolve('pending')])
    }
    const publishes = async (): Promise<void> => {
      tagTells(room, 'statechange', { code: 1002, message: '' })
      await later()
    }
    const toldOf = (tag: string): unknown[] => events.filter((each) => each.tag === tag).map(({ detail }) => detail)
    return { room, engine, call, publishes, toldOf }
  }

  test('one presents, one asks for a seat, is given it, is seen, is muted and leaves it', async () => {
    const zegoCloud = cloud()
    const host = await enter(zegoCloud, 'suhe')
    await host.publishes()
    const ann = await enter(zegoCloud, 'ann', { role: 'audience' })
    expect(ann.room.querySelector('#publisher')).toBeUndefined()
    expect(ann.room.querySelector('#player-0')?.data).toMatchObject({
      src: expect.stringMatching(/^https:\/\/zego\.test\/live\/.*\.flv/),
      mode: 'live',
    })

    const asked = ann.call('requestJoinPusher')
    expect(await asked).toBe('pending')
    expect(host.toldOf('joinPusher')).toEqual([userNamed('ann')])
    expect(await host.call('respondJoinReq', true, userNamed('ann'))).toBe('done')
    expect(ann.room.querySelector('#publisher')?.data.url).toMatch(/^rtmp:\/\/zego\.test\/push\/7_ann_main/)
    await ann.publishes()
    expect(ann.toldOf('linkOn')).toEqual([userNamed('ann')])
    expect(host.toldOf('linkOn')).toEqual([userNamed('ann')])
    expect(host.room.querySelector('#player-0')?.data).toMatchObject({
      src: expect.stringMatching(/^rtmp:\/\/zego\.test\/play\/7_ann_main/),
      mode: 'RTC',
    })
    // whoever is on air talks with the presenter: without the seconds of the live stream
    expect(ann.room.querySelector('#player-0')?.data).toMatchObject({
      src: expect.stringMatching(/^rtmp:\/\/zego\.test\/play\/7_suhe_main/),
      mode: 'RTC',
    })

    expect(await host.call('muteGuest', 'ann')).toBe('done')
    expect(ann.toldOf('mutedByPresenter')).toEqual([{ muted: true }])
    expect(await ann.call('endJoinPusher')).toBe('done')
    expect(host.toldOf('linkOff')).toEqual([{ ...userNamed('ann'), reason: 'ended' }])
    expect(ann.room.querySelector('#publisher')).toBeUndefined()
    expect(ann.room.querySelector('#player-0')?.data.mode).toBe('live')
  })

  test('an invitation is accepted, and the guest taken off again; a text goes both ways', async () => {
    const zegoCloud = cloud()
    const host = await enter(zegoCloud, 'suhe')
    await host.publishes()
    const ann = await enter(zegoCloud, 'ann', { role: 'audience' })
    expect(await host.call('inviteJoinPusher', 'ann')).toBe('done')
    expect(ann.toldOf('linkInvited')).toEqual([userNamed('suhe')])
    expect(await ann.call('respondInvite', true)).toBe('pending')
    await ann.publishes()
    expect(host.toldOf('linkOn')).toEqual([userNamed('ann')])
    expect(await host.call('kickoutSubPusher', 'ann')).toBe('done')
    expect(ann.toldOf('kickout')).toEqual([userNamed('ann')])

    await ann.call('sendTextMsg', 'hello')
    await host.call('sendTextMsg', 'welcome')
    expect(host.toldOf('recvTextMsg')).toEqual(['hello'])
    expect(ann.toldOf('recvTextMsg')).toEqual(['welcome'])
  })

  test('what ZEGO measures of the network is told to the page and shown', async () => {
    const zegoCloud = cloud()
    const host = await enter(zegoCloud, 'suhe')
    await host.publishes()
    const stats = { audio: { audioQuality: 0 }, video: { videoQuality: 3 } } as never
    host.engine.emit('publishQualityUpdate', '7_suhe_main', stats)
    const ann = await enter(zegoCloud, 'ann', { role: 'audience' })
    ann.engine.emit('playQualityUpdate', '7_suhe_main', stats)
    await later()
    expect(host.toldOf('networkQuality')).toEqual([{ userID: 'suhe', level: 1 }])
    expect(ann.toldOf('networkQuality')).toEqual([{ userID: 'suhe', level: 1 }])
  })

  test('a token that is running out is renewed by the page', async () => {
    const zegoCloud = cloud()
    const engine = new FakeZegoEngine(zegoCloud)
    registerProvider(zego, { engine, userID: 'suhe', token: 'one', renewToken: async () => 'two' })
    expect(await start(roomOf('live-room', { provider: 'zego' }))).toBe('joined')
    engine.emit('tokenWillExpire', '7')
    await later()
    expect(engine.calls).toContainEqual(['renewToken', 'two', '7'])
  })
})
