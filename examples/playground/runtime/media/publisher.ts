import { CameraFeed, type FeedLook } from './camera-feed'
import { CaptureRefused, openCapture } from './capture'
import { FlvUplink } from './flv-uplink'
import { H264Encoder } from './h264-encoder'
import { MicrophoneFeed } from './microphone-feed'
import { loadMusic } from './music-loader'
import { PUSH_CODE, PUSH_ERROR } from './native-codes'
import { PusherStatistics, type PusherInfo } from './pusher-statistics'
import { SoundMix } from './sound-mix'

const FRAMES_PER_SECOND = 15
const NETSTATUS_INTERVAL_MS = 2000
const CONGESTION_FACTOR = 0.7
const RECOVERY_FACTOR = 1.15
const RECOVERY_INTERVAL_MS = 5000

/** What the tag's attributes ask for, read anew whenever it matters. */
export interface PublisherSettings extends FeedLook {
  readonly width: number
  readonly height: number
  readonly camera: boolean
  readonly microphone: boolean
  readonly muted: boolean
  readonly gopSeconds: number
  /** kbit/s */
  readonly minBitrate: number
  /** kbit/s */
  readonly maxBitrate: number
}

export interface PublisherEvents {
  onCode(code: number, message: string): void
  onError(errCode: number, errMsg: string): void
  onNetStatus(info: PusherInfo): void
  /** ms from start() to 1002 */
  onPublished(ms: number): void
  /** It has ended by itself and released everything. */
  onEnded(): void
}

/** One run of a live-pusher, from opening the devices to releasing them; a new start() makes a new one. */
export class Publisher {
  private feed: CameraFeed | null = null
  private microphone: MicrophoneFeed | null = null
  private encoder: H264Encoder | null = null
  private uplink: FlvUplink | null = null
  private timers: ReturnType<typeof setInterval>[] = []
  private bitrate: number
  private cameraShown = false
  private started = false
  private closed = false

  constructor(
    private readonly preview: HTMLCanvasElement,
    private readonly settings: () => PublisherSettings,
    private readonly events: PublisherEvents,
    private readonly mix = new SoundMix(loadMusic),
  ) {
    this.bitrate = settings().maxBitrate
  }

  /** start() has been called; a second call would open a second connection. */
  get publishing(): boolean {
    return this.started
  }

  /** Opens the camera and shows it. Reports and rejects when it was refused. */
  async startPreview(): Promise<void> {
    if (this.feed) return
    const settings = this.settings()
    this.feed = new CameraFeed(this.preview, settings, this.settings, {
      onFirstFrame: () => this.events.onCode(PUSH_CODE.FIRST_FRAME_CAPTURED, 'first frame captured'),
      onPicture: (picture, timestampUs) => this.encoder?.encode(picture, timestampUs),
    })
    await this.showCamera(settings.camera)
  }

  async start(url: string): Promise<void> {
    this.started = true
    const startedAt = performance.now()
    const { microphone: wanted } = this.settings()
    const audio = await this.orFail(this.openDevices(wanted))
    if (this.closed) {
      audio?.stop()
      return
    }
    if (audio) this.microphone = this.feedMicrophone(audio)
    const uplink = this.openUplink(url, startedAt)
    this.uplink = uplink
    this.encodeVideo(uplink)
    uplink.connect()
    await this.microphone?.start()
  }

  /** Applies a change of camera on/off while running. */
  async setCamera(on: boolean): Promise<void> {
    if (this.feed && on !== this.cameraShown) await this.orFail(this.showCamera(on))
  }

  /** What the microphone hears, muted or not; null while it is not open. */
  sound(): MediaStream | null {
    return this.microphone?.sound() ?? null
  }

  /** What is published beside the microphone. Throws where no sound is. */
  soundMix(): SoundMix {
    if (!this.started || !this.settings().microphone) throw new Error('no sound is published')
    return this.mix
  }

  /** Throws without a camera, and where it has no light. */
  async toggleTorch(): Promise<void> {
    if (!this.feed) throw new Error('the camera is not open')
    await this.feed.toggleTorch()
  }

  setPaused(paused: boolean): void {
    this.feed?.setPaused(paused)
  }

  /** The person has taken the permission for the camera away: it goes dark, and the run ends as if it had been refused. */
  refuseCamera(): void {
    if (!this.closed && this.cameraShown)
      this.reportFailure(new CaptureRefused('video', true, 'camera: not allowed any more'))
  }

  close(): void {
    this.closed = true
    for (const timer of this.timers) clearInterval(timer)
    this.timers = []
    this.uplink?.close()
    this.uplink = null
    this.feed?.close()
    this.microphone?.close()
    this.mix.stop()
    this.encoder?.close()
    delete this.preview.dataset.state
  }

