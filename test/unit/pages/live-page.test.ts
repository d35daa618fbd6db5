import { RoomError } from '../../../src/errors'
import { FakeWx } from '../../support/fake-wx'
import { pageOfApp } from '../../support/page-of-app'
import type { PageOfApp } from '../../support/page-of-app'

/** A <live-room>, which notes what is asked of it and answers when it is told to. */
class FakeLiveRoom {
  readonly called: unknown[][] = []
  /** Methods that reject. */
  readonly refused = new Map<string, Error>()
  creator = 'suhe'
  members = [user('suhe', 'Su He'), user('linxm', 'Lin')]

  readonly instance = new Proxy(
    {},
    {
      get:
        (_target, name: string) =>
        (...args: unknown[]): Promise<unknown> => {
          this.called.push([name, ...args])
          const refusal = this.refused.get(name)
          return refusal ? Promise.reject(refusal) : Promise.resolve(this.answer(name))
        },
    },
  )

  private answer(name: string): unknown {
    if (name === 'getRoomInfo') return { roomId: 'show', roomName: 'Tea', creator: this.creator }
    return name === 'getMembers' ? this.members : undefined
  }
}

const user = (userID: string, userName: string) => ({ userID, userName, userAvatar: '' })
const ids = (people: unknown): string[] => (people as { userID: string }[]).map(({ userID }) => userID)

const phone = new FakeWx({ getWindowInfo: () => ({ statusBarHeight: 44 }) })
let room: FakeLiveRoom
let page: PageOfApp

function open(query: Record<string, string>): void {
  room = new FakeLiveRoom()
  Object.assign(globalThis, { getCurrentPages: () => [{}] })
  page = pageOfApp(() => jest.requireActual('../../../examples/miniprogram/pages/live-room/live-room'), room.instance)
  page.call('onLoad', { server: encodeURIComponent('http://h.test'), ...query })
}

function tell(tag: string, detail: unknown = {}, more: object = {}): unknown {
  return page.call('onRoomEvent', { detail: { tag, code: 0, detail, ...more } })
}

async function settle(): Promise<void> {
  await jest.advanceTimersByTimeAsync(0)
}

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] })
  phone.install()
})

afterEach(async () => {
  page.call('onUnload')
  await settle()
  phone.uninstall()
  jest.useRealTimers()
})

test('says what the form lacks, and that no server answers', async () => {
  open({ role: 'presenter' })
  expect(page.data).toMatchObject({ stage: 'form', role: 'presenter', headShift: 24, canGoBack: false })
  await page.call('join')
  expect(page.data).toMatchObject({ stage: 'form', toast: '请先输入房间号' })
  page.call('onInput', { detail: { value: 'show' }, currentTarget: { dataset: { field: 'roomId' } } })
  page.call('onInput', { detail: { value: 'Su He' }, currentTarget: { dataset: { field: 'userName' } } })
  await page.call('join')
  expect(page.data).toMatchObject({ stage: 'form', toast: '连不上服务，请检查服务是否已启动' })
  expect(room.called).toEqual([])
})

