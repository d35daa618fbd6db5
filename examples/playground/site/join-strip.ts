import { wordButton } from './button'
import { copyText } from './copy-text'
import { element } from './element'
import { icon } from './icon'
import { label, say } from './language'

/** How another window, or another machine, joins the same room: an address to copy or open. */
export function joinStrip(address: string): HTMLElement {
  const title = element('h2', {}, icon('link'), say(element('span'), 'joinTitle'))
  const head = element('div', { class: 'join__hd' }, title, say(element('p'), 'joinSay'))
  const url = label(element('div', { class: 'join__url', tabindex: '0', 'data-testid': 'join-address' }), 'joinAddress')
  url.textContent = address
  const copy = wordButton(
    { icon: 'copy', word: 'copyLink', testid: 'join-copy', look: 'bt' },
    () => void copyText(address),
  )
  const open = element('a', {
    class: 'bt',
    href: address,
    target: '_blank',
    rel: 'noopener',
    'data-testid': 'join-open',
  })
  open.append(icon('expand', true), say(element('span'), 'openLink'))
  return element('section', { class: 'join', 'data-testid': 'join-strip' }, head, url, copy, open)
}
