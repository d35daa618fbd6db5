import type { RoomEventDetail } from '../../components/shared/room-events'
import type { WebrtcRoom } from '../../components/webrtc-room/define-webrtc-room'
import type { ImOutcome } from '../../components/webrtc-room/im-events'
import { WebrtcRoomStage } from '../support/webrtc-room-stage'
import { FakeChatService } from '../unit/messaging/fake-chat'
import type { FakeChat } from '../unit/messaging/fake-chat'

const TRTC = { sdkAppID: 1400000001, userID: 'mei', userSig: 'sig', roomID: 101, autoplay: true }

let stage: WebrtcRoomStage

beforeEach(() => {
  stage = new WebrtcRoomStage()
})

afterEach(() => stage.close())

const later = (): Promise<void> => stage.later()
const methods = (): WebrtcRoom => stage.methods
const errors = (): RoomEventDetail[] => stage.told.filter(({ tag }) => tag === 'error')

async function started(properties: Record<string, unknown>): Promise<string> {
  stage.show(properties)
  const outcome = methods()
    .start()
    .then(
      () => 'joined',
      (error: { code: string }) => error.code,
    )
  await later()
  return outcome
}

const ANN = { userid: 'ann', streamtype: 'main', playurl: 'room://ann', hasvideo: true }

test.each([
  ['is not JSON', 1031, '{"userlist":[{"userid":'],
  ['is not JSON', 1033, '<html>'],
  ['is empty', 1034, ''],
  ['has no list', 1033, '{"users":[]}'],
  ['has a list that is none', 1020, '{"userlist":5}'],
  ['has users that are none', 1033, '{"userlist":[null,7,"ann",{"userid":{}},{}]}'],
  ['has a stream of an unknown type', 1033, JSON.stringify({ userlist: [{ ...ANN, streamtype: 'hologram' }] })],
  ['has a polluted prototype', 1033, '{"userlist":[{"__proto__":{"userid":"eve"},"playurl":"room://eve"}]}'],
])('a message of the live-pusher that %s (%d) breaks no call', async (_what, code, message) => {
  await started(TRTC)
  await stage.report(1018, '')
  await stage.report(1033, JSON.stringify({ userlist: [ANN] }))
  await stage.report(code, message)
  expect(errors()).toEqual([])
  expect(stage.room.querySelector('#player-0')?.data.src).toBe('room://ann')
  expect(stage.room.querySelector('#publisher')?.data.url).toContain('room://')
  await stage.report(1033, JSON.stringify({ userlist: [{ ...ANN, userid: 'bob', playurl: 'room://bob' }] }))
  expect(stage.room.querySelector('#player-1')?.data.src).toBe('room://bob')
})

test('a userSig that TRTC does not take for this user ends the call with a coded error', async () => {
  await started(TRTC)
  await stage.report(1019, 'enter room failed')
  expect(errors()).toMatchObject([{ code: -3, error: { code: 'ENTER_FAILED' } }])
  expect(stage.room.querySelector('#publisher')).toBeUndefined()
})

test('a userSig of another user refuses the messages, and the call goes on', async () => {
  const chat = new FakeChatService({ groups: ['101'] }).user('mei', false)
  chat.failures.set('login', { code: 70013, message: 'sig of another user' })
  stage.show({ ...TRTC, enableIM: true })
  methods().useChat(chat)
  void methods().start()
  await later()
  expect(stage.messages).toMatchObject([{ tag: 'login_event', code: -3, detail: { ErrorCode: -3 } }])
  await stage.report(1018, '')
  await stage.report(1033, JSON.stringify({ userlist: [ANN] }))
  expect(stage.room.querySelector('#player-0')?.data.src).toBe('room://ann')
  expect(errors()).toEqual([])
})

test('messages that go down in a call are told, and the call goes on', async () => {
  const chat = new FakeChatService({ groups: ['101'] }).user('mei')
  stage.show({ ...TRTC, enableIM: true })
  methods().useChat(chat)
  void methods().start()
  await later()
  chat.failures.set('sendMessage', { code: 2800, message: 'network' })
  await expect(methods().sendGroupTextMsg('hello')).rejects.toMatchObject({ code: 'NETWORK' })
  await stage.report(1018, '')
  await stage.report(1033, JSON.stringify({ userlist: [ANN] }))
  expect(stage.room.querySelector('#player-0')?.data.src).toBe('room://ann')
  expect(errors()).toEqual([])
})

