import type { LinkMicRequest, ProviderSession } from '../../src/provider/provider'
import type * as Zego from '../../src/provider/zego/zego'
import { BUILD_TIMEOUT_MS, BuiltPackage } from '../support/built-package'
import { BuiltPhone } from '../support/built-phone'
import { fakeNativeContexts } from '../support/fake-native'
import type { NativeCalls } from '../support/fake-native'
import { createFakePlatform } from '../support/fake-platform'
import { joinRequest, ROOT, RoomWorld, SDK_APP_ID } from '../support/room-world'
import { VirtualClock } from '../support/virtual-clock'
import { wxSocketsOver } from '../support/wx-sockets'
import { FakeZegoEngine, ZegoCloud } from '../support/zego-cloud'

const PUSH_BEGIN = 1002
const ROOM = 'show'

/** A service in virtual time, with the built component's way to it, and others of the room. */
interface Surroundings {
  readonly clock: VirtualClock
  readonly properties: Record<string, unknown>
  /** Somebody else, who has joined by the sources and publishes if they are to. */
  enter(userID: string, role: 'anchor' | 'audience'): Promise<ProviderSession>
  /** The app is about to use a built component as this user. */
  begin(userID: string): Promise<void>
  end(): Promise<void>
}

let built: BuiltPackage
let native: NativeCalls
let phone: BuiltPhone
let around: Surroundings

beforeAll(() => {
  built = new BuiltPackage()
}, BUILD_TIMEOUT_MS)
afterAll(() => built.remove())

beforeEach(() => {
  // a component's file registers it while it loads, once
  jest.resetModules()
  native = fakeNativeContexts()
})
afterEach(async () => {
  phone.detach()
  await around.end()
  native.restore()
})

function overRoomService(): Surroundings {
  const world = new RoomWorld()
  const { clock } = world
  const { login, logout } = built.require('liveroom.js') as {
    login(account: object): Promise<unknown>
    logout(): Promise<void>
  }
  let restore = (): void => undefined
  return {
    clock,
    properties: {},
    enter: async (userID, role) => (await world.device(userID).enter(ROOM, { kind: 'live', role })).session,
    async begin(userID) {
      restore = wxSocketsOver(world.device(userID).link)
      const userSig = world.userSig(userID)
      await clock.settle(login({ serverDomain: ROOT, userID, userSig, sdkAppID: SDK_APP_ID }))
    },
    async end() {
      await clock.settle(logout())
      restore()
      world.close()
    },
  }
}

function overZego(): Surroundings {
  const clock = new VirtualClock()
  const cloud = new ZegoCloud(clock)
  const { zego, registerProvider } = built.require('zego.js') as typeof Zego
  const sessions: ProviderSession[] = []
  const configOf = (userID: string) => ({ engine: new FakeZegoEngine(cloud), userID, token: 'a token' })
  return {
    clock,
    properties: { provider: 'zego' },
    async enter(userID, role) {
      const session = zego.open(createFakePlatform({ clock }), configOf(userID))
      sessions.push(session)
      const userName = `${userID}'s name`
      await clock.settle(session.join(joinRequest({ roomId: ROOM, kind: 'live', role, userName })))
      session.onMedia?.({ target: 'publisher', type: 'statechange', code: PUSH_BEGIN })
      return session
    },
    async begin(userID) {
      registerProvider(zego, configOf(userID))
    },
    async end() {
      for (const session of sessions) await clock.settle(session.close())
    },
  }
}

const linkMic = (session: ProviderSession, request: LinkMicRequest): Promise<unknown> =>
  session.linkMic?.(request) ?? Promise.reject(new Error('no link-mic'))

async function started(userID: string, properties: Record<string, unknown>): Promise<void> {
  await around.begin(userID)
  phone = new BuiltPhone(built, around.clock, 'live-room', { roomId: ROOM, ...around.properties, ...properties })
  await phone.settled(phone.call('start'))
}

describe.each([
  ['RoomService', overRoomService],
  ['ZEGO', overZego],
])('a built live-room over %s', (_name, surroundings) => {
  beforeEach(() => {
    around = surroundings()
  })

  test('presents: somebody asks for a seat, is given one, is played and taken out', async () => {
    await started('mei', { role: 'presenter', userName: 'Mei' })
    await phone.until('the push', () => native.calls.includes('publisher.start'))
    phone.tagTells(PUSH_BEGIN)
    const guest = await around.enter('bob', 'audience')
    const urls: string[] = []
    guest.events.on('linkChanged', ({ phase }, url) => urls.push(`${phase} ${url}`))

    await phone.settled(linkMic(guest, { action: 'request' }))
    const [asked] = await phone.until('the request', () => {
      const requests = phone.told.filter(({ tag }) => tag === 'joinPusher')
      return requests.length > 0 && requests
    })
    expect(asked).toMatchObject({ userID: 'bob', userName: "bob's name" })
    await phone.settled(phone.call('respondJoinReq', true, asked))
    await phone.until('the seat', () => urls.some((each) => /^on \S+/.test(each)))
    guest.onMedia?.({ target: 'publisher', type: 'statechange', code: PUSH_BEGIN })
    const player = await phone.until('the guest', () => phone.tag('player-0'))
    expect(player).toMatchObject({ src: expect.stringContaining('rtmp://'), mode: 'RTC' })

    await phone.settled(phone.call('kickoutSubPusher', 'bob'))
    await phone.until('the end of the seat', () => phone.detailsOf('linkOff').length > 0)
    expect(phone.detailsOf('linkOff')).toMatchObject([{ userID: 'bob', reason: 'kicked' }])
    await phone.until('an empty stage', () => !phone.tag('player-0'))
    await phone.settled(phone.call('stop'))
  })

  test('watches: asks for a seat, publishes there, and watches again', async () => {
    const presenter = await around.enter('ann', 'anchor')
    presenter.events.on('linkChanged', ({ phase, user }) => {
      if (phase === 'requesting') void linkMic(presenter, { action: 'accept', userID: user.userID })
    })
    await around.clock.advance(1_000)
    await started('mei', { role: 'audience', userName: 'Mei' })
    await phone.until('the broadcast', () => phone.tag('player-0')?.mode === 'live')
    expect(phone.tag('publisher')).toBeNull()

    const asked = phone.call('requestJoinPusher')
    const publisher = await phone.until('the push', () => phone.tag('publisher'))
    expect(publisher.url).toContain('rtmp://')
    await phone.until('its start', () => native.calls.includes('publisher.start'))
    phone.tagTells(PUSH_BEGIN)
    await phone.settled(asked)
    await phone.until('the call', () => phone.tag('player-0')?.mode === 'RTC')

    await phone.settled(phone.call('endJoinPusher'))
    await phone.until('the broadcast again', () => phone.tag('player-0')?.mode === 'live')
    expect(phone.tag('publisher')).toBeNull()
    expect(phone.detailsOf('linkStateChange')).toEqual(
      ['requesting', 'linking', 'on', 'off'].map((phase) => expect.objectContaining({ phase })),
    )
    await phone.settled(phone.call('stop'))
  })
})
