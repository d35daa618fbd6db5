import { RoomError } from '../../src/errors'
import { expectWarning } from '../support/fail-on-console'
import { fakeNativeContexts } from '../support/fake-native'
import type { NativeCalls } from '../support/fake-native'
import { memberOf, snapshotOf } from '../support/fake-provider'
import { RtcRoomStage, textsOf } from '../support/rtc-room-stage'
import type { Node } from '../support/simulate'

const ANN = memberOf('ann')
const BOB = memberOf('bob')

let stage: RtcRoomStage
let native: NativeCalls

beforeEach(() => {
  native = fakeNativeContexts()
  stage = new RtcRoomStage()
})

afterEach(() => native.restore())

test('both event names are fired, so that a page may bind either', async () => {
  const room = stage.render()
  const heard: string[] = []
  room.addEventListener('onRoomEvent', ({ detail }) => heard.push(`onRoomEvent ${detail.tag}`))
  room.addEventListener('RoomEvent', ({ detail }) => heard.push(`RoomEvent ${detail.tag}`))
  await stage.joined(room)
  expect(heard).toEqual([
    'onRoomEvent stateChange',
    'RoomEvent stateChange',
    'onRoomEvent stateChange',
    'RoomEvent stateChange',
  ])
})

test('what happens in the room is told by tag, with code 0', async () => {
  const room = stage.render()
  const session = await stage.joined(room, ANN)
  stage.events.length = 0
  session.events.emit('memberJoined', BOB)
  session.events.emit('memberLeft', 'ann', 'lost')
  session.events.emit('closed', 'destroyed')
  expect(stage.events).toEqual([
    { tag: 'memberJoin', code: 0, detail: { userID: 'bob', userName: 'name of bob', userAvatar: '' } },
    { tag: 'memberLeave', code: 0, detail: { userID: 'ann', userName: 'name of ann', userAvatar: '', reason: 'lost' } },
    { tag: 'stateChange', code: 0, detail: { phase: 'closed' } },
    { tag: 'roomClosed', code: 0, detail: { reason: 'destroyed' } },
  ])
})

test('a message is its text or its data, and who sent it when stands beside', async () => {
  const room = stage.render()
  const session = await stage.joined(room, ANN)
  const from = { userID: 'ann', userName: 'Ann', userAvatar: 'https://pictures.test/ann.png' }
  stage.events.length = 0
  session.events.emit('message', { kind: 'text', from, data: 'hello', time: 1_700_000_000_000 })
  session.events.emit('message', { kind: 'custom', from, data: { hand: true }, time: 1_700_000_000_001 })
  expect(stage.events).toEqual([
    { tag: 'recvTextMsg', code: 0, detail: 'hello', ...from, time: 1_700_000_000_000 },
    { tag: 'recvCustomMsg', code: 0, detail: { hand: true }, ...from, time: 1_700_000_000_001 },
  ])
})

test('a connection that comes back is told as reconnecting and reconnected, never as an error', async () => {
  const room = stage.render()
  const session = await stage.joined(room, ANN)
  stage.events.length = 0
  session.events.emit('connectionLost', new RoomError('NETWORK'))
  await stage.settle()
  expect(textsOf(room, '.rl-line')).toEqual(['重新连接中…第 1 次'])
  session.events.emit('connectionRestored')
  session.resumes[0]?.resolve(snapshotOf(ANN))
  await stage.settle()
  expect(textsOf(room, '.rl-line')).toEqual([])
  expect(stage.events.filter(({ tag }) => tag !== 'stateChange')).toEqual([
    { tag: 'reconnecting', code: 0, detail: { target: 'room', userID: 'me', attempt: 1, reason: 'NETWORK' } },
    { tag: 'reconnected', code: 0, detail: { target: 'room', userID: 'me', attempt: 1 } },
  ])
})

