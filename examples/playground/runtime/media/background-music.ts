/** How often its progress is told, in the music's own time. */
const PROGRESS_EVERY_MS = 500

/** Decoded music, one plane of samples for each of its channels. */
export interface Music {
  readonly sampleRate: number
  readonly planes: readonly Float32Array[]
}

/** How the samples are to be that music is mixed into; they are interleaved. */
export interface SoundFormat {
  readonly sampleRate: number
  readonly channels: number
}

/** What playBGM takes beside the address; ms from the beginning of the music. */
export interface MusicSpan {
  readonly startTimeMs?: number
  /** 0 = to its end */
  readonly endTimeMs?: number
}

export interface MusicListener {
  onStart(): void
  /** ms since the beginning of the music, and its length; whole numbers */
  onProgress(progress: number, duration: number): void
  /** It has been played to its end. */
  onComplete(): void
  /** It cannot be loaded or decoded. */
  onFailed(reason: string): void
}

/** A piece of music on its way into a stream: its time is that of the samples that it has been mixed into. */
export class BackgroundMusic {
  /** in samples of the music; between two of them where its rate is not the stream's */
  private position: number
  private readonly end: number
  private toldMs = -Infinity

  constructor(
    private readonly music: Music,
    span: MusicSpan,
    private readonly listener: Partial<MusicListener>,
  ) {
    const length = music.planes[0]?.length ?? 0
    const [startMs, endMs] = boundsOf(span, this.msOf(length))
    this.position = this.samplesIn(startMs)
    this.end = Math.min(length, this.samplesIn(endMs))
  }

  get isOver(): boolean {
    return this.position >= this.end
  }

  /** Adds its next part to interleaved samples. The first call begins it. */
  mixInto(samples: Float32Array, { sampleRate, channels }: SoundFormat, volume: number): void {
    if (this.toldMs === -Infinity) this.listener.onStart?.()
    const step = this.music.sampleRate / sampleRate
    for (let frame = 0; frame + channels <= samples.length && !this.isOver; frame += channels) {
      for (let channel = 0; channel < channels; channel += 1) {
        const index = frame + channel
        samples[index] = (samples[index] ?? 0) + volume * this.sample(channel, channels)
      }
      this.position += step
    }
    this.tellProgress()
  }

  private sample(channel: number, channels: number): number {
    const { planes } = this.music
    if (channels > 1) return between(planes[Math.min(channel, planes.length - 1)], this.position)
    return planes.reduce((sum, plane) => sum + between(plane, this.position), 0) / planes.length
  }

  private tellProgress(): void {
    const ms = this.msOf(Math.min(this.position, this.end))
    if (ms - this.toldMs < PROGRESS_EVERY_MS && !this.isOver) return
    this.toldMs = ms
    this.listener.onProgress?.(Math.round(ms), Math.round(this.msOf(this.music.planes[0]?.length ?? 0)))
  }

  private samplesIn(ms: number): number {
    return Math.round((ms / 1000) * this.music.sampleRate)
  }

  private msOf(samples: number): number {
    return (samples / this.music.sampleRate) * 1000
  }
}

/** As WeChat has it: a bound outside the music is none. Nor is an end that does not come after the start. */
function boundsOf({ startTimeMs = 0, endTimeMs = 0 }: MusicSpan, durationMs: number): readonly [number, number] {
  const start = startTimeMs > 0 && startTimeMs < durationMs ? startTimeMs : 0
  return [start, endTimeMs > start && endTimeMs < durationMs ? endTimeMs : durationMs]
}

/** What lies between two samples, on a straight line. */
function between(plane: Float32Array | undefined, position: number): number {
  const before = Math.floor(position)
  const first = plane?.[before] ?? 0
  return first + ((plane?.[before + 1] ?? first) - first) * (position - before)
}
