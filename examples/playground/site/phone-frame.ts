import { element } from './element'
import type { NavigationBar } from './navigation-bar'

const SIGNAL_HEIGHTS = ['30%', '52%', '76%', '100%']

/** A phone around an iframe: status bar, title and capsule are drawn here, the page is the frame's. A page under the status bar (null) has no title. */
export function phoneFrame(frame: HTMLIFrameElement, navigation: NavigationBar | null): HTMLElement {
  const underStatusBar = navigation === null
  const bar = navigation ? [navigation.back, navigation.title] : []
  const top = element('div', { class: underStatusBar ? 'ph__top ph__top--over' : 'ph__top' })
  top.append(clock(), statusIcons(), ...bar, capsule())
  const body = element('div', { class: underStatusBar ? 'ph__body ph__body--full' : 'ph__body' }, frame)
  const screen = element('div', { class: 'ph__screen' }, top, body)
  return element('div', { class: 'ph ph--shell' }, screen)
}

/** A browser's window around an iframe; its address is that of the frame. */
export function deskFrame(frame: HTMLIFrameElement): HTMLElement {
  const address = element('span')
  frame.addEventListener('load', () => {
    const { pathname, search } = frame.contentWindow?.location ?? { pathname: '', search: '' }
    const query = new URLSearchParams(search)
    const told = ['roomId', 'userId'].map((name) => `${name}=${query.get(name) ?? ''}`).join('&')
    address.textContent = `${pathname}?${told}`
  })
  const bar = element('div', { class: 'win__bar', 'aria-hidden': 'true' })
  bar.append(element('i'), element('i'), element('i'), address)
  return element('div', { class: 'win' }, bar, element('div', { class: 'win__view' }, frame))
}

/** Writes the time of day into every status bar below the root. */
export function showTime(root: ParentNode, now: Date): void {
  const text = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':')
  for (const time of root.querySelectorAll('.ph__time')) time.textContent = text
}

function clock(): HTMLElement {
  return element('div', { class: 'ph__time', 'aria-hidden': 'true' })
}

function statusIcons(): HTMLElement {
  const bars = SIGNAL_HEIGHTS.map((height) => element('i', { style: `height:${height}` }))
  const signal = element('div', { class: 'ph__sig' }, ...bars)
  const battery = element('div', { class: 'ph__bat' }, element('i'))
  return element('div', { class: 'ph__stat', 'aria-hidden': 'true' }, signal, battery)
}

function capsule(): HTMLElement {
  const dots = element(
    'span',
    {},
    element('i', { class: 'd1' }),
    element('i', { class: 'd2' }),
    element('i', { class: 'd1' }),
  )
  const ring = element('span', {}, element('i', { class: 'o' }, element('i')))
  return element('div', { class: 'ph__cap', 'aria-hidden': 'true' }, dots, ring)
}
