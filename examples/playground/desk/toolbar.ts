import { element } from '../site/element'
import { deskIcon, setDeskIcon, type DeskIcon } from './desk-icon'
import type { DeskWord, Say } from './words'

interface Control {
  readonly button: HTMLButtonElement
  readonly text: HTMLElement
  readonly icon: SVGSVGElement
}

/** How one button looks at the moment. */
export interface ControlLook {
  readonly icon: DeskIcon
  readonly word: DeskWord
  readonly pressed?: boolean
  /** there is nothing to do with it just now */
  readonly hidden?: boolean
  /** a number in its corner */
  readonly badge?: number
}

/** The row of buttons beneath the stage. */
export class Toolbar {
  readonly root = element('footer', { class: 'dk__bar' })
  private readonly controls = new Map<string, Control>()

  /** @param look a class name beside `db`, such as `db--end` */
  add(name: string, look: string, press: () => void): void {
    const icon = deskIcon('mic')
    const text = element('span')
    const button = element('button', { type: 'button', class: `db ${look}`, 'data-testid': `desk-${name}` }, icon, text)
    button.addEventListener('click', press)
    this.controls.set(name, { button, text, icon })
    this.root.append(button)
  }

  divide(): void {
    this.root.append(element('span', { class: 'dbl' }))
  }

  render(name: string, look: ControlLook, say: Say): void {
    const control = this.controls.get(name)
    if (!control) return
    const { button, text, icon } = control
    setDeskIcon(icon, look.icon)
    text.textContent = say(look.word)
    button.hidden = look.hidden ?? false
    if (look.pressed !== undefined) button.setAttribute('aria-pressed', String(look.pressed))
    button.querySelector('.db__n')?.remove()
    if (look.badge) button.append(element('span', { class: 'db__n' }, String(look.badge)))
  }
}
