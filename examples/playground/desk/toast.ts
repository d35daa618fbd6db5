import { element } from '../site/element'
import { deskIcon, type DeskIcon } from './desk-icon'

const SHOWN_MS = 8000

export interface ToastText {
  readonly icon: DeskIcon
  readonly title: string
  readonly detail?: string
  readonly actions?: readonly { readonly word: string; readonly testid: string; press(): void }[]
  /** stays until it is answered */
  readonly stays?: boolean
}

/** Shows a short message over the page's lower corner. @returns takes it away */
export function showToast(corner: HTMLElement, toast: ToastText): () => void {
  const text = element('div', {}, element('b', {}, toast.title))
  if (toast.detail) text.append(element('i', {}, toast.detail))
  const root = element('div', { class: 'toast', role: 'status' }, deskIcon(toast.icon), text)
  const end = (): void => root.remove()
  for (const { word, testid, press } of toast.actions ?? []) {
    const button = element('button', { type: 'button', 'data-testid': testid }, word)
    button.addEventListener('click', () => {
      press()
      end()
    })
    root.append(button)
  }
  corner.append(root)
  if (!toast.stays) setTimeout(end, SHOWN_MS)
  return end
}
