import type { TencentChat } from '../../src/messaging/tencent-chat'
import type * as Direct from '../../src/provider/direct/direct'
import type * as Trtc from '../../src/provider/trtc/trtc'
import type * as Vhall from '../../src/provider/vhall/vhall-publisher'
import type * as Zego from '../../src/provider/zego/zego'
import { BUILD_TIMEOUT_MS, BuiltPackage } from '../support/built-package'
import { BuiltPhone } from '../support/built-phone'
import { fakeNativeContexts } from '../support/fake-native'
import type { NativeCalls } from '../support/fake-native'
import { createFakePlatform } from '../support/fake-platform'
import { createFakeTagContext } from '../support/fake-tag-context'
import { joinRequest } from '../support/room-world'
import { VirtualClock } from '../support/virtual-clock'
import { FakeZegoEngine, ZegoCloud } from '../support/zego-cloud'
import { FakeChatService } from '../unit/messaging/fake-chat'

const PUSH_BEGIN = 1002
const PLAY_BEGIN = 2004
const PLAY_BROKE = -2301
const PUSH_BROKE = -1307

let built: BuiltPackage
let native: NativeCalls
let clock: VirtualClock
let phone: BuiltPhone | null = null

beforeAll(() => {
  built = new BuiltPackage()
}, BUILD_TIMEOUT_MS)
afterAll(() => built.remove())

beforeEach(() => {
  // a component's file registers it while it loads, once
  jest.resetModules()
  native = fakeNativeContexts()
  clock = new VirtualClock()
})
afterEach(() => {
  phone?.detach()
  phone = null
  native.restore()
})

function opened(kind: string, properties: Record<string, unknown>): BuiltPhone {
  phone = new BuiltPhone(built, clock, kind, properties)
  return phone
}

test('zego, built: a room is joined, left, joined again, spoken in, mended, and ended from afar', async () => {
  const cloud = new ZegoCloud(clock)
  const { zego, registerProvider } = built.require('zego.js') as typeof Zego
  const engine = new FakeZegoEngine(cloud)
  const tokens = ['token 2', 'token 3']
  const renewToken = (): Promise<string> => Promise.resolve(tokens.shift() ?? '')
  registerProvider(zego, { engine, userID: 'mei', token: 'token 1', renewToken })
  const room = opened('rtc-room', { provider: 'zego', roomId: 'ward', userName: 'Mei' })
  await room.settled(room.call('start'))
  await room.settled(room.call('stop'))
  await room.settled(room.call('start'))
  expect(cloud.usersOf('ward')).toEqual(['mei'])

  const ann = zego.open(createFakePlatform({ clock }), { engine: new FakeZegoEngine(cloud), userID: 'ann', token: 'a' })
  await clock.settle(ann.join(joinRequest({ roomId: 'ward', userName: 'Ann' })))
  ann.onMedia?.({ target: 'publisher', type: 'statechange', code: PUSH_BEGIN })
  const first = await room.until('the player', () => room.tag('player-0')?.src)
  room.tagTells(PLAY_BROKE, '', 'ann_main')
  await room.until('another address', () => ![undefined, first].includes(room.tag('player-0')?.src as string))

  await room.settled(ann.send?.({ kind: 'text', data: 'hi' }) ?? Promise.reject())
  await room.until('the text', () => room.detailsOf('recvTextMsg').includes('hi'))
  await room.settled(room.call('sendCustomMsg', { gift: 1 }))
  expect(engine.calls.at(-1)).toEqual(['sendCustomCommand', 'ward', '{"cmd":"roomlet.custom","data":{"gift":1}}', []])

  engine.emit('tokenWillExpire', 'ward')
  await room.until('the token', () =>
    engine.calls.some(([name, token]) => name === 'renewToken' && token === 'token 2'),
  )
  engine.emit('roomStateUpdate', 'ward', 'DISCONNECTED', 1002053, '')
  await room.until('the loss', () => room.detailsOf('reconnecting').length > 0)
  engine.emit('roomStateUpdate', 'ward', 'CONNECTED', 0, '')
  await room.until('the return', () => room.detailsOf('reconnected').length > 0)

  engine.emit('roomStateChanged', 'ward', 'KICKOUT' as never, 1002055, '')
  await room.until('the end', () => room.detailsOf('roomClosed').length > 0)
  expect(room.detailsOf('roomClosed')).toEqual([{ reason: 'kicked' }])
  expect(engine.listenerCount).toBe(0)
  await clock.settle(ann.close())
})

