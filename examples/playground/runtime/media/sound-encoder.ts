import { registerAacEncoder } from '@mediabunny/aac-encoder'
import { AdtsOutputFormat, AudioSample, AudioSampleSource, NullTarget, OggOutputFormat, Output } from 'mediabunny'
import { opusHead } from './opus-head'
import type { SoundCodec } from './sound-codec'

/** Samples waiting for the encoder before sound is dropped (about 0.5 s). */
const QUEUE_LIMIT = 50

export interface SoundOptions {
  readonly codec: SoundCodec
  readonly sampleRate: number
  readonly channels: number
  /** bit/s */
  readonly bitrate: number
}

export interface SoundSink {
  /** `config` comes with the first packet: an AudioSpecificConfig, or an OpusHead */
  onPacket(timestampMs: number, data: Uint8Array, config?: Uint8Array): void
  onError(reason: string): void
}

/** Opus by the browser; AAC-LC by FFmpeg's encoder in WASM, as Chromium on Linux has none. Loaded only when sound is published. */
export class SoundEncoder {
  private chain: Promise<unknown>
  private queued = 0

  private constructor(
    private readonly options: SoundOptions,
    private readonly source: AudioSampleSource,
    private readonly output: Output,
    private readonly sink: SoundSink,
  ) {
    this.chain = output.start()
  }

  static create(options: SoundOptions, sink: SoundSink): SoundEncoder {
    const { codec, channels, sampleRate } = options
    if (codec === 'aac') registerAacEncoder()
    let isFirst = true
    const source = new AudioSampleSource({
      codec,
      bitrate: options.bitrate,
      onEncodedPacket: (packet, metadata) => {
        const told = metadata?.decoderConfig?.description
        const config = told && codec === 'aac' ? new Uint8Array(told as ArrayBuffer) : undefined
        const head = isFirst && codec === 'opus' ? opusHead(channels, sampleRate) : undefined
        isFirst = false
        sink.onPacket(packet.timestamp * 1000, packet.data, config ?? head)
      },
    })
    const output = new Output({
      format: codec === 'aac' ? new AdtsOutputFormat() : new OggOutputFormat(),
      target: new NullTarget(),
    })
    output.addAudioTrack(source)
    return new SoundEncoder(options, source, output, sink)
  }

  /** Interleaved samples; `timestampUs` since the start of the publisher. */
  encode(data: Float32Array<ArrayBuffer>, timestampUs: number): void {
    if (this.queued > QUEUE_LIMIT) return
    this.queued += 1
    this.chain = this.chain
      .then(() => this.add(data, timestampUs))
      .catch((error: unknown) => this.sink.onError(String(error)))
      .then(() => {
        this.queued -= 1
      })
  }

  close(): void {
    this.chain = this.chain.then(() => this.output.cancel()).catch(() => {})
  }

  private async add(data: Float32Array<ArrayBuffer>, timestampUs: number): Promise<void> {
    const { sampleRate, channels } = this.options
    const sample = new AudioSample({
      data,
      format: 'f32',
      numberOfChannels: channels,
      sampleRate,
      timestamp: timestampUs / 1e6,
    })
    try {
      await this.source.add(sample)
    } finally {
      sample.close()
    }
  }
}
