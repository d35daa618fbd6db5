import type { SoundFormat } from './background-music'
import { readFrames } from './frame-streams'
import { soundCodec } from './sound-codec'
import type { SoundCodec } from './sound-codec'
import type { SoundEncoder, SoundSink } from './sound-encoder'

const DEFAULT_SAMPLE_RATE = 48_000
const BITRATE = 48_000
const BUFFERED_FRAMES = 10
const SILENCE_AFTER_MS = 300
const SILENCE_INTERVAL_MS = 100

export interface MicrophoneFormat extends SoundFormat {
  readonly codec: SoundCodec
}

/** Microphone → packets of sound, with whatever is done to its samples before they are encoded. */
export class MicrophoneFeed {
  readonly format: MicrophoneFormat
  private readonly startedAt = performance.now()
  private encoder: SoundEncoder | null = null
  private endFrames: () => void = () => {}
  private silenceTimer: ReturnType<typeof setInterval> | undefined
  private encodedUntilUs = 0
  private closed = false

  constructor(
    private readonly track: MediaStreamTrack,
    /** Makes interleaved samples what is sent, in their place. */
    private readonly finish: (samples: Float32Array, format: SoundFormat) => void,
    private readonly sink: SoundSink,
  ) {
    const settings = track.getSettings()
    const { sampleRate = DEFAULT_SAMPLE_RATE, channelCount: channels = 1 } = settings
    this.format = { codec: soundCodec(), sampleRate, channels }
  }

  async start(): Promise<void> {
    const { SoundEncoder } = await import('./sound-encoder')
    if (this.closed) return
    this.encoder = SoundEncoder.create({ ...this.format, bitrate: BITRATE }, this.sink)
    let anchorUs: number | undefined
    this.endFrames = readFrames<AudioData>(this.track, BUFFERED_FRAMES, (data) => {
      anchorUs ??= this.elapsedUs() - data.timestamp
      this.encode(this.interleaved(data), data.timestamp + anchorUs)
    })
    this.silenceTimer = setInterval(() => this.fillSilence(), SILENCE_INTERVAL_MS)
  }

  /** The microphone as it is, muted or not. */
  sound(): MediaStream {
    return new MediaStream([this.track])
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    clearInterval(this.silenceTimer)
    this.endFrames()
    this.encoder?.close()
    this.track.stop()
  }

  /** A source may give nothing (an AudioContext before the first tap): players would wait for the sound that was announced. */
  private fillSilence(): void {
    const now = this.elapsedUs()
    if (now - this.encodedUntilUs < SILENCE_AFTER_MS * 1000) return
    const { sampleRate, channels } = this.format
    const frames = Math.round((sampleRate * SILENCE_INTERVAL_MS) / 1000)
    this.encode(new Float32Array(frames * channels), now - SILENCE_INTERVAL_MS * 1000)
  }

  private encode(samples: Float32Array<ArrayBuffer>, timestampUs: number): void {
    const { sampleRate, channels } = this.format
    const at = Math.max(this.encodedUntilUs, Math.round(timestampUs))
    this.finish(samples, this.format)
    this.encodedUntilUs = at + Math.round((samples.length / channels / sampleRate) * 1e6)
    this.encoder?.encode(samples, at)
  }

  private elapsedUs(): number {
    return (performance.now() - this.startedAt) * 1000
  }

  private interleaved(data: AudioData): Float32Array<ArrayBuffer> {
    const { channels } = this.format
    const samples = new Float32Array(data.numberOfFrames * channels)
    const plane = new Float32Array(data.numberOfFrames)
    for (let channel = 0; channel < channels; channel += 1) {
      data.copyTo(plane, { planeIndex: Math.min(channel, data.numberOfChannels - 1), format: 'f32-planar' })
      for (let index = 0; index < plane.length; index += 1) samples[index * channels + channel] = plane[index] ?? 0
    }
    return samples
  }
}
