import { registerAacEncoder } from '@mediabunny/aac-encoder'
import { AdtsOutputFormat, AudioSample, AudioSampleSource, NullTarget, Output } from 'mediabunny'

/** Samples waiting for the encoder before sound is dropped (about 0.5 s). */
const QUEUE_LIMIT = 50

export interface AacOptions {
  readonly sampleRate: number
  readonly channels: number
  /** bit/s */
  readonly bitrate: number
}

export interface AacSink {
  /** `config` comes with the first packet */
  onPacket(timestampMs: number, data: Uint8Array, config?: Uint8Array): void
  onError(reason: string): void
}

/** AAC-LC by FFmpeg's encoder in WASM: Chromium on Linux has none of its own. Loaded only when sound is published. */
export class AacEncoder {
  private chain: Promise<unknown>
  private queued = 0

  private constructor(
    private readonly options: AacOptions,
    private readonly source: AudioSampleSource,
    private readonly output: Output,
    private readonly sink: AacSink,
  ) {
    this.chain = output.start()
  }

  static create(options: AacOptions, sink: AacSink): AacEncoder {
    registerAacEncoder()
    const source = new AudioSampleSource({
      codec: 'aac',
      bitrate: options.bitrate,
      onEncodedPacket: (packet, metadata) => {
        const config = metadata?.decoderConfig?.description
        sink.onPacket(packet.timestamp * 1000, packet.data, config && new Uint8Array(config as ArrayBuffer))
      },
    })
    const output = new Output({ format: new AdtsOutputFormat(), target: new NullTarget() })
    output.addAudioTrack(source)
    return new AacEncoder(options, source, output, sink)
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
