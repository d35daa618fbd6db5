import type { WebrtcRoom } from '../../components/webrtc-room/define-webrtc-room'
import type { RoomEventDetail } from '../../components/shared/room-events'
import type { CustomMessage } from '../../components/webrtc-room/im-methods'
import { tagTells } from '../support/simulate'
import type { Node } from '../support/simulate'
import { WebrtcRoomStage } from '../support/webrtc-room-stage'
import { FakeChatService } from '../unit/messaging/fake-chat'

const TRTC = { sdkAppID: '1400000001', userID: 'mei', userSig: 'sig', roomID: 101 }

let stage: WebrtcRoomStage

beforeEach(() => {
  stage = new WebrtcRoomStage()
})

afterEach(() => stage.close())

const later = (): Promise<void> => stage.later()
const methods = (): WebrtcRoom => stage.methods

/** Rendered and started; why start() was refused, or 'joined'. */
async function started(properties: Record<string, unknown>): Promise<string> {
  stage.show(properties)
  const starting = methods().start()
  await later()
  return starting.then(
    () => 'joined',
    (error: { code: string; message: string }) => `${error.code} ${error.message}`,
  )
}

async function startedOverRoomService(properties: Record<string, unknown> = {}): Promise<string> {
  await stage.phone.login()
  return started({ provider: 'roomservice', roomId: '2018', userName: 'Mei', autoplay: true, ...properties })
}

/** The live-pusher speaks of others. */
function report(code: number, userlist?: readonly unknown[]): Promise<void> {
  return stage.report(code, userlist && JSON.stringify({ userlist }))
}

const picture = (userid: string, streamtype = 'main'): unknown => ({
  userid,
  streamtype,
  playurl: `room://play/${userid}/${streamtype}`,
  hasvideo: true,
})

const found = (selector: string): Node | undefined => stage.room.querySelector(selector)
const publisher = (): Record<string, unknown> => found('#publisher')?.data ?? {}
const sources = (): unknown[] =>
  stage.room.querySelectorAll('.rl-tile').map((tile) => tile.querySelector('[data-remote]'))

describe('over TRTC', () => {
  test('a page needs only its own attributes: the tag gets the URL of the room', async () => {
    expect(await started(TRTC)).toBe('joined')
    expect(publisher().url).toMatch(
      /^room:\/\/cloud\.tencent\.com\/rtc\?sdkappid=1400000001&roomid=101&userid=mei&usersig=sig&/,
    )
    expect(stage.native.calls).toContain('publisher.start')
  })

  test('whoever the tag reports is shown with name and play button, and played by a tap', async () => {
    await started(TRTC)
    await report(1018)
    await report(1033, [picture('ann')])
    expect(stage.told.map(({ tag }) => tag)).toContain('memberJoin')
    expect(found('#player-0')).toBeUndefined()
    expect(found('[data-testid=play]') ?? found('.rl-i-play')).toBeDefined()
    expect(stage.room.dom?.textContent).toContain('ann')
    found('.rl-i-play')?.dispatchEvent('tap')
    await later()
    expect(found('#player-0')?.data.src).toBe('room://play/ann/main')
  })

  test('autoplay plays at once, and a shared screen is a tile of its own', async () => {
    await started({ ...TRTC, autoplay: true })
    await report(1018)
    await report(1033, [picture('ann'), picture('ann', 'aux')])
    expect(['#player-0', '#player-1'].map((id) => found(id)?.data.src)).toEqual([
      'room://play/ann/main',
      'room://play/ann/aux',
    ])
    expect(sources().length).toBe(3)
  })

  test('enableVideo and enableAudio say whom to play, and with sound or not', async () => {
    await started(TRTC)
    await report(1018)
    await report(1033, [picture('ann'), picture('bob')])
    await methods().enableVideo(true, 'bob')
    await later()
    expect([found('#player-0'), found('#player-1')?.data.src]).toEqual([undefined, 'room://play/bob/main'])
    expect(found('#player-1')?.data.muted).toBe(false)
    await methods().enableAudio(false, 'bob')
    await later()
    // some phones ignore `muted` in a call
    expect(found('#player-1')?.data).toMatchObject({ muted: true, muteAudio: true })
    await methods().enableAudio(true, 'bob')
    await methods().enableVideo(false, 'bob')
    await later()
    expect(found('#player-1')).toBeUndefined()
    expect(stage.native.calls).toContain('player-1.stop')
  })

  test('being put out ends the call with roomClosed', async () => {
    await started(TRTC)
    await report(1018)
    tagTells(stage.room, 'statechange', { code: 1019, message: 'reason[1]' })
    await later()
    expect(stage.told.find(({ tag }) => tag === 'roomClosed')).toMatchObject({ detail: { reason: 'kicked' } })
    expect(found('#publisher')).toBeUndefined()
  })

  test.each<[string, Record<string, unknown>]>([
    ['sdkAppID', { sdkAppID: 'abc' }],
    ['sdkAppID', { sdkAppID: '' }],
    ['userSig', { userSig: '' }],
    ['userID', { userID: '张三' }],
    ['roomID', { roomID: 0 }],
    ['roomID', { roomID: 4294967296 }],
    ['roomID', { roomID: 'ward' }],
    ['strRoomID', { strRoomID: '病房' }],
    ['role', { role: 'king' }],
    ['scene', { scene: 'theatre' }],
    ['provider "other" is not registered', { provider: 'other' }],
    ['pureAudioPushMod', { pureAudioPushMod: 3 }],
  ])('a wrong %s is an error that names it: %p', async (field, wrong) => {
    expect(await started({ ...TRTC, ...wrong })).toContain(field)
    expect(stage.told.filter(({ tag }) => tag === 'error')).toEqual([expect.objectContaining({ code: -3 })])
    expect(found('#publisher')).toBeUndefined()
  })
})

