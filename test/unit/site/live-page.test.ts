/** @jest-environment jsdom */
import '../../support/resize-observer'
import type { PhoneChannel, PhoneEvent } from '../../../examples/playground/runtime/phone-channel'
import { parseAddress } from '../../../examples/playground/site/address'
import { CallPage } from '../../../examples/playground/site/call-page'
import { useLanguage } from '../../../examples/playground/site/language'

/** The broadcast's page in a phone that has loaded, as far as the site talks with it. */
class FakePhone implements PhoneChannel {
  readonly history: PhoneEvent[] = []
  readonly setDataTotals = { calls: 0, bytes: 0 }
  readonly wx = {}
  readonly called: string[] = []
  private listener: ((event: PhoneEvent) => void) | null = null
  readonly page = {
    data: { stage: 'form', audienceCount: 0, guests: [] } as Record<string, unknown>,
    setData: (data: Record<string, unknown>) => void this.called.push(`setData ${JSON.stringify(data)}`),
    selectComponent: () => null,
    join: () => this.called.push('join'),
    hangUp: () => Promise.resolve(this.called.push('hangUp')),
    flip: () => this.called.push('flip'),
    useLanguage: () => undefined,
    tapLink: () => this.called.push('tapLink'),
    sendLike: () => this.called.push('sendLike'),
    kickLastGuest: () => this.called.push('kickLastGuest'),
  }

  on(listener: (event: PhoneEvent) => void): () => void {
    this.listener = listener
    return () => undefined
  }

  tell(detail: object, at = 0): void {
    this.listener?.({ type: 'component', component: 'c', name: 'onRoomEvent', detail, at })
  }

  media(element: 'live-pusher' | 'live-player', code: number, at: number): void {
    this.listener?.({ type: 'media', element, id: 'x', userId: 'suhe', event: 'statechange', code, at })
  }

  netstatus(element: 'live-pusher' | 'live-player', videoBitrate: number): void {
    const info = { videoBitrate, videoFPS: 15 }
    this.listener?.({ type: 'media', element, id: 'x', userId: 'suhe', event: 'netstatus', info, at: 0 })
  }

  setForeground(): void {}
  setOnline(): void {}
  setFault(): void {}
  goBack(): void {}
  close(): void {}
}

/** A browser that lets the page make sound. */
class SoundAllowed {
  readonly state = 'running'
  async resume(): Promise<void> {}
  async close(): Promise<void> {}
}

let root: HTMLElement

const found = (testid: string, within: ParentNode = root) =>
  within.querySelector<HTMLElement>(`[data-testid="${testid}"]`) as HTMLElement
const card = (letter: string) => found(`phone-${letter}`)
const queries = () =>
  [...root.querySelectorAll('iframe')].map(
    (frame) => new URLSearchParams(frame.getAttribute('src')?.split('?')[1] ?? ''),
  )
/** A frame gets its address once what ran in it has been left, which takes a turn or two. */
const addressed = () => new Promise(process.nextTick)

function show(query = ''): void {
  root = new CallPage(parseAddress(new URLSearchParams(`demo=live-room${query}`)), '3107', 'guest1').root
  document.body.append(root)
}

function load(): [FakePhone, FakePhone, FakePhone] {
  const phones = [...root.querySelectorAll('iframe')].map((frame) => {
    const phone = new FakePhone()
    if (frame.contentWindow) frame.contentWindow.roomletPhone = phone
    frame.dispatchEvent(new Event('load'))
    return phone
  })
  return phones as [FakePhone, FakePhone, FakePhone]
}

const entered = { tag: 'stateChange', detail: { phase: 'joined' } }

beforeAll(() => Object.assign(window, { AudioContext: SoundAllowed }))

beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] }))

afterEach(() => {
  jest.useRealTimers()
  root.remove()
  useLanguage('zh')
})

it('opens one presenter and two of the audience, who wait for the button', async () => {
  show()
  await addressed()
  expect(queries().map((query) => [query.get('userId'), query.get('role'), query.get('autostart')])).toEqual([
    ['suhe', 'presenter', null],
    ['linxm', 'audience', null],
    ['heyn', 'audience', null],
  ])
  expect(queries().map((query) => query.get('automatic'))).toEqual([null, null, null])
  expect(found('add-phone').hidden).toBe(true)
})

