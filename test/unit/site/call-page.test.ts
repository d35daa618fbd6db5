/** @jest-environment jsdom */
import '../../support/resize-observer'
import { parseAddress } from '../../../examples/playground/site/address'
import { CallPage } from '../../../examples/playground/site/call-page'
import { useLanguage } from '../../../examples/playground/site/language'

let root: HTMLElement

function show(query = ''): CallPage {
  const page = new CallPage(parseAddress(new URLSearchParams(query)), '802100', 'guest1234')
  root = page.root
  document.body.append(root)
  return page
}

const found = (testid: string) => root.querySelector<HTMLElement>(`[data-testid="${testid}"]`)
const frames = () => [...root.querySelectorAll('iframe')]
const queryOf = (frame: HTMLIFrameElement | undefined) =>
  new URLSearchParams(frame?.getAttribute('src')?.split('?')[1] ?? '')
/** A frame gets its address once the call that ran in it has been left, which takes a turn or two. */
const addressed = () => new Promise(process.nextTick)

beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] }))

afterEach(() => {
  jest.useRealTimers()
  root.remove()
  useLanguage('zh')
})

it('opens two phones of two people in one room, which wait for the button', async () => {
  show()
  await addressed()
  const queries = frames().map(queryOf)
  expect(queries.map((query) => query.get('userId'))).toEqual(['linxm', 'zhouya'])
  expect(queries.map((query) => query.get('roomId'))).toEqual(['802100', '802100'])
  expect(queries.map((query) => query.get('autostart'))).toEqual([null, null])
  expect(found('start')?.hidden).toBe(false)
  expect(found('hangup-all')?.hidden).toBe(true)
})

it('starts in a layout that has room for a third phone', async () => {
  show('template=nonsense')
  await addressed()
  expect(queryOf(frames()[0]).get('template')).toBe('bigsmall')
})

it('adds a third phone and no fourth, and takes it off again', async () => {
  show()
  found('add-phone')?.click()
  await addressed()
  expect(queryOf(frames()[2]).get('userId')).toBe('heyn')
  expect(found('add-phone')?.hasAttribute('disabled')).toBe(true)
  found('add-phone')?.click()
  expect(frames()).toHaveLength(3)
  found('remove-phone')?.click()
  await addressed()
  expect(frames()).toHaveLength(2)
  expect(found('add-phone')?.hasAttribute('disabled')).toBe(false)
})

it('tells another window how to join the same room', () => {
  show()
  const address = new URL(found('join-address')?.textContent ?? '')
  expect(Object.fromEntries(address.searchParams)).toEqual({
    demo: 'rtc-room',
    phone: '1',
    userId: 'guest1234',
    roomId: '802100',
    autostart: '1',
  })
})

it('shows one phone alone without the parts that are for several', async () => {
  show('phone=1&userId=bob')
  await addressed()
  expect(frames().map((frame) => queryOf(frame).get('userId'))).toEqual(['bob'])
  expect(found('add-phone')?.hidden).toBe(true)
  expect(found('join-strip')).toBeNull()
})

it('says so when the browser cannot run the phones', () => {
  show()
  expect(found('note-old-browser')?.textContent).toContain('WebCodecs')
})

it('changes its language as a whole', () => {
  show().useLanguage('en')
  expect(root.textContent).not.toMatch(/[\u4e00-\u9fff]/)
  expect([...root.querySelectorAll('[aria-label]')].map((each) => each.getAttribute('aria-label')).join()).not.toMatch(
    /[\u4e00-\u9fff]/,
  )
})

it('gives every button a name and every control a test id', () => {
  show()
  for (const control of root.querySelectorAll('button, input, a')) {
    expect(control.getAttribute('aria-label') || control.textContent).toBeTruthy()
    expect(control.getAttribute('data-testid')).toBeTruthy()
  }
})

describe('webrtc-room', () => {
  it('opens a phone and a desk in one room; the desk has a window, its own buttons and no phone to add', async () => {
    show('demo=webrtc-room')
    await addressed()
    const [phone, desk] = frames()
    expect(phone?.getAttribute('src')).toMatch(/^phone\.html\?/)
    expect(queryOf(phone).get('demo')).toBe('webrtc-room')
    expect(desk?.getAttribute('src')).toMatch(/^desk\.html\?/)
    const address = { roomId: '802100', userId: 'heyn', userName: '何以宁', lang: 'zh' }
    expect(Object.fromEntries(queryOf(desk))).toEqual(address)
    expect(desk?.getAttribute('allow')).toContain('display-capture')
    expect(root.querySelectorAll('[data-testid="mute"]')).toHaveLength(1)
    expect(found('add-phone')?.hidden).toBe(true)
    found('restart')?.click()
    await addressed()
    expect(Object.fromEntries(queryOf(desk))).toEqual({ ...address, autostart: '1' })
  })

  it('is one phone in a window of its own, like the others', async () => {
    show('demo=webrtc-room&phone=1&userId=carol')
    await addressed()
    expect(frames().map((frame) => frame.getAttribute('src')?.split('?')[0])).toEqual(['phone.html'])
  })
})

describe('push-play', () => {
  it('opens a phone that pushes and one that plays the same stream', async () => {
    show('demo=push-play')
    await addressed()
    const queries = frames().map(queryOf)
    expect(queries.map((query) => query.get('page'))).toEqual(['pages/push/push', 'pages/play/play'])
    expect(queries.map((query) => query.get('roomId'))).toEqual(['802100', '802100'])
  })

  it('starts the one that plays once the other one runs', async () => {
    show('demo=push-play')
    found('restart')?.click()
    await addressed()
    expect(frames().map((frame) => queryOf(frame).get('autostart'))).toEqual(['1', null])
  })

  it('shows where the tags stand, no switches of a room, and no socket to cut', () => {
    show('demo=push-play')
    expect(root.querySelectorAll('[data-testid="tag-phase"]')).toHaveLength(2)
    expect(found('phase')).toBeNull()
    expect(found('mute')).toBeNull()
    expect(found('break-socket')).toBeNull()
    expect(found('break-media')).not.toBeNull()
  })

  it('opens one phone alone as the player, or as the pusher when asked', async () => {
    show('demo=push-play&phone=1&userId=bob')
    await addressed()
    expect(queryOf(frames()[0]).get('page')).toBe('pages/play/play')
    root.remove()
    show('demo=push-play&phone=1&userId=bob&role=push')
    await addressed()
    expect(queryOf(frames()[0]).get('page')).toBe('pages/push/push')
  })
})

describe('app', () => {
  it('opens the example app from its first page on, and nothing to start or break', async () => {
    show('demo=app')
    await addressed()
    expect(frames().map((frame) => queryOf(frame).get('page'))).toEqual(['pages/index/index'])
    expect(found('start')?.hidden).toBe(true)
    expect(found('restart')?.hidden).toBe(false)
    expect(found('break-panel')?.hidden).toBe(true)
    expect(found('join-strip')).toBeNull()
  })
})