describe('the audience', () => {
  beforeEach(() => open({ role: 'audience', userId: 'heyn', roomId: 'show' }))

  test('sees who presents, who is beside them, and how many watch', async () => {
    tell('memberJoin', user('linxm', 'Lin'))
    tell('audienceCount', { count: 1234 })
    await settle()
    expect(page.data).toMatchObject({ hostId: 'suhe', hostName: 'Su He', hostInitial: 'S', guestCountText: '1/3' })
    expect(ids(page.data.guests)).toEqual(['linxm'])
    expect(page.data.audienceText).toBe('1,234 人在看')
  })

  test('has one button of link-mic, which asks, takes back, accepts and leaves', () => {
    page.tap('tapLink')
    tell('linkStateChange', { phase: 'requesting' })
    page.tap('tapLink')
    tell('linkStateChange', { phase: 'invited' })
    tell('linkInvited', user('suhe', 'Su He'))
    expect(page.data.askOpen).toBe(true)
    page.tap('tapLink')
    expect(page.data.askOpen).toBe(false)
    tell('linkStateChange', { phase: 'on' })
    page.tap('tapLink')
    expect(room.called).toEqual([
      ['requestJoinPusher', { timeout: 30_000 }],
      ['endJoinPusher'],
      ['respondInvite', true],
      ['endJoinPusher'],
    ])
  })

  test('asks for no seat while all are taken', async () => {
    room.members = [user('suhe', ''), user('a', ''), user('b', ''), user('c', '')]
    tell('memberJoin', user('c', ''))
    await settle()
    expect(page.data).toMatchObject({ seatsFull: true, guestCountText: '3/3' })
    room.called.length = 0
    page.tap('tapLink')
    expect(room.called).toEqual([])
  })

  test('declines an invitation, or puts it away and still may take it', () => {
    tell('linkStateChange', { phase: 'invited' })
    tell('linkInvited', user('suhe', 'Su He'))
    page.tap('putAskAway')
    expect(page.data).toMatchObject({ askOpen: false, linkPhase: 'invited' })
    tell('linkInvited', user('suhe', 'Su He'))
    page.tap('declineInvite')
    expect(page.data.askOpen).toBe(false)
    expect(room.called).toEqual([['respondInvite', false]])
  })

  test('is told why its seat is over, and has its microphone and camera back', () => {
    tell('mutedByPresenter', { muted: true })
    page.tap('toggleCamera')
    expect(page.data).toMatchObject({ muted: true, camera: false, toast: '主播已将你静音' })
    tell('linkOff', { ...user('heyn', 'He'), reason: 'kicked' })
    expect(page.data).toMatchObject({ muted: false, camera: true, toast: '你已被移出连麦' })
  })

  test('sees likes rise and go, its own among them', async () => {
    page.tap('sendLike')
    tell('recvCustomMsg', { like: true }, user('linxm', 'Lin'))
    tell('recvCustomMsg', null, user('linxm', 'Lin'))
    expect(room.called).toEqual([['sendCustomMsg', { like: true }]])
    expect(page.data).toMatchObject({ likes: 2, likesText: '2' })
    expect(page.data.hearts).toHaveLength(2)
    await jest.advanceTimersByTimeAsync(1800)
    expect(page.data.hearts).toEqual([])
  })

  test('reads the last four lines of the chat and writes into it; a text that fails stays to be sent again', async () => {
    for (const text of ['1', '2', '3', '4', '5']) tell('recvTextMsg', text, user('linxm', 'Lin'))
    const texts = () => (page.data.messages as { text: string }[]).map(({ text }) => text)
    expect(texts()).toEqual(['2', '3', '4', '5'])
    page.call('onInput', { detail: { value: ' hello ' }, currentTarget: { dataset: { field: 'draft' } } })
    room.refused.set('sendTextMsg', new RoomError('NETWORK'))
    await page.call('sendText')
    expect(page.data).toMatchObject({ draft: ' hello ', toast: new RoomError('NETWORK').message })
    room.refused.clear()
    await page.call('sendText')
    expect(texts()).toEqual(['3', '4', '5', 'hello'])
    expect(page.data).toMatchObject({ draft: '', sheet: '' })
  })

  test('reads that the broadcast is over, and begins anew after leaving', async () => {
    page.tap('openSheet', { sheet: 'chat' })
    tell('recvTextMsg', 'hi', user('linxm', 'Lin'))
    tell('roomClosed', { reason: 'destroyed' })
    expect(page.data).toMatchObject({ closed: true, sheet: '' })
    await page.call('hangUp')
    expect(page.data).toMatchObject({ stage: 'form', messages: [], likes: 0, hostName: '', onAirText: '00:00' })
    expect(room.called).toEqual([['stop']])
  })
})

describe('the presenter', () => {
  beforeEach(() => open({ role: 'presenter', userId: 'suhe', userName: 'Su He', roomId: 'show' }))

  test('reads who asks for a seat, grants it or not, and forgets who has been answered', () => {
    for (const id of ['linxm', 'heyn', 'ann']) tell('joinPusher', user(id, id))
    expect(ids(page.data.requests)).toEqual(['linxm', 'heyn', 'ann'])
    page.tap('acceptRequest', { user: 'linxm' })
    tell('linkOn', user('linxm', 'linxm'))
    page.tap('declineRequest', { user: 'heyn' })
    tell('joinPusherEnded', { ...user('heyn', 'heyn'), reason: 'rejected' })
    expect(ids(page.data.requests)).toEqual(['ann'])
    expect(room.called).toEqual([
      ['respondJoinReq', true, { userID: 'linxm' }],
      ['respondJoinReq', false, { userID: 'heyn' }],
    ])
  })

  test('invites those who watch without a seat, and takes an invitation back', async () => {
    for (const id of ['linxm', 'heyn']) tell('audienceEnter', user(id, id))
    tell('memberJoin', user('linxm', 'linxm'))
    await settle()
    room.called.length = 0
    expect(ids(page.data.invitees)).toEqual(['heyn'])
    page.tap('invite', { user: 'heyn' })
    expect(page.data.invitees).toMatchObject([{ userID: 'heyn', invited: true }])
    page.tap('withdrawInvite', { user: 'heyn' })
    expect(page.data.invitees).toMatchObject([{ userID: 'heyn', invited: false }])
    tell('audienceLeave', user('heyn', 'heyn'))
    expect(page.data.invitees).toEqual([])
    expect(room.called).toEqual([
      ['inviteJoinPusher', 'heyn'],
      ['kickoutSubPusher', 'heyn'],
    ])
  })

  test('mutes a guest and removes one; what is refused is said', async () => {
    tell('memberJoin', user('linxm', 'Lin'))
    await settle()
    room.called.length = 0
    page.tap('muteGuest', { user: 'linxm' })
    expect(page.data.guests).toMatchObject([{ userID: 'linxm', muted: true }])
    room.refused.set('kickoutSubPusher', new RoomError('NETWORK'))
    page.tap('kickGuest', { user: 'linxm' })
    page.tap('kickLastGuest')
    await settle()
    expect(page.data.toast).toBe(new RoomError('NETWORK').message)
    expect(room.called).toEqual([
      ['muteGuest', 'linxm'],
      ['kickoutSubPusher', 'linxm'],
      ['kickoutSubPusher', 'linxm'],
    ])
  })
})

test('a presenter without hands grants whoever asks', () => {
  open({ role: 'presenter', userId: 'suhe', roomId: 'show', automatic: '1' })
  tell('joinPusher', user('linxm', 'Lin'))
  expect(room.called).toEqual([['respondJoinReq', true, expect.objectContaining({ userID: 'linxm' })]])
})