test('network figures of a tag become its bars and one networkQuality event a change', async () => {
  const room = stage.render()
  await stage.joined(room, ANN)
  stage.events.length = 0
  const player = room.querySelector('#player-0') as Node
  const info = { videoBitrate: 300, videoFPS: 15, netSpeed: 320, netJitter: 0 }
  player.instance.triggerEvent('netstatus', { info })
  player.instance.triggerEvent('netstatus', { info })
  await stage.settle()
  const [event, ...more] = stage.events
  expect(more).toEqual([])
  expect(event).toMatchObject({ tag: 'networkQuality', detail: { userID: 'ann', level: expect.any(Number) } })
  expect(room.querySelector('.rl-bars')).toBeDefined()
})

test.each([
  ['ROOM_FULL', 'zh', -8, '房间已满'],
  ['PUSH_URL_FAILED', 'en', -1, 'No push URL could be had'],
] as const)(
  'a refused join (%s, %s) is an error event with its number, its text and what the program needs',
  async (code, language, number, text) => {
    const room = stage.render({ language })
    const cause = { status: 1 }
    const started = room.instance.start()
    await stage.settle()
    stage.session.joins[0]?.reject(new RoomError(code, 'for developers', { cause }))
    await expect(started).rejects.toMatchObject({ code })
    expect(stage.events.filter(({ tag }) => tag === 'error')).toEqual([
      { tag: 'error', code: number, detail: text, error: { code, recoverable: false, cause } },
    ])
  },
)

test('without a session to be had the page is told once, and a login later is taken up', async () => {
  const room = stage.render()
  stage.refusal = new RoomError('NOT_LOGGED_IN')
  await expect(room.instance.start()).rejects.toMatchObject({ code: 'NOT_LOGGED_IN' })
  await stage.settle()
  expect(stage.tagsOf('error')).toEqual(['请先登录'])
  expect(textsOf(room, '.rl-notice__code')).toEqual(['NOT_LOGGED_IN'])
  stage.refusal = null
  await stage.joined(room, ANN)
  expect(textsOf(room, '.rl-notice__code')).toEqual([])
  expect(room.data.view.phase).toBe('joined')
})

test('start() twice is one join', async () => {
  const room = stage.render()
  const first = room.instance.start()
  const second = room.instance.start()
  await stage.settle()
  expect(stage.provider.sessions).toHaveLength(1)
  expect(stage.session.joins).toHaveLength(1)
  await stage.joined(room)
  expect(await first).toEqual({ roomId: 'r1', roomName: 'consultation', creator: 'ann' })
  expect(await second).toEqual(await first)
})

test('stop() during start() leaves nothing behind, and start() then joins anew', async () => {
  const room = stage.render()
  const started = room.instance.start()
  await stage.settle()
  const stopped = room.instance.stop()
  await expect(started).rejects.toMatchObject({ code: 'CANCELLED' })
  await stopped
  expect(stage.session.closed).toBe(true)
  expect(stage.platform).toMatchObject({ armedTimers: 0, listeners: 0 })
  await stage.joined(room, ANN)
  expect(room.data.view.count).toBe(2)
})

test('leaving the page in a call ends everything, and nothing is heard afterwards', async () => {
  const room = stage.render()
  const session = await stage.joined(room, ANN)
  stage.events.length = 0
  stage.commits.length = 0
  room.detach()
  session.events.emit('memberJoined', BOB)
  await stage.clock.advance(60_000)
  expect(session.closed).toBe(true)
  expect(native.calls).toEqual(expect.arrayContaining(['publisher.stop', 'player-0.stop']))
  expect(stage.platform).toMatchObject({ armedTimers: 0, listeners: 0 })
  expect(stage.events).toEqual([])
  expect(stage.commits).toEqual([])
})

test('start() after the page is gone is refused', async () => {
  const room = stage.render()
  room.detach()
  await expect(room.instance.start()).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(stage.provider.sessions).toEqual([])
})

