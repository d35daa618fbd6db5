import { CameraFeed } from '../../runtime/media/camera-feed'
import { CaptureRefused, openCapture } from '../../runtime/media/capture'
import { PUSH_CODE, PUSH_ERROR } from '../../runtime/media/native-codes'
import type { DeskPublisher, SettingsSource, TagListener } from './desk-tags'
import { WhipUplink } from './whip-uplink'

const FRAMES_PER_SECOND = 15

/** Publishes H.264 and Opus over WebRTC. */
export function createWhipPublisher(
  preview: HTMLCanvasElement,
  settings: SettingsSource,
  listener: TagListener,
): DeskPublisher {
  return new WhipPublisher(preview, settings, listener)
}

class WhipPublisher implements DeskPublisher {
  readonly transport = 'webrtc'
  private feed: CameraFeed | null = null
  private microphone: MediaStreamTrack | null = null
  private uplink: WhipUplink | null = null
  private closed = false

  constructor(
    private readonly preview: HTMLCanvasElement,
    private readonly settings: SettingsSource,
    private readonly listener: TagListener,
  ) {}

  start(url: string): void {
    this.run(url).catch((error: unknown) => this.fail(error))
  }

  settingsChanged(): void {
    if (this.microphone) this.microphone.enabled = !this.settings().muted
  }

  sound(): MediaStream | null {
    return this.microphone && new MediaStream([this.microphone])
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    this.uplink?.close()
    this.feed?.close()
    this.microphone?.stop()
    delete this.preview.dataset.state
  }

  private async run(url: string): Promise<void> {
    const settings = this.settings()
    const camera = settings.camera ? await openCapture('video') : null
    if (this.closed) return camera?.stop()
    this.showCamera(camera)
    const microphone = await openCapture('audio')
    if (this.closed) return microphone.stop()
    this.microphone = microphone
    this.settingsChanged()
    await this.publish(url, microphone)
  }

  private showCamera(track: MediaStreamTrack | null): void {
    this.feed = new CameraFeed(this.preview, this.settings(), this.settings, {
      onFirstFrame: () => this.listener.onCode(PUSH_CODE.FIRST_FRAME_CAPTURED, 'first frame captured'),
      onPicture: () => undefined,
    })
    this.feed.show(track)
    if (track) this.listener.onCode(PUSH_CODE.CAMERA_OPENED, 'camera opened')
  }

  private async publish(url: string, sound: MediaStreamTrack): Promise<void> {
    const picture = this.preview.captureStream(FRAMES_PER_SECOND).getVideoTracks()[0]
    if (!picture) throw new Error('the picture has no track')
    this.uplink = new WhipUplink(this.listener, (reason) => this.lose(reason))
    await this.uplink.publish(url, { picture, sound, maxBitrate: this.settings().maxBitrate })
  }

  private fail(error: unknown): void {
    if (this.closed) return
    if (!(error instanceof CaptureRefused)) return this.lose((error as Error).message)
    this.close()
    this.preview.dataset.state = 'failed'
    const ofSound = error.kind === 'audio'
    if (error.byPerson)
      this.listener.onError(ofSound ? PUSH_ERROR.MICROPHONE_REFUSED : PUSH_ERROR.CAMERA_REFUSED, error.message)
    this.listener.onCode(ofSound ? PUSH_CODE.MICROPHONE_FAILED : PUSH_CODE.CAMERA_FAILED, error.message)
  }

  /** WebRTC has mended what it could: another try needs a new session. */
  private lose(reason: string): void {
    this.close()
    this.listener.onCode(PUSH_CODE.GAVE_UP, reason)
  }
}
