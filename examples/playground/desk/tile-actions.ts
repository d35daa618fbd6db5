import { element } from '../site/element'
import { deskIcon, type DeskIcon } from './desk-icon'
import type { DeskWord, Say } from './words'

/** Where a tile stands: alone, one of several alike, or the large one. */
export type TilePlace = 'alone' | 'among' | 'large'

/** The buttons over a tile: to ask a guest to go, to make the picture the large one, to let it fill the screen. */
export class TileActions {
  readonly root = element('div', { class: 'dk-acts' })
  private readonly kick = element('button', { type: 'button', class: 'dk-kick', hidden: true })
  private readonly pin = round('pin')
  private readonly full = round('expand')

  /** @param fills what fills the screen */
  constructor(fills: HTMLElement, press: { kick(): void; pin(): void }) {
    this.root.append(this.kick, this.pin, this.full)
    this.kick.addEventListener('click', () => press.kick())
    this.pin.addEventListener('click', () => press.pin())
    this.full.addEventListener('click', () => {
      const done = document.fullscreenElement === fills ? document.exitFullscreen() : fills.requestFullscreen()
      done.catch(() => undefined)
    })
  }

  /** @param name whose picture it is */
  render(place: TilePlace, isGuest: boolean, name: string, say: Say): void {
    this.kick.hidden = !isGuest
    this.kick.textContent = say('kick')
    this.pin.hidden = place === 'alone'
    this.pin.setAttribute('aria-pressed', String(place === 'large'))
    call(this.pin, 'enlarge', name, say)
    this.full.hidden = !document.fullscreenEnabled
    call(this.full, 'fillScreen', name, say)
  }
}

function round(icon: DeskIcon): HTMLButtonElement {
  return element('button', { type: 'button', class: 'dk-round', 'data-testid': `tile-${icon}` }, deskIcon(icon))
}

function call(button: HTMLButtonElement, word: DeskWord, name: string, say: Say): void {
  button.title = say(word)
  button.setAttribute('aria-label', `${say(word)} ${name}`)
}
