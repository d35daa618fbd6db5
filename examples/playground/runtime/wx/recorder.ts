import { openCapture } from '../media/capture'
import { readFrames } from '../media/frame-streams'
import { hub } from '../phone-hub'

interface RecorderOptions {
  /** ms */
  duration?: number
  sampleRate?: number
  format?: string
  /** KB of sound in each onFrameRecorded */
  frameSize?: number
}

interface FrameResult {
  readonly frameBuffer: ArrayBuffer
  readonly isLastFrame: boolean
}

const DURATION_MS = 60_000
const SAMPLE_RATE = 8000
const BUFFERED_FRAMES = 10

/**
 * wx.getRecorderManager(), one for the program, as far as it hands out raw sound: 16 bits, one channel. Nothing is written to a
 * file, and no other format is made.
 */
export function recorderApi() {
  const recorder = new Recorder()
  return { getRecorderManager: () => recorder }
}

class Recorder {
  private listeners: Record<string, ((detail: object) => void) | undefined> = {}
  private run: Recording | null = null

  onStart = (listener: () => void): void => this.listen('start', listener)
  onStop = (listener: (detail: object) => void): void => this.listen('stop', listener)
  onError = (listener: (detail: object) => void): void => this.listen('error', listener)
  onFrameRecorded = (listener: (frame: FrameResult) => void): void =>
    this.listen('frame', listener as (detail: object) => void)

  start = (options: RecorderOptions = {}): void => {
    if (this.run) return this.tell('error', { errMsg: 'operateRecorder:fail is recording or paused' })
    if (options.format !== 'PCM')
      return this.tell('error', { errMsg: 'operateRecorder:fail only PCM in the playground' })
    const run = new Recording(options, (frame) => this.tell('frame', frame))
    this.run = run
    run.open().then(
      () => {
        if (this.run !== run) return
        this.tell('start', {})
        run.endAfter(options.duration ?? DURATION_MS, () => this.stop())
      },
      (error: Error) => {
        if (this.run !== run) return
        this.run = null
        this.tell('error', { errMsg: `operateRecorder:fail auth deny ${error.message}` })
      },
    )
  }

  stop = (): void => {
    const { run } = this
    if (!run) return
    this.run = null
    run.close()
    this.tell('stop', { tempFilePath: '', duration: run.recordedMs, fileSize: 0 })
  }

  private listen(name: string, listener: (detail: object) => void): void {
    this.listeners[name] = listener
  }

  private tell(name: string, detail: object): void {
    // never within the call that caused it
    setTimeout(() => this.listeners[name]?.(detail))
  }
}

/** One recording: the microphone's sound at the rate that was asked for, handed out in pieces. */
class Recording {
  private readonly startedAt = performance.now()
  private readonly rate: number
  private readonly piece: Int16Array<ArrayBuffer>
  private filled = 0
  /** Where the next sample is taken, in samples of the source before this frame. */
  private position = 0
  private closed = false
  private endSource: () => void = () => undefined
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    { sampleRate = SAMPLE_RATE, frameSize = 1 }: RecorderOptions,
    private readonly onFrame: (frame: FrameResult) => void,
  ) {
    this.rate = sampleRate
    this.piece = new Int16Array((frameSize * 1024) / 2)
  }

  get recordedMs(): number {
    return Math.round(performance.now() - this.startedAt)
  }

  async open(): Promise<void> {
    const track = await openCapture('audio')
    if (this.closed) return track.stop()
    const endFrames = readFrames<AudioData>(track, BUFFERED_FRAMES, (data) => {
      this.take(data)
      data.close()
    })
    const forget = hub.on('foregroundChanged', (foreground) => !foreground && this.close())
    this.endSource = () => {
      forget()
      endFrames()
      track.stop()
    }
  }

  endAfter(ms: number, end: () => void): void {
    this.timer = setTimeout(end, ms)
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    clearTimeout(this.timer)
    this.endSource()
  }

  private take(data: AudioData): void {
    const samples = new Float32Array(data.numberOfFrames)
    data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' })
    const step = data.sampleRate / this.rate
    for (; this.position < samples.length; this.position += step) this.push(samples[Math.floor(this.position)] ?? 0)
    this.position -= samples.length
  }

  private push(sample: number): void {
    this.piece[this.filled] = Math.round(Math.max(-1, Math.min(1, sample)) * 0x7fff)
    this.filled += 1
    if (this.filled < this.piece.length) return
    this.filled = 0
    this.onFrame({ frameBuffer: this.piece.slice().buffer, isLastFrame: false })
  }
}
