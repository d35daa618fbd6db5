import { readFrames } from './frame-streams'
import { PicturePainter, type Look } from './picture-painter'
import { extinguish, toggleTorch } from './torch'

const FRAMES_PER_SECOND = 15
/** a frame this much early still counts, or a 30 fps camera would give 10 */
const PACE_TOLERANCE = 0.7
/** without a camera the picture only has to keep the clock running */
const PLACEHOLDER_INTERVAL_MS = 250

export interface FeedLook extends Look {
  /** whether the person sees oneself as in a mirror */
  readonly previewMirrored: boolean
}

export interface FeedListener {
  /** The finished picture; valid during the call only. `timestampUs` is since the feed's start. */
  onPicture(picture: OffscreenCanvas, timestampUs: number): void
  onFirstFrame(): void
}

/** Camera frames → finished pictures, for the preview and for the encoder. */
export class CameraFeed {
  private readonly painter = new PicturePainter()
  private readonly picture: OffscreenCanvas
  private readonly context: OffscreenCanvasRenderingContext2D
  private readonly previewContext: CanvasRenderingContext2D
  private readonly startedAt = performance.now()
  private endSource: () => void = () => {}
  private camera: MediaStreamTrack | null = null
  private framesSeen = 0
  private paused = false

  constructor(
    private readonly preview: HTMLCanvasElement,
    size: { readonly width: number; readonly height: number },
    private readonly look: () => FeedLook,
    private readonly listener: FeedListener,
  ) {
    this.picture = new OffscreenCanvas(size.width, size.height)
    Object.assign(preview, { width: size.width, height: size.height })
    const [context, previewContext] = [this.picture.getContext('2d'), preview.getContext('2d')]
    if (!context || !previewContext) throw new Error('no 2d context')
    this.context = context
    this.previewContext = previewContext
  }

  /** Shows a camera, or with null the picture that says that the camera is off. Stops the track that was shown before. */
  show(track: MediaStreamTrack | null): void {
    this.close()
    this.camera = track
    if (!track) {
      const timer = setInterval(() => this.paint(null, this.elapsedUs()), PLACEHOLDER_INTERVAL_MS)
      this.endSource = () => clearInterval(timer)
      return
    }
    let anchorUs: number | undefined
    let dueUs = 0
    this.endSource = readFrames<VideoFrame>(track, 2, (frame) => {
      anchorUs ??= this.elapsedUs() - frame.timestamp
      const timestampUs = frame.timestamp + anchorUs
      if (timestampUs >= dueUs && !this.paused) {
        dueUs = timestampUs + (1e6 / FRAMES_PER_SECOND) * PACE_TOLERANCE
        this.paint(frame, timestampUs)
      }
    })
  }

  /** The picture stands still while paused; the camera stays open, as on a phone. */
  setPaused(paused: boolean): void {
    this.paused = paused
  }

  /** Throws while the camera is off, and where it has no light. */
  async toggleTorch(): Promise<void> {
    if (!this.camera) throw new Error('the camera is off')
    await toggleTorch(this.camera)
  }

  close(): void {
    if (this.camera) extinguish(this.camera)
    this.camera = null
    this.endSource()
    this.endSource = () => {}
  }

  private elapsedUs(): number {
    return Math.round((performance.now() - this.startedAt) * 1000)
  }

  private paint(frame: VideoFrame | null, timestampUs: number): void {
    const nowMs = performance.timeOrigin + performance.now()
    const look = this.look()
    const camera = frame && { source: frame, width: frame.displayWidth, height: frame.displayHeight }
    this.painter.paint(this.context, camera, look, nowMs)
    if (look.previewMirrored === look.mirrored) this.previewContext.drawImage(this.picture, 0, 0)
    else this.painter.paint(this.previewContext, camera, { ...look, mirrored: look.previewMirrored }, nowMs)
    this.preview.dataset.state = 'playing'
    this.framesSeen += 1
    if (this.framesSeen === 1) this.listener.onFirstFrame()
    this.listener.onPicture(this.picture, Math.max(0, Math.round(timestampUs)))
  }
}