test('webrtc-room, built: TRTC is entered, its members are played, and messages go by Tencent IM', async () => {
  const room = opened('webrtc-room', {
    ...{ sdkAppID: 1400000001, userID: 'mei', userSig: 'sig', roomID: 101, autoplay: true, enableIM: true },
  })
  const service = new FakeChatService()
  const [mei, ann] = [service.user('mei', false), service.user('ann')]
  void room.call('useChat', mei as TencentChat)
  await room.settled(room.call('start'))
  const tell = (code: number, userlist: readonly object[]): void => room.tagTells(code, JSON.stringify({ userlist }))
  room.tagTells(1018)
  tell(1020, [{ userid: 'ann', playurl: 'room://ann' }])
  await room.until('ann', () => room.tag('player-0')?.src === 'room://ann')
  tell(1033, [{ userid: 'ann', playurl: 'room://ann-screen', streamtype: 'aux', hasvideo: true }])
  await room.until('her screen', () => room.tag('player-1')?.src === 'room://ann-screen')

  await room.until('the group', () => room.detailsOf('join_group_event').length > 0)
  await ann.joinGroup({ groupID: '101' })
  await ann.sendMessage(ann.createTextMessage({ to: '101', conversationType: 'GROUP', payload: { text: 'hi' } }))
  expect(room.detailsOf('big_group_msg_notify')).toMatchObject([[{ userID: 'ann', content: 'hi' }]])
  await room.settled(room.call('sendC2CTextMsg', 'ann', 'psst'))
  expect(mei.sent.map(({ to }) => to)).toEqual(['ann'])

  tell(1032, [{ userid: 'ann' }])
  await room.until('her leaving', () => room.detailsOf('memberLeave').length > 0)
  room.tagTells(1019, 'Already leave room, reason[2]')
  await room.until('the end', () => room.detailsOf('roomClosed').length > 0)
  expect([room.detailsOf('roomClosed'), mei.listeners]).toEqual([[{ reason: 'destroyed' }], 0])
})

test('trtc, built: a room of the first generation is asked for its signature', async () => {
  const { trtc } = built.require('trtc.js') as typeof Trtc
  const platform = createFakePlatform({ clock })
  const answers: unknown[] = [null, { RspHead: { ErrorCode: 0 }, RspBody: { Sig: 'a b' } }]
  const legacy = { request: () => Promise.resolve(answers.shift()) }
  const session = trtc.open(platform, { sdkAppID: 1, userID: 'mei', userSig: 'sig', legacy })
  const { publishUrl } = await clock.settle(session.join(joinRequest({ roomId: '101' })))
  expect(publishUrl).toBe(
    'room://cloud.tencent.com?sdkappid=1&roomid=101&userid=mei&roomsig=%7B%22Sig%22%3A%22a%20b%22%7D',
  )
  await session.close()
  expect(platform.armedTimers).toBe(0)
})

test('vhall, built: a page starts its tag, loses the stream, and is handed another URL', async () => {
  const { default: VhallPublisher } = built.require('vhall.js') as typeof Vhall
  let version = 0
  VhallPublisher.urlSource = ({ channelId }) => `rtmp://vhall.test/${channelId}?v=${(version += 1)}`
  const platform = createFakePlatform({ clock })
  const tag = createFakeTagContext(clock, [])
  const publisher = new VhallPublisher({ platform, context: () => tag.context })
  const urls: string[] = []
  const startWith = ({ url }: { url: string }): void => {
    urls.push(url)
    void publisher.start()
  }
  publisher.on('reconnectReady', startWith)
  publisher.createInstance({ appId: 'a', channelId: 'c', accountId: 'b', token: 't' }, startWith)
  await clock.advance(1_000)
  publisher.statechange({ detail: { code: PUSH_BEGIN } })
  publisher.statechange({ detail: { code: PUSH_BROKE } })
  await clock.advance(6_000)
  expect(urls).toEqual(['rtmp://vhall.test/c?v=1', 'rtmp://vhall.test/c?v=2'])
  expect(tag.calls).toEqual(['start', 'stop', 'start'])
  publisher.destroy()
  expect([platform.armedTimers, platform.listeners]).toEqual([0, 0])
})

describe('a template of the originals over the built behavior', () => {
  function overDirect(members: readonly Direct.DirectMember[]): void {
    const { direct, registerProvider } = built.require('direct.js') as typeof Direct
    registerProvider(direct, { userID: 'mei', pushUrl: () => 'rtmp://media.test/live/mei', members })
  }
  const ann = { userID: 'ann', userName: 'Ann', playUrl: 'rtmp://media.test/live/ann' }

  test.each(['rtc-template', 'webrtc-template'])('%s shows members and brings them back', async (kind) => {
    overDirect([ann])
    const room = opened(kind, { provider: 'direct', roomId: '7', beauty: '7', muted: 'true', autoplay: true })
    await room.settled(room.call('start'))
    const publisher = await room.until('the tag', () => room.tag('rtcpusher'))
    expect(publisher).toMatchObject({ url: 'rtmp://media.test/live/mei', beauty: 7, muted: true })
    await room.until('the start', () => native.calls.includes('rtcpusher.start'))
    room.templateTells('onPush', 'rtcpusher', PUSH_BEGIN)
    await room.until('the member', () => room.tag('ann'))
    room.templateTells('onPlay', 'ann', PLAY_BEGIN)
    room.templateTells('onPlay', 'ann', PLAY_BROKE)
    await room.until('another try', () => native.calls.slice(-2).join() === 'ann.stop,ann.play')
    await room.settled(room.call('stop'))
    expect(room.tag('rtcpusher')?.url).toBeFalsy()
  })

  test('live-template plays the broadcast under the names it knows', async () => {
    overDirect([{ ...ann, liveUrl: 'https://media.test/live/ann.flv' }])
    const room = opened('live-template', { provider: 'direct', roomId: '7', role: 'audience' })
    await room.settled(room.call('start'))
    const player = await room.until('the player', () => room.tag('player'))
    expect(player).toMatchObject({ src: 'https://media.test/live/ann.flv', mode: 'live' })
    await room.settled(room.call('stop'))
  })
})
