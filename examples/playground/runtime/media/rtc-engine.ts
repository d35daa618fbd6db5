import { openSocket, type PhoneSocket } from '../phone-socket'
import { aacDecoding, AudioPlayout, opusDecoding } from './audio-playout'
import { FlvReader, type FlvTag } from './flv-reader'
import { PLAY_CODE } from './native-codes'
import type { EngineEvents, EngineStatistics, PlayerEngine } from './player-engine'
import { soundCodec } from './sound-codec'
import { VideoPlayout } from './video-playout'

const JITTER_BUFFER_MS = 60

/** mode=RTC: FLV over WebSocket → WebCodecs → canvas, with a jitter buffer just long enough for a call. */
export class RtcEngine implements PlayerEngine {
  readonly picture = document.createElement('canvas')
  private readonly context = this.picture.getContext('2d')
  private readonly playout = new VideoPlayout(JITTER_BUFFER_MS, (frame) => this.draw(frame))
  private readonly reader = new FlvReader((tag) => this.onTag(tag))
  private readonly socket: PhoneSocket
  private decoder: VideoDecoder | null = null
  private audio: AudioPlayout | null = null
  private waitingForKey = true
  private keySeen = false
  private frames = 0
  private closed = false

  constructor(
    url: string,
    private muted: boolean,
    private readonly events: EngineEvents,
  ) {
    this.socket = openSocket(url, 'media')
    this.socket.binaryType = 'arraybuffer'
    this.socket.addEventListener('open', () => {
      if (!this.closed) events.onCode(PLAY_CODE.CONNECTED, 'connected')
    })
    let receiving = false
    this.socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
      if (this.closed) return
      if (!receiving) events.onCode(PLAY_CODE.RECEIVING, 'receiving')
      receiving = true
      this.receive(data)
    })
    this.socket.addEventListener('close', () => this.lose('connection closed'))
  }

  statistics(): EngineStatistics {
    const { width, height } = this.picture
    return {
      frames: this.frames,
      cacheMs: this.playout.cacheMs(),
      width: this.frames ? width : 0,
      height: this.frames ? height : 0,
      jitterMs: this.playout.jitterMs,
    }
  }

  setMuted(muted: boolean): void {
    this.muted = muted
    this.audio?.setMuted(muted)
  }

  sound(): MediaStream | null {
    return this.audio?.sound() ?? null
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    this.socket.close()
    this.playout.close()
    this.audio?.close()
    if (this.decoder && this.decoder.state !== 'closed') this.decoder.close()
  }

  private receive(data: ArrayBuffer): void {
    this.events.onBytes(data.byteLength)
    try {
      this.reader.push(new Uint8Array(data))
    } catch (error) {
      this.lose((error as Error).message)
    }
  }

  private lose(reason: string): void {
    if (this.closed) return
    this.close()
    this.events.onLost(reason)
  }

  private onTag(tag: FlvTag): void {
    if (this.closed) return
    if (tag.type === 'avcConfig') this.configure(tag.data)
    else if (tag.type === 'avc') this.decode(tag)
    else if (tag.type === 'aacConfig') this.openAudio(aacDecoding(tag.data))
    else if (tag.type === 'aac') this.audio?.push(tag.timestamp, tag.data)
    // no phone decodes Opus in FLV: one that does stands for a phone over TRTC
    else if (soundCodec() === 'aac') return
    else if (tag.type === 'opusConfig') this.openAudio(opusDecoding(tag.data))
    else if (tag.type === 'opus') this.audio?.push(tag.timestamp, tag.data)
  }

  private configure(config: Uint8Array): void {
    const profile = [1, 2, 3].map((at) => (config[at] ?? 0).toString(16).padStart(2, '0')).join('')
    if (this.decoder && this.decoder.state !== 'closed') this.decoder.close()
    this.decoder = new VideoDecoder({
      output: (frame) => (this.closed ? frame.close() : this.playout.push(frame)),
      error: (error) => {
        this.waitingForKey = true
        if (!this.closed) this.events.onCode(PLAY_CODE.VIDEO_DECODING_FAILED, error.message)
      },
    })
    this.decoder.configure({ codec: `avc1.${profile}`, description: config.slice(), optimizeForLatency: true })
    this.waitingForKey = true
    this.events.onCode(PLAY_CODE.DECODER_STARTED, `decoder started, avc1.${profile}`)
  }

  private decode(tag: Extract<FlvTag, { type: 'avc' }>): void {
    if (this.waitingForKey && !tag.key) return
    this.waitingForKey = false
    if (!this.keySeen) this.events.onCode(PLAY_CODE.FIRST_KEY_FRAME, 'first key frame')
    this.keySeen = true
    this.playout.arrived(tag.timestamp + tag.offset)
    if (this.decoder?.state !== 'configured') return
    this.decoder.decode(
      new EncodedVideoChunk({
        type: tag.key ? 'key' : 'delta',
        timestamp: (tag.timestamp + tag.offset) * 1000,
        data: tag.data as Uint8Array<ArrayBuffer>,
      }),
    )
  }

  private openAudio(config: AudioDecoderConfig): void {
    this.audio?.close()
    this.audio = new AudioPlayout(config, JITTER_BUFFER_MS, (reason) =>
      this.events.onCode(PLAY_CODE.AUDIO_DECODING_FAILED, reason),
    )
    this.audio.setMuted(this.muted)
  }

  private draw(frame: VideoFrame): void {
    const { displayWidth: width, displayHeight: height } = frame
    if (this.picture.width !== width || this.picture.height !== height) Object.assign(this.picture, { width, height })
    this.context?.drawImage(frame, 0, 0, width, height)
    this.frames += 1
    this.events.onDrawn()
  }
}
