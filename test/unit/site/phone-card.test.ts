/** @jest-environment jsdom */
import '../../support/resize-observer'
import type { PhoneChannel, PhoneEvent, PhoneEventBody } from '../../../examples/playground/runtime/phone-channel'
import { DEMOS } from '../../../examples/playground/site/demos'
import { PEOPLE } from '../../../examples/playground/site/people'
import type { Person } from '../../../examples/playground/site/people'
import { PhoneCard } from '../../../examples/playground/site/phone-card'
import type { PhoneCardOptions } from '../../../examples/playground/site/phone-card'

const PAGE = 'pages/rtc-room/rtc-room'

/** A phone frame that has loaded: its page keeps data and notes the calls it gets. */
class FakePhone implements PhoneChannel {
  readonly history: PhoneEvent[] = []
  readonly setDataTotals = { calls: 0, bytes: 0 }
  readonly wx = {}
  readonly called: string[] = []
  closed = false
  private listener: ((event: PhoneEvent) => void) | null = null
  readonly page = {
    data: { stage: 'form', template: 'grid', muted: false, camera: true, beauty: 5, debug: false } as Record<
      string,
      unknown
    >,
    setData: (data: Record<string, unknown>) => {
      // as in the runtime: reported first, set then
      this.tell({ type: 'setData', component: PAGE, keys: Object.keys(data), bytes: 1 })
      Object.assign(this.page.data, data)
    },
    selectComponent: () => null,
    join: () => this.called.push('join'),
    hangUp: () => Promise.resolve(this.called.push('hangUp')),
    flip: () => this.called.push('flip'),
    useLanguage: (language: string) => this.called.push(`useLanguage ${language}`),
  }

  on(listener: (event: PhoneEvent) => void): () => void {
    this.listener = listener
    return () => {
      this.listener = null
    }
  }

  tell(body: PhoneEventBody, at = 0): void {
    const event: PhoneEvent = { ...body, at }
    this.history.push(event)
    this.listener?.(event)
  }

  tellRoom(detail: object, at = 0): void {
    this.tell({ type: 'component', component: 'c', name: 'onRoomEvent', detail }, at)
  }

  setForeground(): void {}
  setOnline(): void {}
  setFault(): void {}

  goBack(): void {
    this.called.push('goBack')
  }

  close(): void {
    this.closed = true
  }
}

const OPTIONS: PhoneCardOptions = {
  letter: 'A',
  person: PEOPLE[0] as Person,
  demo: DEMOS['rtc-room'],
  pagePath: 'pages/rtc-room/rtc-room',
  role: '',
  isDesk: false,
  template: '1v3',
  address: () => 'about:blank',
  onEvent: () => undefined,
  onChange: () => undefined,
  onRefused: () => {
    refusals += 1
  },
  onRemove: null,
}

let phone: FakePhone
let card: PhoneCard
let refusals: number

const found = (testid: string) => card.root.querySelector<HTMLElement>(`[data-testid="${testid}"]`)
const phase = () => found('phase')?.dataset.current

function load(): void {
  const frame = found('frame-A') as HTMLIFrameElement
  const inner = frame.contentWindow
  if (!inner) throw new Error('the frame is not on the page')
  inner.roomletPhone = phone
  frame.dispatchEvent(new Event('load'))
}

beforeEach(() => {
  phone = new FakePhone()
  refusals = 0
  card = new PhoneCard(OPTIONS)
  document.body.append(card.root)
})

afterEach(() => card.root.remove())

it('shows what happened in the phone before it had loaded', () => {
  phone.tellRoom({ tag: 'stateChange', detail: { phase: 'joining' } })
  load()
  expect(phase()).toBe('joining')
  expect(found('log-row')?.dataset.name).toBe('idle → joining')
})

it('drives the demo page and shows what the page says', async () => {
  load()
  found('template-grid')?.click()
  found('mute')?.click()
  found('flip')?.click()
  await Promise.resolve()
  expect(phone.page.data).toMatchObject({ template: 'grid', muted: true })
  expect(phone.called).toEqual(['flip'])
  expect(found('mute')?.getAttribute('aria-pressed')).toBe('true')
  expect(found('mute')?.textContent).toBe('已静音')
  expect(found('template-grid')?.getAttribute('aria-pressed')).toBe('true')
})

it('follows a switch that was pressed in the phone itself', async () => {
  load()
  phone.page.setData({ camera: false })
  await Promise.resolve()
  expect(found('log-row')?.dataset.name).toBe('camera false')
  expect(found('camera')?.textContent).toBe('已关闭')
})

it('counts rows and figures from the room starting to join', () => {
  load()
  phone.tellRoom({ tag: 'stateChange', detail: { phase: 'joining' } }, 1000)
  const media = { type: 'media', element: 'live-pusher', id: 'pusher', userId: 'linxm', event: 'statechange' } as const
  phone.tell({ ...media, code: 1002 }, 1028)
  expect(found('figure-published')?.textContent).toBe('28ms')
  expect([...card.root.querySelectorAll('time')].map(({ textContent }) => textContent)).toEqual(['0.000', '0.028'])
})

it('tells that the camera was refused', () => {
  load()
  const media = { type: 'media', element: 'live-pusher', id: 'pusher', userId: '', event: 'error' } as const
  phone.tell({ ...media, code: 10001 })
  expect(refusals).toBe(1)
})

it('ends the phone that ran before another is opened, and shows nothing of it any more', async () => {
  load()
  phone.tellRoom({ tag: 'stateChange', detail: { phase: 'joined' } })
  card.open(true)
  expect(phone.called).toEqual(['hangUp'])
  await new Promise(process.nextTick)
  expect(phone.closed).toBe(true)
  expect(phase()).toBe('idle')
  phone.tellRoom({ tag: 'stateChange', detail: { phase: 'closed' } })
  expect(phase()).toBe('idle')
  expect(found('log-row')).toBeNull()
})

it('hands commands to the page', () => {
  card.join()
  load()
  card.join()
  card.hangUp()
  card.useLanguage('en')
  expect(phone.called).toEqual(['join', 'hangUp', 'useLanguage en'])
})

it('has the title of the page in front, and an arrow that leads back where there is something', () => {
  load()
  const arrow = found('go-back') as HTMLButtonElement
  phone.tell({ type: 'title', title: '推流', canGoBack: false })
  expect(card.root.querySelector('.ph__title')?.textContent).toBe('推流')
  expect(arrow.disabled).toBe(true)
  phone.tell({ type: 'title', title: '播放', canGoBack: true })
  arrow.click()
  expect(phone.called).toContain('goBack')
})

it('tells where a bare tag stands from the data of its page, and counts from its start', async () => {
  card.root.remove()
  card = new PhoneCard({ ...OPTIONS, demo: DEMOS['push-play'], pagePath: 'pages/push/push' })
  document.body.append(card.root)
  load()
  const moves = async (next: string, at: number): Promise<void> => {
    phone.tell({ type: 'setData', component: 'pages/push/push', keys: ['phase'], bytes: 1 }, at)
    phone.page.data.phase = next
    await Promise.resolve()
  }
  await moves('starting', 1000)
  phone.tell(
    { type: 'media', element: 'live-pusher', id: 'pusher', userId: 'a', event: 'statechange', code: 1002 },
    1400,
  )
  await moves('running', 1400)
  expect(found('tag-phase')?.dataset.current).toBe('running')
  expect(found('figure-published')?.textContent).toBe('400ms')
  expect(card.inCall).toBe(true)
  await moves('retrying', 5000)
  expect(card.phase).toBe('reconnecting')
})
