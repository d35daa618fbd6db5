import { element } from './element'
import { label } from './language'
import type { Word } from './words'

/** An address to read and to select as a whole; it stays in one line, whose end is cut off. */
export function addressField(text: string, testid: string, word: Word, args: Record<string, string> = {}): HTMLElement {
  const field = { class: 'url', role: 'textbox', 'aria-readonly': 'true', tabindex: '0', 'data-testid': testid }
  return label(element('div', field, text), word, args)
}
