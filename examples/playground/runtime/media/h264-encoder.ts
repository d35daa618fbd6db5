/** Pictures waiting in the encoder before new ones are dropped: latency matters more than frames. */
const QUEUE_LIMIT = 2
const LEVEL_30_PIXELS = 720 * 576

export interface H264Sink {
  onConfig(config: Uint8Array): void
  onFrame(timestampMs: number, key: boolean, data: Uint8Array): void
  onError(reason: string): void
}

export interface H264Options {
  readonly width: number
  readonly height: number
  readonly framesPerSecond: number
  /** seconds between key frames */
  readonly gopSeconds: number
  /** bit/s */
  readonly bitrate: number
}

/** H.264 constrained baseline through WebCodecs, for low latency. */
export class H264Encoder {
  private readonly encoder: VideoEncoder
  private keyWanted = true
  private lastKeyUs = 0
  private bitrate: number
  dropped = 0

  constructor(
    private readonly options: H264Options,
    sink: H264Sink,
  ) {
    this.bitrate = options.bitrate
    this.encoder = new VideoEncoder({
      output: (chunk, metadata) => {
        const config = metadata?.decoderConfig?.description
        if (config) sink.onConfig(bytesOf(config))
        const data = new Uint8Array(chunk.byteLength)
        chunk.copyTo(data)
        sink.onFrame(chunk.timestamp / 1000, chunk.type === 'key', data)
      },
      error: (error) => sink.onError(error.message),
    })
    this.configure()
  }

  encode(picture: OffscreenCanvas, timestampUs: number): void {
    if (this.encoder.state !== 'configured') return
    if (this.encoder.encodeQueueSize > QUEUE_LIMIT) {
      this.dropped += 1
      return
    }
    const key = this.keyWanted || timestampUs - this.lastKeyUs >= this.options.gopSeconds * 1e6
    if (key) {
      this.lastKeyUs = timestampUs
      this.keyWanted = false
    }
    const frame = new VideoFrame(picture, { timestamp: timestampUs })
    this.encoder.encode(frame, { keyFrame: key })
    frame.close()
  }

  /** Makes the next picture a key frame: a new viewer or connection can start only there. */
  requestKeyFrame(): void {
    this.keyWanted = true
  }

  setBitrate(bitrate: number): void {
    if (bitrate === this.bitrate || this.encoder.state !== 'configured') return
    this.bitrate = bitrate
    this.configure()
    this.keyWanted = true
  }

  close(): void {
    if (this.encoder.state !== 'closed') this.encoder.close()
  }

  private configure(): void {
    const { width, height, framesPerSecond } = this.options
    this.encoder.configure({
      codec: width * height > LEVEL_30_PIXELS ? 'avc1.42E01F' : 'avc1.42E01E',
      width,
      height,
      bitrate: this.bitrate,
      framerate: framesPerSecond,
      latencyMode: 'realtime',
      avc: { format: 'avc' },
    })
  }
}

function bytesOf(source: AllowSharedBufferSource): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength).slice()
    : new Uint8Array(source as ArrayBuffer).slice()
}
