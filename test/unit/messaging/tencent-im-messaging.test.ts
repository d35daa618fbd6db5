import TencentCloudChat from '@tencentcloud/chat'
import type { ChatSDK, Message } from '@tencentcloud/chat'
import { RoomError } from '../../../src/errors'
import { CHAT } from '../../../src/messaging/tencent-chat'
import type { ChatMessage, TencentChat } from '../../../src/messaging/tencent-chat'
import { MAX_IM_BYTES, TencentIMMessaging } from '../../../src/messaging/tencent-im-messaging'
import { createFakePlatform } from '../../support/fake-platform'
import type { FakePlatform } from '../../support/fake-platform'
import { VirtualClock } from '../../support/virtual-clock'
import { FakeChatService, FakeMessage } from './fake-chat'
import type { FakeChat } from './fake-chat'
import { describeMessaging, messagingEvents } from './messaging-contract'
import type { Correspondent } from './messaging-contract'

const ROOM = '101'

let clock: VirtualClock
let platform: FakePlatform
beforeEach(() => {
  clock = new VirtualClock()
  platform = createFakePlatform({ clock })
})

function messagingOf(chat: FakeChat, userSig = ''): Correspondent {
  const self = { userID: chat.userID, userName: `${chat.userID}'s name`, userAvatar: `${chat.userID}.png` }
  const events = messagingEvents()
  return { events, messaging: new TencentIMMessaging({ platform, chat, group: ROOM, self, userSig, events }) }
}

async function joined(chat: FakeChat): Promise<Correspondent> {
  const correspondent = messagingOf(chat)
  await correspondent.messaging.join()
  return correspondent
}

for (const parts of [true, false]) {
  describeMessaging(`TencentIMMessaging, messages of ${parts ? 'several parts' : 'one part'}`, async () => {
    const service = new FakeChatService({ groups: [ROOM], parts })
    return {
      ann: await joined(service.user('ann')),
      bob: await joined(service.user('bob')),
      cyd: await joined(service.user('cyd')),
      settle: (work) => clock.settle(work),
    }
  })
}

describe('the real package', () => {
  test('is what the adapter takes', () => {
    const asChat = (sdk: ChatSDK): TencentChat => sdk
    const asMessage = (message: Message): ChatMessage => message
    expect([asChat, asMessage]).toHaveLength(2)
  })

  test('has the values that the adapter compares with', () => {
    const { EVENT, TYPES } = TencentCloudChat
    expect(CHAT).toEqual({
      ready: EVENT.SDK_READY,
      messageReceived: EVENT.MESSAGE_RECEIVED,
      kickedOut: EVENT.KICKED_OUT,
      netStateChange: EVENT.NET_STATE_CHANGE,
      direct: TYPES.CONV_C2C,
      group: TYPES.CONV_GROUP,
      text: TYPES.MSG_TEXT,
      custom: TYPES.MSG_CUSTOM,
      face: TYPES.MSG_FACE,
      groupTip: TYPES.MSG_GRP_TIP,
      groupNotice: TYPES.MSG_GRP_SYS_NOTICE,
      audienceGroup: TYPES.GRP_AVCHATROOM,
    })
  })
})

describe('on the wire', () => {
  const HEADER = `{"cmd":"CustomTextMsg","data":{"nickName":"ann's name","headPic":"ann.png"}}`

  test('a text is two parts: who says it, and what', async () => {
    const ann = new FakeChatService({ groups: [ROOM] }).user('ann')
    await (await joined(ann)).messaging.send({ kind: 'text', content: 'hi' })
    expect(ann.sent[0]).toMatchObject({ to: ROOM, conversationType: 'GROUP' })
    expect(ann.sent[0]?.parts).toEqual([
      { type: 'TIMCustomElem', content: { data: HEADER, description: '', extension: '' } },
      { type: 'TIMTextElem', content: { text: 'hi' } },
    ])
  })

  test('or one text with both, where a message has one part', async () => {
    const ann = new FakeChatService({ groups: [ROOM], parts: false }).user('ann')
    await (await joined(ann)).messaging.send({ kind: 'text', content: 'hi' })
    expect(ann.sent[0]?.parts).toEqual([{ type: 'TIMTextElem', content: { text: `${HEADER}hi` } }])
  })

  test('a custom message has its own three fields', async () => {
    const ann = new FakeChatService({ groups: [ROOM] }).user('ann')
    await (await joined(ann)).messaging.send({ kind: 'custom', content: 'd', ext: 'e', desc: 's' }, 'bob')
    expect(ann.sent[0]).toMatchObject({ to: 'bob', conversationType: 'C2C' })
    expect(ann.sent[0]?.payload).toEqual({ data: 'd', description: 's', extension: 'e' })
  })
})

