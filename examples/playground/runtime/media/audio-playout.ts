import { hub } from '../phone-hub'
import { channelsOf } from './opus-head'

const OPUS_RATE = 48_000
const SAMPLE_RATES = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000]
/** least time between scheduling a buffer and its sound */
const MIN_LEAD_S = 0.02
/** further ahead than this means that a backlog built up: start anew from the present */
const MAX_LEAD_S = 0.5

/** From an AudioSpecificConfig. */
export function aacDecoding(config: Uint8Array): AudioDecoderConfig {
  const [first = 0, second = 0] = config
  return {
    codec: 'mp4a.40.2',
    sampleRate: SAMPLE_RATES[((first & 7) << 1) | (second >> 7)] ?? 48_000,
    numberOfChannels: (second >> 3) & 15 || 1,
    description: config.slice(),
  }
}

/** From an OpusHead. */
export function opusDecoding(head: Uint8Array): AudioDecoderConfig {
  return { codec: 'opus', sampleRate: OPUS_RATE, numberOfChannels: channelsOf(head), description: head.slice() }
}

/** Packets of sound → loudspeaker, with about `delayMs` of reserve. */
export class AudioPlayout {
  private readonly context = new AudioContext({ latencyHint: 'interactive' })
  private readonly gain = new GainNode(this.context)
  private readonly decoder: AudioDecoder
  private tap: MediaStreamAudioDestinationNode | null = null
  private nextAt = 0

  constructor(
    config: AudioDecoderConfig,
    private readonly delayMs: number,
    onError: (reason: string) => void,
  ) {
    this.gain.connect(this.context.destination)
    this.decoder = new AudioDecoder({
      output: (data) => this.play(data),
      error: (error) => onError(error.message),
    })
    this.decoder.configure(config)
    if (this.context.state === 'suspended') this.resumeOnGesture()
  }

  push(timestampMs: number, data: Uint8Array): void {
    if (this.decoder.state !== 'configured') return
    this.decoder.decode(
      new EncodedAudioChunk({ type: 'key', timestamp: timestampMs * 1000, data: data as Uint8Array<ArrayBuffer> }),
    )
  }

  setMuted(muted: boolean): void {
    this.gain.gain.value = muted ? 0 : 1
  }

  /** What is heard, for whoever records or measures it. */
  sound(): MediaStream {
    if (!this.tap) {
      this.tap = this.context.createMediaStreamDestination()
      this.gain.connect(this.tap)
    }
    return this.tap.stream
  }

  close(): void {
    this.gesture.abort()
    if (this.decoder.state !== 'closed') this.decoder.close()
    this.context.close().catch(() => {})
  }

  private readonly gesture = new AbortController()

  /** A browser lets a page sound only after a tap. */
  private resumeOnGesture(): void {
    hub.log('info', '点一下手机画面即可听到声音 / tap the phone to hear sound')
    const resume = (): void => void this.context.resume()
    document.addEventListener('pointerdown', resume, { signal: this.gesture.signal })
  }

  private play(data: AudioData): void {
    if (this.context.state !== 'running') {
      data.close()
      return
    }
    const buffer = this.context.createBuffer(data.numberOfChannels, data.numberOfFrames, data.sampleRate)
    for (let channel = 0; channel < data.numberOfChannels; channel += 1)
      data.copyTo(buffer.getChannelData(channel), { planeIndex: channel, format: 'f32-planar' })
    data.close()
    const source = new AudioBufferSourceNode(this.context, { buffer })
    source.connect(this.gain)
    const earliest = this.context.currentTime + MIN_LEAD_S
    if (this.nextAt < earliest || this.nextAt > earliest + MAX_LEAD_S) this.nextAt = earliest + this.delayMs / 1000
    source.start(this.nextAt)
    this.nextAt += buffer.duration
  }
}