describe('messages', () => {
  test('over RoomService go both ways, and are told once', async () => {
    await startedOverRoomService({ enableIM: true })
    const ann = await stage.world.device('ann').enter('2018')
    const outcome: unknown[] = []
    void methods().sendGroupTextMsg('hello', () => outcome.push('text'))
    void methods().sendGroupCustomMsg({ data: 'd', ext: 'e' }, () => outcome.push('custom'))
    await later()
    expect(outcome).toEqual(['text', 'custom'])
    expect(ann.heard).toContain('message mei hello')
  })

  test('carry an object as its JSON, and nothing where a page hands in nothing', async () => {
    const service = new FakeChatService({ groups: ['101'] })
    const mei = service.user('mei')
    await startedWithChat(mei)
    await methods().sendGroupCustomMsg({ data: { gift: '玫瑰 "🌹"' }, ext: 7 } as unknown as CustomMessage)
    await methods().sendGroupCustomMsg(undefined as unknown as CustomMessage)
    expect(mei.sent.map(({ payload }) => payload)).toEqual([
      { data: '{"gift":"玫瑰 \\"🌹\\""}', extension: '7', description: '' },
      { data: '', extension: '', description: '' },
    ])
  })

  test('are heard as IM events and not as room events', async () => {
    await startedOverRoomService({ enableIM: true })
    const ann = await stage.world.device('ann').enter('2018')
    await stage.world.clock.settle(ann.session.send?.({ kind: 'text', data: 'hi "you"' }) ?? Promise.reject())
    await later()
    expect(stage.messages.map(({ tag }) => tag)).toEqual([
      'login_event',
      'connection_event',
      'join_group_event',
      'big_group_msg_notify',
    ])
    expect(stage.messages[2]).toEqual({ tag: 'join_group_event', code: 0, detail: { ErrorCode: 0, ErrorInfo: '' } })
    expect(stage.messages[3]?.detail).toEqual([
      {
        userID: 'ann',
        userName: "ann's name",
        userAvatar: '',
        time: expect.any(Number),
        kind: 'text',
        content: 'hi "you"',
      },
    ])
    expect(stage.told.map(({ tag }) => tag)).not.toContain('recvTextMsg')
  })

  test('are off unless enableIM is set: sending fails with a code, and nothing is told', async () => {
    await startedOverRoomService()
    const ann = await stage.world.device('ann').enter('2018')
    await stage.world.clock.settle(ann.session.send?.({ kind: 'text', data: 'hi' }) ?? Promise.reject())
    const failures: unknown[] = []
    const sent = methods().sendGroupTextMsg('hello', undefined, (failure) => failures.push(failure))
    await expect(sent).rejects.toMatchObject({ code: 'NOT_SUPPORTED' })
    await later()
    expect(failures).toEqual([{ errCode: -3, errMsg: 'enableIM is not set', code: 'NOT_SUPPORTED' }])
    expect(stage.messages).toEqual([])
  })

  test('to one user go by RoomService to that user alone, and are told apart', async () => {
    await startedOverRoomService({ enableIM: true })
    const [ann, bob] = [await stage.world.device('ann').enter('2018'), await stage.world.device('bob').enter('2018')]
    const outcome: unknown[] = []
    void methods().sendC2CTextMsg('ann', 'psst', () => outcome.push('text'))
    void methods().sendC2CCustomMsg('ann', { data: 'x' }, () => outcome.push('custom'))
    await later()
    expect(outcome).toEqual(['text', 'custom'])
    expect(ann.heard.filter((line) => line.startsWith('message'))).toHaveLength(2)
    expect(bob.heard.filter((line) => line.startsWith('message'))).toEqual([])
    await stage.world.clock.settle(ann.session.send?.({ kind: 'text', data: 'back', to: 'mei' }) ?? Promise.reject())
    await later()
    expect(stage.messages.at(-1)).toMatchObject({ tag: 'msg_notify', detail: [{ userID: 'ann', content: 'back' }] })
  })

  test.each([
    ['nobody', 'USER_NOT_FOUND'],
    ['', 'BAD_PARAMETER'],
    ['mei', 'BAD_PARAMETER'],
  ])('to %p are refused with %s, by callback and promise', async (receiver, code) => {
    await startedOverRoomService({ enableIM: true })
    const refused: unknown[] = []
    const sending = methods().sendC2CTextMsg(receiver, 'psst', undefined, (failure) => refused.push(failure.code))
    const rejection = expect(sending).rejects.toMatchObject({ code })
    await later()
    await rejection
    expect(refused).toEqual([code])
  })

  test('go by the chat that the page hands in, to all and to one', async () => {
    const service = new FakeChatService({ groups: ['101'] })
    const [mei, ann] = [service.user('mei'), service.user('ann')]
    stage.show({})
    stage.room.detach()
    await startedWithChat(mei)
    await ann.joinGroup({ groupID: '101' })
    await methods().sendGroupCustomMsg({ data: 'd', ext: 'e', desc: 's' })
    await methods().sendC2CTextMsg('ann', 'psst')
    expect(mei.sent.map(({ to, conversationType }) => [to, conversationType])).toEqual([
      ['101', 'GROUP'],
      ['ann', 'C2C'],
    ])
    const text = ann.createTextMessage({ to: 'mei', conversationType: 'C2C', payload: { text: 'back' } })
    await ann.sendMessage(text)
    expect(stage.messages.at(-1)).toMatchObject({ tag: 'msg_notify', detail: [{ userID: 'ann', content: 'back' }] })
    await methods().stop()
    expect(mei.listeners).toBe(0)
  })

  test.each([
    ['leaves', () => void methods().stop()],
    ['takes the component away', () => stage.room.detach()],
  ])('are not opened for a page that %s once it is told of the joining', async (_what, leave) => {
    const mei = new FakeChatService({ groups: ['101', ''] }).user('mei')
    stage.show({ ...TRTC, enableIM: true })
    stage.room.addEventListener('onRoomEvent', ({ detail: event }) => {
      const { tag, detail } = event as RoomEventDetail
      if (tag === 'stateChange' && detail.phase === 'joined') leave()
    })
    methods().useChat(mei)
    void methods().start()
    await later()
    expect([mei.joins, mei.listeners]).toEqual([[], 0])
  })

  test('that cannot be are told, and the call goes on', async () => {
    expect(await started({ ...TRTC, enableIM: true })).toBe('joined')
    expect(stage.messages).toEqual([{ tag: 'login_event', code: -3, detail: { ErrorCode: -3, ErrorInfo: '暂不支持' } }])
    await report(1018)
    expect(publisher().url).toContain('room://')
    expect(stage.told.filter(({ tag }) => tag === 'error')).toEqual([])
  })

  async function startedWithChat(chat: Parameters<WebrtcRoom['useChat']>[0]): Promise<void> {
    stage.show({ ...TRTC, enableIM: true })
    methods().useChat(chat)
    void methods().start()
    await later()
  }
})