test('what is said to one user is heard by that one alone', async () => {
  const service = new FakeChatService({ groups: [ROOM] })
  const [ann, bob, carol] = await Promise.all(['ann', 'bob', 'carol'].map((user) => joined(service.user(user))))
  const heard: string[] = []
  bob?.events.on('messageReceived', ({ userID }, scope) => heard.push(`bob ${scope} ${userID}`))
  carol?.events.on('messageReceived', () => heard.push('carol'))
  await ann?.messaging.send({ kind: 'text', content: 'psst' }, 'bob')
  expect(heard).toEqual(['bob direct ann'])
})

describe('what clients of the original components write', () => {
  async function heardBy(...said: { data: string; to?: string; text?: string }[]): Promise<unknown[]> {
    const service = new FakeChatService({ groups: [ROOM] })
    const ann = service.user('ann')
    await ann.joinGroup({ groupID: ROOM })
    const { events } = await joined(service.user('bob'))
    const heard: unknown[] = []
    events.on('messageReceived', ({ time: _time, ...message }, scope) => heard.push([scope, message]))
    for (const { data, to, text } of said) {
      const target = to ? { to, conversationType: CHAT.direct } : { to: ROOM, conversationType: CHAT.group }
      const message = ann.createCustomMessage({ ...target, payload: { data, extension: '', description: '' } })
      if (text) message.setTextElement?.(text)
      await ann.sendMessage(message)
    }
    return heard
  }

  test('is read: a command has its name, and its sender by the id that the service gives', async () => {
    const data = JSON.stringify({
      cmd: 'CustomCmdMsg',
      data: { userID: 'root', userName: '安 "Annie" }} {', userAvatar: 'a.png?b="2"', cmd: 'gift' },
    })
    expect(await heardBy({ data, text: '🌹' })).toEqual([
      [
        'room',
        {
          ...{ kind: 'command', cmd: 'gift', content: '🌹' },
          ...{ userID: 'ann', userName: '安 "Annie" }} {', userAvatar: 'a.png?b="2"' },
        },
      ],
    ])
  })

  test('and is of link-mic, which is agreed on elsewhere, reaches no page', async () => {
    const data = JSON.stringify({ cmd: 'linkmic', data: { type: 'kickout', roomID: ROOM, userID: 'root' } })
    expect(await heardBy({ data, to: 'bob' }, { data })).toEqual([])
  })
})

describe('what the service reports', () => {
  async function listening() {
    const chat = new FakeChatService({ groups: [ROOM] }).user('ann')
    const { messaging, events } = await joined(chat)
    const told: unknown[] = []
    events.on('noticeReceived', ({ operation, text }) => told.push(`notice ${operation} ${text}`))
    events.on('roomChanged', () => told.push('roomChanged'))
    events.on('connectionChanged', (state) => told.push(state))
    events.on('kicked', (reason) => told.push(`kicked ${reason}`))
    events.on('messageReceived', ({ kind, userName, content }) => told.push([kind, userName, content]))
    const system = (type: string, payload: unknown, to = ROOM): unknown => ({ type, payload, to, from: '@TIM#SYSTEM' })
    return { chat, messaging, told, system }
  }

  test('is told where it concerns the room', async () => {
    const { chat, told, system } = await listening()
    const notice = (groupID: string, userDefinedField: unknown, operationType = 255): unknown =>
      system(CHAT.groupNotice, { operationType, userDefinedField, groupProfile: { groupID } }, 'ann')
    chat.emit(CHAT.messageReceived, [
      notice(ROOM, '{"cmd":"notifyPusherChange"}'),
      notice('other', '{"cmd":"notifyPusherChange"}'),
      notice(ROOM, 'hello'),
      notice(ROOM, undefined, 5),
      system(CHAT.groupTip, { operationType: 6, newGroupProfile: {} }),
      system(CHAT.groupTip, { operationType: 6 }, 'other'),
      system(CHAT.groupTip, { operationType: 1 }),
    ])
    chat.emit(CHAT.netStateChange, { state: 'connecting' })
    chat.emit(CHAT.kickedOut, { type: 'multipleDevice' })
    expect(told).toEqual([
      'notice 255 {"cmd":"notifyPusherChange"}',
      'notice 255 hello',
      'notice 5 ',
      'roomChanged',
      'connecting',
      'kicked multipleDevice',
    ])
  })

  test('may be anything', async () => {
    const { chat, told, system } = await listening()
    const mixed = { ...new FakeMessage('bob', ROOM, CHAT.group, [], 'in', false), getElements: () => [null, {}] }
    for (const data of [
      undefined,
      null,
      'text',
      [null, 5, mixed],
      [system(CHAT.groupNotice, null)],
      [system(CHAT.groupTip, null)],
    ]) {
      chat.emit(CHAT.messageReceived, data)
      chat.emit(CHAT.netStateChange, data)
    }
    chat.emit(CHAT.messageReceived, [
      new FakeMessage('bob', ROOM, CHAT.group, [{ type: CHAT.text, content: null }], 'in', false),
    ])
    chat.emit(CHAT.messageReceived, [
      new FakeMessage('bob', ROOM, CHAT.group, [{ type: 'TIMImageElem', content: {} }], 'in', true),
    ])
    expect(told).toEqual([['text', '', '']])
  })

  test('of another group is not heard', async () => {
    const { chat, told } = await listening()
    const text = { type: CHAT.text, content: { text: 'hi' } }
    chat.emit(CHAT.messageReceived, [new FakeMessage('bob', 'other', CHAT.group, [text], 'in', true)])
    expect(told).toEqual([])
  })

  test('is not listened to after close()', async () => {
    const { chat, messaging } = await listening()
    await messaging.close()
    expect(chat.listeners).toBe(0)
  })
})

