import { DEMOS } from './demos'
import type { Demo } from './demos'
import { element } from './element'
import { label, say } from './language'
import type { Phrase } from './language'

/** Below the header: every way to an interface of one's own, what this one is, and the rooms in which it can be seen. */
export function customNav(current: Demo): HTMLElement | null {
  const { customUi, kinds = [], kind } = current
  if (!customUi) return null
  const ways = Object.values(DEMOS).filter((demo) => demo.customUi)
  const nav = label(element('nav', { class: 'sub' }), 'customUi')
  const text = say(element('p', { class: 'sub__say' }), customUi)
  const links = ways.map(({ name, title }): Link => ({
    href: `?demo=${name}`,
    testid: `way-${name}`,
    text: { word: title },
    on: name === current.name,
  }))
  nav.append(linkRow(links), text)
  if (kinds.length > 0) {
    const rooms = kinds.map((each): Link => ({
      href: `?demo=${current.name}&kind=${each}`,
      testid: `kind-${each}`,
      text: each,
      on: each === kind,
    }))
    nav.append(linkRow(rooms))
  }
  return nav
}

interface Link {
  readonly href: string
  readonly testid: string
  readonly text: Phrase
  readonly on: boolean
}

function linkRow(links: readonly Link[]): HTMLElement {
  const row = element('div', { class: 'seg seg--links' })
  for (const { href, testid, text, on } of links) {
    const link = element('a', { href, 'data-testid': testid })
    if (typeof text === 'string') link.textContent = text
    else say(link, text.word)
    if (on) link.setAttribute('aria-current', 'page')
    row.append(link)
  }
  return row
}
