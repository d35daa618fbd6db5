import { answer, type CallbackOptions } from './callback-style'
import { showModal } from './modal'

interface ScanResult {
  readonly result: string
  readonly scanType: string
  readonly charSet: string
}

/** wx.scanCode without a scanner: the person pastes what the code says. */
export function scannerApi() {
  return {
    scanCode: (options?: CallbackOptions<ScanResult>) =>
      answer('scanCode', options, async () => {
        const chinese = new URLSearchParams(location.search).get('lang') !== 'en'
        const { confirm, content } = await showModal({
          title: chinese ? '浏览器里没有扫码器' : 'A browser has no scanner',
          placeholderText: chinese ? '粘贴二维码的内容' : 'Paste what the code says',
          editable: true,
        })
        if (!confirm || !content) throw new Error('cancel')
        return { result: content, scanType: 'QR_CODE', charSet: 'UTF-8' }
      }),
  }
}