  /** Opens both at once. Where both are refused the camera is named: it is what a person looks for first. */
  private async openDevices(microphone: boolean): Promise<MediaStreamTrack | null> {
    const [camera, sound] = await Promise.allSettled([this.startPreview(), microphone ? this.open('audio') : null])
    if (camera.status === 'fulfilled' && sound.status === 'fulfilled') return sound.value
    if (sound.status === 'fulfilled') sound.value?.stop()
    throw camera.status === 'rejected' ? camera.reason : (sound as PromiseRejectedResult).reason
  }

  private async showCamera(on: boolean): Promise<void> {
    this.cameraShown = on
    const track = on ? await this.open('video') : null
    if (this.closed || !this.feed || this.cameraShown !== on) {
      track?.stop()
      return
    }
    this.preview.dataset.state = 'loading'
    this.feed.show(track)
    if (track) this.events.onCode(PUSH_CODE.CAMERA_OPENED, 'camera opened')
  }

  private async open(kind: 'video' | 'audio'): Promise<MediaStreamTrack> {
    const track = await openCapture(kind)
    if (this.closed) track.stop()
    return track
  }

  /** A refused device ends the run, with the codes that tell which one. */
  private async orFail<T>(work: Promise<T>): Promise<T> {
    try {
      return await work
    } catch (error) {
      if (!this.closed) this.reportFailure(error)
      throw error
    }
  }

  private reportFailure(error: unknown): void {
    const isAudio = error instanceof CaptureRefused && error.kind === 'audio'
    const message = error instanceof Error ? error.message : String(error)
    this.close()
    this.preview.dataset.state = 'failed'
    if (error instanceof CaptureRefused && error.byPerson)
      this.events.onError(isAudio ? PUSH_ERROR.MICROPHONE_REFUSED : PUSH_ERROR.CAMERA_REFUSED, message)
    this.events.onCode(isAudio ? PUSH_CODE.MICROPHONE_FAILED : PUSH_CODE.CAMERA_FAILED, message)
    this.events.onEnded()
  }

  private encodeVideo(uplink: FlvUplink): void {
    const { width, height, gopSeconds } = this.settings()
    let first = true
    this.encoder = new H264Encoder(
      { width, height, gopSeconds, framesPerSecond: FRAMES_PER_SECOND, bitrate: this.bitrate * 1000 },
      {
        onConfig: (config) => uplink.setVideoConfig(config),
        onFrame: (timestampMs, key, data) => {
          if (first) this.events.onCode(PUSH_CODE.ENCODER_STARTED, 'video encoder started')
          first = false
          uplink.sendVideo(timestampMs, key, data)
        },
        onError: (reason) => this.events.onCode(PUSH_CODE.VIDEO_ENCODING_FAILED, reason),
      },
    )
  }

  private feedMicrophone(track: MediaStreamTrack): MicrophoneFeed {
    return new MicrophoneFeed(track, (samples, format) => this.mix.apply(samples, format, this.settings().muted), {
      onPacket: (timestampMs, data, config) => {
        if (config) this.uplink?.setAudioConfig(config)
        this.uplink?.sendAudio(timestampMs, data)
      },
      onError: (reason) => this.events.onCode(PUSH_CODE.AUDIO_ENCODING_FAILED, reason),
    })
  }

  private openUplink(url: string, startedAt: number): FlvUplink {
    const { width, height } = this.settings()
    const uplink = new FlvUplink(
      url,
      {
        width,
        height,
        framesPerSecond: FRAMES_PER_SECOND,
        videoBitrate: this.bitrate,
        audio: this.microphone?.format ?? null,
      },
      {
        onCode: (code, message) => {
          this.events.onCode(code, message)
          if (code === PUSH_CODE.PUBLISHED) this.events.onPublished(performance.now() - startedAt)
        },
        onKeyFrameNeeded: () => this.encoder?.requestKeyFrame(),
        onCongestion: () => this.setBitrate(this.bitrate * CONGESTION_FACTOR),
        onGaveUp: () => {
          this.close()
          this.events.onCode(PUSH_CODE.GAVE_UP, 'gave up after three retries')
          this.events.onEnded()
        },
      },
    )
    const statistics = new PusherStatistics(uplink, width, height)
    this.timers = [
      setInterval(() => this.events.onNetStatus(statistics.next()), NETSTATUS_INTERVAL_MS),
      setInterval(() => this.setBitrate(this.bitrate * RECOVERY_FACTOR), RECOVERY_INTERVAL_MS),
    ]
    return uplink
  }

  private setBitrate(kbps: number): void {
    const { minBitrate, maxBitrate } = this.settings()
    const next = Math.round(Math.max(Math.min(minBitrate, maxBitrate), Math.min(kbps, maxBitrate)))
    this.bitrate = next
    this.encoder?.setBitrate(next * 1000)
  }
}
