import { element } from './element'
import { icon } from './icon'
import type { IconName } from './icon-shapes'
import { label, say } from './language'
import type { Word } from './words'

interface ButtonLook {
  readonly icon: IconName
  readonly word: Word
  readonly testid: string
  /** class names of the look, e.g. `bt bt--main` */
  readonly look: string
}

/** A button of icon and word. */
export function wordButton(look: ButtonLook, press: () => void): HTMLButtonElement {
  const word = say(element('span'), look.word)
  const button = element(
    'button',
    { class: look.look, type: 'button', 'data-testid': look.testid },
    icon(look.icon, true),
    word,
  )
  label(button, look.word)
  button.addEventListener('click', press)
  return button
}

/** A button of an icon alone; its word is for readers and the tooltip. */
export function iconButton(look: Omit<ButtonLook, 'look'>, press: () => void): HTMLButtonElement {
  const button = element('button', { class: 'ib', type: 'button', 'data-testid': look.testid }, icon(look.icon, true))
  button.title = look.word
  label(button, look.word)
  button.addEventListener('click', press)
  return button
}