it('with autostart starts the presenter, and one of the audience joins in by itself', async () => {
  show('&autostart=1')
  await addressed()
  expect(queries().map((query) => [query.get('autostart'), query.get('automatic')])).toEqual([
    ['1', '1'],
    [null, '1'],
    [null, null],
  ])
})

it('brings the audience in once the presenter is, each once', () => {
  show()
  const [presenter, ann, bob] = load()
  found('start').click()
  expect([presenter, ann, bob].map(({ called }) => called)).toEqual([['join'], [], []])
  presenter.tell(entered)
  expect([ann.called, bob.called]).toEqual([['join'], ['join']])
  presenter.tell({ tag: 'audienceCount', detail: { count: 2 } })
  jest.advanceTimersByTime(3000)
  expect([ann.called, bob.called]).toEqual([['join'], ['join']])
})

it('brings nobody back in after all have hung up', () => {
  show()
  const [presenter, ann] = load()
  found('start').click()
  found('hangup-all').click()
  presenter.tell(entered)
  expect(ann.called).toEqual(['hangUp'])
})

it('says how many watch and how many are on air', () => {
  show()
  const [presenter] = load()
  Object.assign(presenter.page.data, { stage: 'call', audienceCount: 12, guests: [{ userID: 'linxm' }] })
  presenter.tell(entered)
  expect(found('call-status').textContent).toBe('12 人在看 · 1 人连麦 · 00:00')
})

it('shows of a joined audience where it stands with link-mic, and what its button does', () => {
  show()
  const [, ann] = load()
  const strip = found('link-phase', card('B'))
  const button = found('act-link', card('B'))
  expect([strip.hidden, button.hasAttribute('disabled')]).toEqual([true, true])
  ann.tell(entered)
  expect([strip.hidden, found('phase', card('B')).hidden, button.textContent]).toEqual([false, true, '申请连麦'])
  for (const [phase, words] of [
    ['requesting', '取消申请'],
    ['invited', '接受连麦'],
    ['linking', '取消申请'],
    ['on', '断开连麦'],
    ['off', '申请连麦'],
  ] as const) {
    ann.tell({ tag: 'linkStateChange', detail: { phase } })
    expect([strip.dataset.current, button.textContent]).toEqual([phase, words])
  }
  button.click()
  found('act-like', card('B')).click()
  found('act-comment', card('B')).click()
  expect(ann.called).toEqual(['tapLink', 'sendLike', 'setData {"sheet":"chat"}'])
})

it('lets the presenter invite, remove and end', () => {
  show()
  const [presenter] = load()
  presenter.tell(entered)
  for (const action of ['act-invite', 'act-kick', 'act-end']) found(action, card('A')).click()
  expect(presenter.called).toEqual(['setData {"sheet":"invite"}', 'kickLastGuest', 'hangUp'])
})

it("shows what an audience receives, and from its seat on what it sends, counted from the seat's grant", () => {
  show()
  const [, ann] = load()
  const figure = (name: string) => found(`figure-${name}`, card('B')).textContent
  ann.tell({ tag: 'stateChange', detail: { phase: 'joining' } }, 1000)
  ann.tell(entered, 1100)
  ann.netstatus('live-player', 900)
  expect([figure('bitrate'), figure('published')]).toEqual(['900kbps', '–'])
  ann.tell({ tag: 'linkStateChange', detail: { phase: 'requesting' } }, 5000)
  ann.tell({ tag: 'linkStateChange', detail: { phase: 'linking' } }, 9000)
  ann.media('live-pusher', 1002, 9240)
  ann.netstatus('live-pusher', 400)
  ann.netstatus('live-player', 900)
  expect([figure('bitrate'), figure('published')]).toEqual(['400kbps', '240ms'])
  ann.tell({ tag: 'linkStateChange', detail: { phase: 'off' } }, 9900)
  expect([figure('bitrate'), figure('published')]).toEqual(['–', '–'])
})

it('tells another window how to watch', () => {
  show()
  expect(found('join-address').textContent).toContain('?demo=live-room&phone=1&userId=guest1&roomId=3107&autostart=1')
})

it('shows one phone alone in the role that the address names', async () => {
  show('&phone=1&userId=bob&role=presenter&autostart=1')
  await addressed()
  expect(queries().map((query) => [query.get('userId'), query.get('role'), query.get('autostart')])).toEqual([
    ['bob', 'presenter', '1'],
  ])
  expect(queries()[0]?.get('automatic')).toBeNull()
})