test('a message that has no JSON fails as the others do, and is not thrown at the page', async () => {
  stage.show({ ...TRTC, enableIM: true })
  const gift: Record<string, unknown> = {}
  gift.within = gift
  const told: string[] = []
  const sent = methods().sendGroupCustomMsg({ data: gift as unknown as string }, undefined, ({ code }) =>
    told.push(code),
  )
  await expect(sent).rejects.toMatchObject({ code: 'BAD_PARAMETER' })
  expect(told).toEqual(['BAD_PARAMETER'])
})

describe('messages that cannot be joined', () => {
  function joiningWith(chat: FakeChat): void {
    stage.show({ ...TRTC, enableIM: true })
    methods().useChat(chat)
    void methods().start()
  }
  const outcomes = (): string[] =>
    stage.messages.map(({ tag, detail }) => `${tag} ${(detail as Partial<ImOutcome>).ErrorCode ?? ''}`.trim())
  const mei = (ready = true): FakeChat => new FakeChatService({ groups: ['101'] }).user('mei', ready)

  test('for now are tried again until they are there', async () => {
    const chat = mei()
    chat.failures.set('joinGroup', { code: 2801, message: 'timeout' })
    joiningWith(chat)
    await later()
    expect(outcomes()).toEqual(['login_event 0', 'join_group_event -3', 'login_event 0', 'join_group_event 0'])
    await methods().sendGroupTextMsg('hello')
    expect(chat.sent).toHaveLength(1)
    await methods().stop()
    expect(chat.listeners).toBe(0)
  })

  test('since the app logs in late are there all the same', async () => {
    const chat = mei(false)
    chat.login = () => new Promise(() => undefined)
    joiningWith(chat)
    await stage.world.clock.advance(60_000)
    chat.becomeReady()
    await later()
    expect(outcomes().at(-1)).toBe('join_group_event 0')
  })

  test('are not tried again once the call has ended', async () => {
    const chat = mei()
    chat.login = () => Promise.reject(Object.assign(new Error('network'), { code: 2800 }))
    chat.isReady = () => false
    joiningWith(chat)
    await later()
    expect(outcomes().length).toBeGreaterThan(2)
    await methods().stop()
    const { length } = stage.messages
    await stage.world.clock.advance(60_000)
    expect([stage.messages.length, chat.listeners, stage.phone.device.platform.armedTimers]).toEqual([length, 0, 0])
  })

  test('because the user is logged in elsewhere meanwhile are left to the other one', async () => {
    const chat = mei(false)
    chat.login = ({ userID, userSig }) => {
      chat.logins.push({ userID, userSig })
      return Promise.resolve()
    }
    joiningWith(chat)
    await later()
    chat.emit('kickedOut', { type: 'multipleDevice' })
    await stage.world.clock.advance(60_000)
    expect(outcomes()).toEqual(['kicked'])
    expect([chat.logins.length, chat.listeners]).toEqual([1, 0])
    await expect(methods().sendGroupTextMsg('hello')).rejects.toMatchObject({ code: 'REPLACED' })
    await stage.report(1018, '')
    await stage.report(1033, JSON.stringify({ userlist: [ANN] }))
    expect(stage.room.querySelector('#player-0')?.data.src).toBe('room://ann')
  })
})

test('over RoomService a userSig of another user is refused before anything is published', async () => {
  const { account } = stage.phone
  const login = stage.phone.rtcroom
    .login({ ...account, userSig: stage.world.userSig('lin') })
    .catch((error: unknown) => error)
  expect(await stage.world.clock.settle(login)).toMatchObject({ code: 'LOGIN_REFUSED' })
  expect(await started({ provider: 'roomservice', roomID: 5 })).toBe('NOT_LOGGED_IN')
  expect(errors()).toHaveLength(1)
  expect(stage.room.querySelector('#publisher')).toBeUndefined()
})
