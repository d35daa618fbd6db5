import { nextFrame } from '../next-frame'

export interface ModalContent {
  title?: string
  content?: string
  showCancel?: boolean
  cancelText?: string
  confirmText?: string
  /** A field to write into takes the place of the content, which is its first text. */
  editable?: boolean
  placeholderText?: string
}

export interface ModalResult {
  confirm: boolean
  cancel: boolean
  /** what was written into the field of an editable one */
  content?: string
}

/** A dialog over the phone; resolves with the button that was pressed. */
export function showModal(asked: ModalContent): Promise<ModalResult> {
  const { title = '', content = '', showCancel = true, cancelText, confirmText } = asked
  return new Promise<ModalResult>((resolve) => {
    const modal = document.createElement('dialog')
    modal.className = 'phone-modal'
    const heading = modal.appendChild(document.createElement('h2'))
    heading.textContent = title
    const field = asked.editable ? modal.appendChild(fieldOf(asked)) : null
    if (!field) modal.appendChild(document.createElement('p')).textContent = content
    const buttons = modal.appendChild(document.createElement('div'))
    const finish = (confirm: boolean): void => {
      modal.remove()
      resolve({ confirm, cancel: !confirm, ...(field && { content: field.value }) })
    }
    const chinese = new URLSearchParams(location.search).get('lang') !== 'en'
    if (showCancel)
      buttons.append(modalButton('modal-cancel', cancelText ?? (chinese ? '取消' : 'Cancel'), () => finish(false)))
    buttons.append(modalButton('modal-confirm', confirmText ?? (chinese ? '确定' : 'OK'), () => finish(true)))
    modal.addEventListener('cancel', () => finish(false))
    document.body.append(modal)
    nextFrame(() => modal.isConnected && modal.showModal())
  })
}

function fieldOf({ content = '', placeholderText = '' }: ModalContent): HTMLInputElement {
  const field = document.createElement('input')
  Object.assign(field, { value: content, placeholder: placeholderText })
  field.setAttribute('aria-label', placeholderText)
  field.dataset.testid = 'modal-field'
  return field
}

function modalButton(testid: string, text: string, press: () => void): HTMLButtonElement {
  const button = document.createElement('button')
  button.dataset.testid = testid
  button.textContent = text
  button.addEventListener('click', press)
  return button
}