describe('what a page asks for reaches the tag', () => {
  test.each<[Record<string, unknown>, Record<string, unknown>]>([
    [
      {},
      { beauty: 0, whiteness: 0, muted: false, enableCamera: true, aspect: '9:16', minBitrate: 200, maxBitrate: 400 },
    ],
    [
      { beauty: '7', whiteness: 3, aspect: '3:4' },
      { beauty: 7, whiteness: 3, aspect: '3:4' },
    ],
    [
      { minBitrate: '300', maxBitrate: '900' },
      { minBitrate: 300, maxBitrate: 900 },
    ],
    [
      { muted: 'true', enableCamera: 'false' },
      { muted: true, enableCamera: false },
    ],
    [{ pureAudioPushMod: 1 }, { enableCamera: false, url: expect.stringContaining('&pureaudiomode=1&') }],
    [
      { role: 'audience', scene: 'live' },
      { muted: true, enableCamera: false, url: expect.stringContaining('=live&') },
    ],
    [{ privateMapKey: 'key' }, { url: expect.stringContaining('&privatemapkey=key&') }],
    [{ recordId: 77 }, { url: expect.stringContaining('&userdefinerecordid=77&') }],
    [{ strRoomID: 'ward' }, { url: expect.stringContaining('&strroomid=ward&') }],
    [{ roomID: '', roomId: '55' }, { url: expect.stringContaining('&roomid=55&') }],
    [{ waitingImg: 'https://pics/wait.png' }, { waitingImage: 'https://pics/wait.png' }],
  ])('%p', async (properties, expected) => {
    expect(await started({ ...TRTC, ...properties })).toBe('joined')
    expect(publisher()).toMatchObject(expected)
  })

  test('loadingImg stands on a tile until its picture comes', async () => {
    await started({ ...TRTC, autoplay: true, loadingImg: 'https://pics/load.png' })
    await report(1018)
    await report(1033, [picture('ann')])
    expect(stage.room.querySelectorAll('.rl-cover').map(({ data }) => data.src)).toContain('https://pics/load.png')
    tagTells(stage.room, 'statechange', { code: 2004 }, 'ann_main')
    await later()
    expect(stage.room.querySelectorAll('.rl-cover')).toEqual([])
  })

  test('the small window of bigsmall stands where it is put', async () => {
    stage.show({
      template: 'bigsmall',
      smallViewLeft: '2vw',
      smallViewTop: 10,
      smallViewWidth: 'wide',
    })
    await later()
    expect(found('.rl-room')?.dom?.getAttribute('style')).toBe('--rl-small-left:2vw;--rl-small-top:10vw;')
  })

  test.each(['1u3d', '1l3r'])('roomCreator is large in %s', async (template) => {
    await started({ ...TRTC, autoplay: true, template, roomCreator: 'bob' })
    await report(1018)
    await report(1033, [picture('ann'), picture('bob')])
    expect(found(`.rl-${template}`)).toBeDefined()
    const places = ['publisher', 'player0', 'player1'].map((name) => found(`#window-${name}`)?.dom?.className)
    expect(places).toEqual([
      expect.stringContaining('rl-s1'),
      expect.stringContaining('rl-s2'),
      expect.stringContaining('rl-s0'),
    ])
  })
})