test('messages go out once joined and are refused before', async () => {
  const room = stage.render()
  await expect(room.instance.sendTextMsg('too early')).rejects.toMatchObject({ code: 'NOT_MEMBER' })
  const session = await stage.joined(room)
  await room.instance.sendTextMsg('hello')
  await room.instance.sendCustomMsg({ hand: true })
  expect(session.sent).toEqual([
    { kind: 'text', data: 'hello' },
    { kind: 'custom', data: { hand: true } },
  ])
})

test('pause(), resume() and switchCamera() reach the tags', async () => {
  const room = stage.render()
  await expect(room.instance.switchCamera()).rejects.toMatchObject({ code: 'NOT_MEMBER' })
  await stage.joined(room, ANN)
  native.calls.length = 0
  await room.instance.pause()
  await room.instance.resume()
  await room.instance.switchCamera()
  expect(native.calls).toEqual([
    'publisher.pause',
    'player-0.pause',
    'publisher.resume',
    'player-0.resume',
    'publisher.switchCamera',
  ])
})

test('getMembers() gives everyone else, the ones not shown too; getRoomInfo() gives the room', async () => {
  const room = stage.render({ template: '1v1' })
  await stage.joined(room, ANN, BOB)
  expect(await room.instance.getMembers()).toEqual([
    { userID: 'ann', userName: 'name of ann', userAvatar: '' },
    { userID: 'bob', userName: 'name of bob', userAvatar: '' },
  ])
  expect(await room.instance.getRoomInfo()).toEqual({ roomId: 'r1', roomName: 'consultation', creator: 'ann' })
})

test('switching the microphone off is told to the others and to the tag', async () => {
  const room = stage.render()
  const session = await stage.joined(room)
  room.setData({ muted: 'true' })
  await stage.settle()
  expect(session.announced).toEqual([{ audio: false, video: true }])
  expect(room.querySelector('#publisher')?.data.muted).toBe(true)
  expect(room.querySelector('.rl-i-mic-off')).toBeDefined()
})

test('an unknown template warns once, the page is told of it, and the default is used', async () => {
  const warning = 'rtc-room: there is no template "5v5" (1v1, 1v3, grid, float, bigsmall), 1v3 is used'
  expectWarning(/rtc-room: there is no template "5v5"/)
  const room = stage.render({ template: '5v5' })
  room.setData({ beauty: 3 })
  await stage.joined(room)
  expect(stage.events.filter(({ tag }) => tag === 'warning')).toMatchObject([{ detail: warning }])
  expect(room.querySelector('.rl-1v3')).toBeDefined()
})

test('a page that ignores every promise causes no unhandled rejection', async () => {
  const unhandled: unknown[] = []
  const note = (reason: unknown): void => void unhandled.push(reason)
  process.on('unhandledRejection', note)
  const room = stage.render()
  stage.refusal = new RoomError('NOT_LOGGED_IN')
  room.instance.start()
  room.instance.sendTextMsg('too early')
  room.instance.sendCustomMsg({})
  room.instance.switchCamera()
  await stage.settle()
  stage.refusal = null
  room.instance.start()
  await stage.settle()
  stage.session.joins[0]?.reject(new RoomError('ROOM_FULL'))
  room.instance.start()
  room.instance.stop()
  room.detach()
  await stage.clock.advance(60_000)
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})

test('two rooms of one program know nothing of each other', async () => {
  const other = new RtcRoomStage()
  const room = stage.render()
  const otherRoom = other.render({ template: 'grid' })
  await stage.joined(room, ANN)
  await other.joined(otherRoom, BOB)
  stage.session.events.emit('memberLeft', 'ann', 'left')
  await room.instance.stop()
  await stage.settle()
  await other.settle()
  expect(room.data.view).toMatchObject({ phase: 'closed', count: 0 })
  expect(otherRoom.data.view).toMatchObject({ phase: 'joined', count: 2 })
  expect(other.tagsOf('memberLeave')).toEqual([])
})
