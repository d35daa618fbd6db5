import { endLoginAfter, loginEnded } from '../../../examples/miniprogram/server/app-login'
import { entryUrl, kindsIn, rowOf } from '../../../examples/miniprogram/pages/rooms/room-rows'
import { FakeWx } from '../../support/fake-wx'
import { pageOfApp } from '../../support/page-of-app'

type Entry = Parameters<typeof rowOf>[0]

const person = (userID: string, userName = '') => ({ userID, userName, userAvatar: '' })

function room(more: Partial<Entry>): Entry {
  const members = more.members ?? [person('ann', 'Ann')]
  return {
    roomID: '8021',
    kind: 'multi_room',
    roomName: '',
    roomInfo: '',
    roomCreator: 'ann',
    members,
    pushers: members,
    ...more,
  }
}

describe('a room in the list', () => {
  test('is called by its name, else by its number; its creator by the name, else by the id', () => {
    expect(rowOf(room({ roomName: '家庭医生' }), 'zh')).toMatchObject({ name: '家庭医生', creator: 'Ann 创建' })
    const gone = rowOf(room({ roomCreator: 'bob' }), 'en')
    expect(gone).toMatchObject({ name: 'Room 8021', creator: 'by bob', people: 'Ann' })
  })

  test('names three people and counts the others', () => {
    const members = ['a', 'b', 'c', 'd'].map((id) => person(id))
    expect(rowOf(room({ members: members.slice(0, 3) }), 'zh').people).toBe('a、b、c')
    expect(rowOf(room({ members }), 'en').people).toBe('a, b, c and others, 4 in all')
  })

  test('tells who watches, and when a room for two is full', () => {
    expect(rowOf(room({ kind: 'live_room', audienceCount: 7 }), 'zh')).toMatchObject({
      watching: '7 人在看',
      icon: 'camera',
    })
    expect(rowOf(room({ kind: 'live_room', audienceCount: 0 }), 'zh').watching).toBe('')
    const two = { kind: 'double_room', members: [person('a'), person('b')] } as const
    expect(rowOf(room(two), 'zh').isFull).toBe(true)
    expect(rowOf(room({ ...two, kind: 'multi_room' }), 'zh').isFull).toBe(false)
  })
})

describe('the way into a room', () => {
  const enter = { roomId: 'a b', userId: 'u', userName: '林', lang: 'zh', isNew: false } as const
  const asked = (url: string): Record<string, string> => Object.fromEntries(new URLSearchParams(url.split('?')[1]))

  test.each([
    ['multi_room', 'rtc-room', { template: 'grid' }],
    ['double_room', 'rtc-room', { template: '1v1' }],
    ['webrtc_room', 'webrtc-room', {}],
    ['live_room', 'live-room', { role: 'audience' }],
  ] as const)('of a %s is the page of %s', (kind, page, more) => {
    const url = entryUrl({ ...enter, kind })
    expect(url).toMatch(new RegExp(`^/pages/${page}/${page}\\?`))
    expect(asked(url)).toEqual({ roomId: 'a b', userId: 'u', userName: '林', lang: 'zh', autostart: '1', ...more })
  })

  test('of a new broadcast is that of its presenter, by its name', () => {
    const url = entryUrl({ ...enter, kind: 'live_room', isNew: true, roomName: '周五' })
    expect(asked(url)).toMatchObject({ role: 'presenter', roomName: '周五' })
  })

  test('is offered for every kind, in both languages', () => {
    expect(kindsIn('zh').map(({ kind }) => kind)).toEqual(['multi_room', 'double_room', 'live_room', 'webrtc_room'])
    expect(
      kindsIn('en')
        .map(({ text }) => text)
        .join(),
    ).not.toMatch(/[\u4e00-\u9fff]/)
  })
})

test('a page logs in only after the login of the page before has ended', async () => {
  const told: string[] = []
  let stop = (): void => undefined
  const stopped = new Promise<void>((resolve) => (stop = resolve))
  endLoginAfter(stopped, async () => void told.push('logout'))
  const next = loginEnded().then(() => told.push('login'))
  await Promise.resolve()
  expect(told).toEqual([])
  stop()
  await next
  expect(told).toEqual(['logout', 'login'])
})

test('a logout that fails keeps nobody from logging in', async () => {
  endLoginAfter(Promise.reject(new Error('no')), () => Promise.reject(new Error('no')))
  await expect(loginEnded()).resolves.toBeUndefined()
})

describe('the page of rooms', () => {
  const phone = new FakeWx({ pageScrollTo: () => undefined })
  beforeEach(() => phone.install())
  afterEach(() => phone.uninstall())

  const opened = () => {
    const page = pageOfApp(() => jest.requireActual('../../../examples/miniprogram/pages/rooms/rooms'))
    page.call('onLoad', { server: encodeURIComponent('http://h.test'), lang: 'en' })
    return page
  }

  test('says that it cannot read the list, and stops the pulled refresh all the same', async () => {
    const page = opened()
    expect(page.data.state).toBe('loading')
    await page.call('onPullDownRefresh')
    expect(page.data).toMatchObject({ state: 'failed', rooms: [] })
    expect(phone.calls.map(([name]) => name)).toContain('stopPullDownRefresh')
  })

  test('asks for a name before it enters or opens a room, and remembers it', () => {
    const page = opened()
    page.call('create')
    expect(page.data.nameMissing).toBe(true)
    page.call('onInput', { currentTarget: { dataset: { field: 'userName' } }, detail: { value: ' Ann ' } })
    expect(page.data.nameMissing).toBe(false)
    page.tap('chooseKind', { kind: 'double_room' })
    page.call('create')
    const [, options] = phone.calls.find(([name]) => name === 'navigateTo') ?? []
    expect((options as { url: string }).url).toMatch(/rtc-room\?roomId=\d{6}&.*userName=Ann&.*template=1v1/)
    expect(opened().data.userName).toBe('Ann')
  })
})
