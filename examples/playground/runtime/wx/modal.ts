import { nextFrame } from '../next-frame'

export interface ModalContent {
  title?: string
  content?: string
  showCancel?: boolean
  cancelText?: string
  confirmText?: string
}

/** A dialog over the phone; resolves with the button that was pressed. */
export function showModal({ title = '', content = '', showCancel = true, cancelText, confirmText }: ModalContent) {
  return new Promise<{ confirm: boolean; cancel: boolean }>((resolve) => {
    const modal = document.createElement('dialog')
    modal.className = 'phone-modal'
    const heading = modal.appendChild(document.createElement('h2'))
    heading.textContent = title
    const text = modal.appendChild(document.createElement('p'))
    text.textContent = content
    const buttons = modal.appendChild(document.createElement('div'))
    const finish = (confirm: boolean): void => {
      modal.remove()
      resolve({ confirm, cancel: !confirm })
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

function modalButton(testid: string, text: string, press: () => void): HTMLButtonElement {
  const button = document.createElement('button')
  button.dataset.testid = testid
  button.textContent = text
  button.addEventListener('click', press)
  return button
}
