import { CameraFeed } from '../../runtime/media/camera-feed'
import { CaptureRefused, openCapture } from '../../runtime/media/capture'
import { PUSH_CODE, PUSH_ERROR } from '../../runtime/media/native-codes'
import type { DeskPublisher, SettingsSource, TagListener } from './desk-tags'
import { GatewaySession, preferH264 } from './gateway-session'
import { gatewayUrl } from './stream-sound'

const FRAMES_PER_SECOND = 15
const NETSTATUS_INTERVAL_MS = 2000

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
  private session: GatewaySession | null = null
  private timer: ReturnType<typeof setInterval> | undefined
  private sentBefore = 0
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
    clearInterval(this.timer)
    this.session?.close()
    this.feed?.close()
    this.microphone?.stop()
    delete this.preview.dataset.state
  }

  private async run(url: string): Promise<void> {
    const address = gatewayUrl('whip', url)
    if (!address) throw new Error('not a URL to publish to')
    const settings = this.settings()
    const camera = settings.camera ? await openCapture('video') : null
    if (this.closed) return camera?.stop()
    this.showCamera(camera)
    const microphone = await openCapture('audio')
    if (this.closed) return microphone.stop()
    this.microphone = microphone
    this.settingsChanged()
    await this.publish(address, microphone)
  }

  private showCamera(track: MediaStreamTrack | null): void {
    this.feed = new CameraFeed(this.preview, this.settings(), this.settings, {
      onFirstFrame: () => this.listener.onCode(PUSH_CODE.FIRST_FRAME_CAPTURED, 'first frame captured'),
      onPicture: () => undefined,
    })
    this.feed.show(track)
    if (track) this.listener.onCode(PUSH_CODE.CAMERA_OPENED, 'camera opened')
  }

  private async publish(address: string, microphone: MediaStreamTrack): Promise<void> {
    const session = new GatewaySession(new RTCPeerConnection({ bundlePolicy: 'max-bundle' }))
    this.session = session
    const { peer } = session
    const picture = this.preview.captureStream(FRAMES_PER_SECOND).getVideoTracks()[0]
    if (!picture) throw new Error('the picture has no track')
    const maxBitrate = this.settings().maxBitrate * 1000
    preferH264(peer.addTransceiver(picture, { direction: 'sendonly', sendEncodings: [{ maxBitrate }] }))
    peer.addTransceiver(microphone, { direction: 'sendonly' })
    peer.addEventListener('connectionstatechange', () => this.connectionChanged(peer))
    await session.negotiate(address)
    this.timer = setInterval(() => void this.measure(peer), NETSTATUS_INTERVAL_MS)
  }

  private connectionChanged(peer: RTCPeerConnection): void {
    if (this.closed) return
    if (peer.connectionState === 'connected') {
      this.listener.onCode(PUSH_CODE.CONNECTED, 'connected')
      this.listener.onCode(PUSH_CODE.PUBLISHED, 'push begin')
    } else if (peer.connectionState === 'failed') this.lose('the connection was lost')
  }

  private async measure(peer: RTCPeerConnection): Promise<void> {
    const reports = [...(await peer.getStats()).values()] as Record<string, unknown>[]
    if (this.closed) return
    const number = (type: string, field: string): number =>
      Number(reports.find((report) => report.type === type && report[field] !== undefined)?.[field] ?? 0)
    const sent = number('transport', 'bytesSent')
    const netSpeed = Math.round(((sent - this.sentBefore) * 8) / NETSTATUS_INTERVAL_MS)
    this.sentBefore = sent
    const videoFPS = number('outbound-rtp', 'framesPerSecond')
    this.listener.onNetStatus({ netSpeed, videoFPS, netQualityLevel: netSpeed > 0 ? 1 : 6 })
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
