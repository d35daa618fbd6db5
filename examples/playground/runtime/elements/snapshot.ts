export interface Snapshot {
  readonly tempImagePath: string
  /** px, as text: so WeChat answers */
  readonly width: string
  readonly height: string
}

/** The picture on screen as a JPEG; the path is a blob URL of this document. */
export async function snapshotOf(picture: HTMLCanvasElement | HTMLVideoElement): Promise<Snapshot> {
  const isVideo = picture instanceof HTMLVideoElement
  const width = isVideo ? picture.videoWidth : picture.width
  const height = isVideo ? picture.videoHeight : picture.height
  const canvas = new OffscreenCanvas(width, height)
  canvas.getContext('2d')?.drawImage(picture, 0, 0)
  const blob = await canvas.convertToBlob({ type: 'image/jpeg' })
  return { tempImagePath: URL.createObjectURL(blob), width: String(width), height: String(height) }
}
