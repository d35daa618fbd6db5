import { iconButton, wordButton } from './button'
import { copyText } from './copy-text'
import { icon } from './icon'
import { label, say } from './language'
import type { Word } from './words'

/** How long a button says that it has copied, ms */
const COPIED_SHOWN_MS = 1500

/** Copies a text; icon and word say so for a moment, if the browser let us. With a `look` it has its word beside the icon. */
export function copyButton(word: Word, testid: string, text: () => string, look = ''): HTMLButtonElement {
  const make = look ? wordButton : iconButton
  const button = make({ icon: 'copy', word, testid, look }, () => {
    void copyText(text()).then((copied) => {
      if (!copied) return
      show(button, 'check', 'copied')
      setTimeout(() => show(button, 'copy', word), COPIED_SHOWN_MS)
    })
  })
  return button
}

function show(button: HTMLButtonElement, shape: 'check' | 'copy', word: Word): void {
  button.querySelector('svg')?.replaceWith(icon(shape, true))
  const words = button.querySelector('span')
  if (words) say(words, word)
  label(button, word)
}
