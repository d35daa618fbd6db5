import { addressField } from './address-field'
import { wordButton } from './button'
import { copyButton } from './copy-button'
import { element } from './element'
import { icon } from './icon'
import { say } from './language'

/**
 * How another window, or another machine, joins the same room: an address to copy or open. It stands at the page's foot; where the
 * page must not scroll, the button opens it over the page.
 */
export class JoinStrip {
  readonly root: HTMLElement
  readonly button: HTMLButtonElement

  constructor(address: string) {
    this.root = strip(address)
    this.button = wordButton({ icon: 'link', word: 'joinTitle', testid: 'join-show', look: 'bt bt--join' }, () =>
      this.setOpen(!this.root.classList.contains('join--open')),
    )
    this.setOpen(false)
    document.addEventListener('click', ({ target }) => {
      const inside = [this.root, this.button].some((part) => part.contains(target as Node))
      if (!inside) this.setOpen(false)
    })
    document.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') this.setOpen(false)
    })
  }

  private setOpen(open: boolean): void {
    this.root.classList.toggle('join--open', open)
    this.button.setAttribute('aria-expanded', String(open))
  }
}

function strip(address: string): HTMLElement {
  const title = element('h2', {}, icon('link'), say(element('span'), 'joinTitle'))
  const head = element('div', { class: 'join__hd' }, title, say(element('p', { class: 'panel__say' }), 'joinSay'))
  const url = addressField(address, 'join-address', 'joinAddress')
  const copy = copyButton('copyLink', 'join-copy', () => address, 'bt')
  const open = element('a', {
    class: 'bt',
    href: address,
    target: '_blank',
    rel: 'noopener',
    'data-testid': 'join-open',
  })
  open.append(icon('expand', true), say(element('span'), 'openLink'))
  return element('section', { class: 'panel join', 'data-testid': 'join-strip' }, head, url, copy, open)
}
