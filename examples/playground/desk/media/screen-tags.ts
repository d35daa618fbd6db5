import { FlvUplink } from '../../runtime/media/flv-uplink'
import { readFrames } from '../../runtime/media/frame-streams'
import { H264Encoder } from '../../runtime/media/h264-encoder'
import { PUSH_CODE } from '../../runtime/media/native-codes'
import { flvSocketUrl } from '../../runtime/network'
import type { TagListener, Transport } from './desk-tags'
import { WhipUplink } from './whip-uplink'

const FRAMES_PER_SECOND = 15
const GOP_SECONDS = 2
/** kbit/s: text has to stay readable */
const BITRATE_KBPS = 1500
/** What the encoder's level holds. */
const MAX_WIDTH = 1280
const MAX_HEIGHT = 720
/** A screen on which nothing moves gives no frames; whoever comes anew needs one all the same. */
const REPEAT_MS = 500
/** a frame this much early still counts, or a 30 fps screen would give 10 */
const PACE_TOLERANCE = 0.7

/** One run of publishing a screen. The track stays its owner's. */
export interface ScreenPublisher {
  start(url: string): void
  close(): void
}

/** What to ask the browser for: no more than is sent. */
export const SCREEN_CONSTRAINTS: DisplayMediaStreamOptions = {
  video: {
    width: { max: MAX_WIDTH },
    height: { max: MAX_HEIGHT },
    frameRate: { max: FRAMES_PER_SECOND },
  },
  audio: false,
}

export function createScreenPublisher(
  transport: Transport,
  track: MediaStreamTrack,
  listener: TagListener,
): ScreenPublisher {
  return transport === 'flv' ? new FlvScreen(track, listener) : new WhipScreen(track, listener)
}

class WhipScreen implements ScreenPublisher {
  private readonly uplink: WhipUplink

  constructor(
    private readonly track: MediaStreamTrack,
    private readonly listener: TagListener,
  ) {
    this.uplink = new WhipUplink(listener, (reason) => this.lose(reason))
  }

  start(url: string): void {
    this.uplink
      .publish(url, { picture: this.track, sound: null, maxBitrate: BITRATE_KBPS })
      .catch((error: unknown) => this.lose((error as Error).message))
  }

  close(): void {
    this.uplink.close()
  }

  private lose(reason: string): void {
    this.uplink.close()
    this.listener.onCode(PUSH_CODE.GAVE_UP, reason)
  }
}

/** Screen → H.264 in FLV, in a picture of one size: a window that changes its shape is shown whole within it. */
class FlvScreen implements ScreenPublisher {
  private readonly picture: OffscreenCanvas
  private readonly context: OffscreenCanvasRenderingContext2D
  private readonly startedAt = performance.now()
  private encoder: H264Encoder | null = null
  private uplink: FlvUplink | null = null
  private endFrames: () => void = () => undefined
  private repeat: ReturnType<typeof setInterval> | undefined
  private encodedAtUs = -1
  private painted = false

  constructor(
    private readonly track: MediaStreamTrack,
    private readonly listener: TagListener,
  ) {
    const { width, height } = sizeOf(track)
    this.picture = new OffscreenCanvas(width, height)
    const context = this.picture.getContext('2d')
    if (!context) throw new Error('no 2d context')
    this.context = context
  }

  start(url: string): void {
    const address = flvSocketUrl(url)
    if (!address) throw new Error('not a URL to publish to')
    const { width, height } = this.picture
    const uplink = new FlvUplink(
      address,
      { width, height, framesPerSecond: FRAMES_PER_SECOND, videoBitrate: BITRATE_KBPS, audio: null },
      {
        onCode: (code, message) => this.listener.onCode(code, message),
        onKeyFrameNeeded: () => this.encoder?.requestKeyFrame(),
        onCongestion: () => undefined,
        onGaveUp: () => {
          this.close()
          this.listener.onCode(PUSH_CODE.GAVE_UP, 'gave up after three retries')
        },
      },
    )
    this.uplink = uplink
    this.encoder = new H264Encoder(
      { width, height, gopSeconds: GOP_SECONDS, framesPerSecond: FRAMES_PER_SECOND, bitrate: BITRATE_KBPS * 1000 },
      {
        onConfig: (config) => uplink.setVideoConfig(config),
        onFrame: (timestampMs, key, data) => uplink.sendVideo(timestampMs, key, data),
        onError: (reason) => this.listener.onCode(PUSH_CODE.VIDEO_ENCODING_FAILED, reason),
      },
    )
    uplink.connect()
    this.follow()
  }

  close(): void {
    this.endFrames()
    clearInterval(this.repeat)
    this.uplink?.close()
    this.encoder?.close()
  }

  private follow(): void {
    const { track } = this
    this.endFrames = readFrames<VideoFrame>(track, 2, (frame) => {
      this.paint(frame)
      if (this.elapsedUs() - this.encodedAtUs > (1e6 / FRAMES_PER_SECOND) * PACE_TOLERANCE) this.encode()
    })
    this.repeat = setInterval(() => {
      const isStill = this.painted && this.elapsedUs() - this.encodedAtUs > REPEAT_MS * 1000
      if (isStill && track.readyState === 'live') this.encode()
    }, REPEAT_MS)
  }

  private paint(frame: VideoFrame): void {
    const { width, height } = this.picture
    const scale = Math.min(width / frame.displayWidth, height / frame.displayHeight)
    const [w, h] = [frame.displayWidth * scale, frame.displayHeight * scale]
    this.context.fillStyle = '#000'
    this.context.fillRect(0, 0, width, height)
    this.context.drawImage(frame, (width - w) / 2, (height - h) / 2, w, h)
    this.painted = true
  }

  private encode(): void {
    this.encodedAtUs = this.elapsedUs()
    this.encoder?.encode(this.picture, this.encodedAtUs)
  }

  private elapsedUs(): number {
    return Math.round((performance.now() - this.startedAt) * 1000)
  }
}

/** What is captured, no larger than the encoder takes, in the even numbers it wants. */
function sizeOf(track: MediaStreamTrack): { width: number; height: number } {
  const { width = MAX_WIDTH, height = MAX_HEIGHT } = track.getSettings()
  const scale = Math.min(1, MAX_WIDTH / width, MAX_HEIGHT / height)
  const even = (length: number): number => Math.max(2, Math.round((length * scale) / 2) * 2)
  return { width: even(width), height: even(height) }
}
