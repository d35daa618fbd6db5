import { answer, type CallbackOptions } from './callback-style'

type PreviewOptions = CallbackOptions & { urls: readonly string[]; current?: string }

/** wx.previewImage: the picture alone, over everything, until it is tapped. */
export function imageViewerApi() {
  return {
    previewImage: (options: PreviewOptions) => answer('previewImage', options, () => show(options)),
  }
}

function show({ urls, current }: PreviewOptions): void {
  const src = current ?? urls[0]
  if (!src) throw new Error('no picture')
  const viewer = document.createElement('dialog')
  viewer.className = 'phone-viewer'
  const picture = viewer.appendChild(document.createElement('img'))
  Object.assign(picture, { src, alt: '' })
  viewer.addEventListener('click', () => viewer.remove())
  viewer.addEventListener('cancel', () => viewer.remove())
  document.body.append(viewer)
  viewer.showModal()
}