describe('joining', () => {
  test('makes the group where there is none', async () => {
    const ann = new FakeChatService().user('ann')
    await joined(ann)
    expect(ann.joins).toEqual([ROOM])
  })

  test('joins the group that somebody else has just made', async () => {
    const service = new FakeChatService()
    const chats = [service.user('ann'), service.user('bob')]
    await Promise.all(chats.map((chat) => joined(chat)))
    expect(chats.map(({ joins }) => joins)).toEqual([[ROOM], [ROOM]])
  })

  test('logs in where a userSig is given and the application has not', async () => {
    const chat = new FakeChatService({ groups: [ROOM] }).user('ann', false)
    await messagingOf(chat, 'sig').messaging.join()
    expect(chat.logins).toEqual([{ userID: 'ann', userSig: 'sig' }])
  })

  test("waits for the application's own login", async () => {
    const chat = new FakeChatService({ groups: [ROOM] }).user('ann', false)
    const joining = messagingOf(chat).messaging.join()
    await clock.advance(5_000)
    expect(chat.joins).toEqual([])
    chat.becomeReady()
    await joining
    expect(chat.joins).toEqual([ROOM])
    expect(platform.armedTimers).toBe(0)
  })

  test.each([
    ['loginEnded TIMEOUT', (chat: FakeChat) => messagingOf(chat)],
    [
      'loginEnded LOGIN_REFUSED',
      (chat: FakeChat) => {
        chat.failures.set('login', { code: 70013, message: 'sig of another user' })
        return messagingOf(chat, 'sig')
      },
    ],
    [
      'joinEnded NETWORK',
      (chat: FakeChat) => {
        chat.becomeReady()
        chat.failures.set('joinGroup', { code: 2800, message: 'network' })
        return messagingOf(chat)
      },
    ],
  ])('that fails is told: %s', async (expected, messagingFor) => {
    const { messaging, events } = messagingFor(new FakeChatService({ groups: [ROOM] }).user('ann', false))
    const told: string[] = []
    events.on('loginEnded', (error) => error && told.push(`loginEnded ${error.code}`))
    events.on('joinEnded', (error) => error && told.push(`joinEnded ${error.code}`))
    await expect(clock.settle(messaging.join())).rejects.toBeInstanceOf(RoomError)
    expect(told).toEqual([expected])
  })

  test('that is closed meanwhile leaves the group again', async () => {
    const service = new FakeChatService({ groups: [ROOM] })
    const { messaging } = messagingOf(service.user('ann'))
    const joining = expect(messaging.join()).rejects.toMatchObject({ code: 'CANCELLED' })
    await messaging.close()
    await joining
    await clock.advance(0)
    expect(service.groups.get(ROOM)?.size).toBe(0)
  })

  test('comes before sending', async () => {
    const { messaging } = messagingOf(new FakeChatService().user('ann'))
    await expect(messaging.send({ kind: 'text', content: 'hi' })).rejects.toMatchObject({ code: 'NOT_MEMBER' })
  })
})

describe('sending', () => {
  test.each([
    [80002, 'MESSAGE_TOO_LONG'],
    [10017, 'FORBIDDEN'],
    [2801, 'TIMEOUT'],
    [99999, 'SERVER_ERROR'],
  ])('that the service refuses with %d is %s', async (code, expected) => {
    const chat = new FakeChatService({ groups: [ROOM] }).user('ann')
    const { messaging } = await joined(chat)
    chat.failures.set('sendMessage', { code, message: 'its words' })
    await expect(messaging.send({ kind: 'text', content: 'hi' })).rejects.toMatchObject({
      code: expected,
      message: `Tencent IM: ${code} its words`,
    })
  })

  test('counts the header too', async () => {
    const chat = new FakeChatService({ groups: [ROOM] }).user('ann')
    const { messaging } = await joined(chat)
    const room = MAX_IM_BYTES - `{"cmd":"CustomTextMsg","data":{"nickName":"ann's name","headPic":"ann.png"}}`.length
    await messaging.send({ kind: 'text', content: 'x'.repeat(room) })
    await expect(messaging.send({ kind: 'text', content: 'x'.repeat(room + 1) })).rejects.toMatchObject({
      code: 'MESSAGE_TOO_LONG',
    })
    expect(chat.sent).toHaveLength(1)
  })
})
