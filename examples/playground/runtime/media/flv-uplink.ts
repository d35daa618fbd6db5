import { openSocket, type PhoneSocket } from '../phone-socket'
import {
  aacConfigTag,
  aacTag,
  avcConfigTag,
  avcTag,
  flvHeader,
  metadataTag,
  opusConfigTag,
  opusTag,
  type FlvMetadata,
} from './flv-writer'
import type { MicrophoneFormat } from './microphone-feed'
import { PUSH_CODE } from './native-codes'

const RETRIES = 3
const RETRY_STEP_MS = 500
/** a connection that held this long starts a new count of retries */
const STABLE_MS = 2000
const CONGESTED_BYTES = 512 * 1024
/** a network that needs longer for what it was given is too slow */
const CONGESTED_MS = 1000
/** while it stays so, it is told again after this long */
const CONGESTION_TOLD_EVERY_MS = 2000
const SUBPROTOCOL = 'publisher'

export interface UplinkListener {
  onCode(code: number, message: string): void
  /** A new connection begins, or frames were dropped: the next one must be a key frame. */
  onKeyFrameNeeded(): void
  onCongestion(): void
  /** All retries failed; the uplink is closed. */
  onGaveUp(): void
}

export interface UplinkContent {
  readonly width: number
  readonly height: number
  readonly framesPerSecond: number
  /** kbit/s */
  readonly videoBitrate: number
  /** null = no sound is published */
  readonly audio: MicrophoneFormat | null
}

/** One published stream: FLV over a WebSocket, with WeChat's three retries. */
export class FlvUplink {
  readonly sent = { videoBytes: 0, audioBytes: 0, frames: 0, keyFrames: 0, dropped: 0 }
  private socket: PhoneSocket | null = null
  private videoConfig: Uint8Array | null = null
  private audioConfig: Uint8Array | null = null
  /** the header is out, so tags may follow */
  private streaming = false
  private waitingForKey = true
  private keyAsked = false
  private publishedAt = 0
  private retries = 0
  private retryTimer: ReturnType<typeof setTimeout> | undefined
  private closed = false
  private congestionToldAt = -Infinity

  constructor(
    private readonly url: string,
    private readonly content: UplinkContent,
    private readonly listener: UplinkListener,
  ) {}

  get backlogBytes(): number {
    return this.socket?.bufferedAmount ?? 0
  }

  setVideoConfig(config: Uint8Array): void {
    this.videoConfig = avcConfigTag(config)
    if (this.streaming) this.transmit(this.videoConfig)
    else this.beginStream()
  }

  setAudioConfig(config: Uint8Array): void {
    this.audioConfig = this.speaksOpus ? opusConfigTag(config) : aacConfigTag(config)
    if (this.streaming) this.transmit(this.audioConfig)
  }

  sendVideo(timestampMs: number, key: boolean, data: Uint8Array): void {
    if (!this.streaming) return
    if (this.isCongested()) {
      this.waitingForKey = true
      this.keyAsked = false
      this.sent.dropped += 1
      this.tellCongestion()
      return
    }
    if (this.waitingForKey && !key) return this.askForKey()
    this.waitingForKey = false
    if (key) this.keyAsked = false
    this.sent.videoBytes += data.length
    this.sent.frames += 1
    if (key) this.sent.keyFrames += 1
    this.transmit(avcTag(timestampMs, key, data))
  }

  sendAudio(timestampMs: number, data: Uint8Array): void {
    if (!this.streaming || !this.audioConfig) return
    this.sent.audioBytes += data.length
    this.transmit(this.speaksOpus ? opusTag(timestampMs, data) : aacTag(timestampMs, data))
  }

  close(): void {
    this.closed = true
    this.streaming = false
    clearTimeout(this.retryTimer)
    this.socket?.close()
    this.socket = null
  }

  connect(): void {
    if (this.closed) return
    const socket = openSocket(this.url, 'media', SUBPROTOCOL)
    this.socket = socket
    let opened = false
    socket.addEventListener('open', () => {
      if (this.socket !== socket) return
      opened = true
      this.listener.onCode(PUSH_CODE.CONNECTED, 'connected')
      this.beginStream()
    })
    // the server's only message: the stream is ours
    socket.addEventListener('message', () => {
      if (this.socket !== socket) return
      this.publishedAt = performance.now()
      this.listener.onCode(PUSH_CODE.PUBLISHED, 'push begin')
    })
    socket.addEventListener('close', () => {
      if (this.socket === socket) this.lost(opened)
    })
  }

  private get speaksOpus(): boolean {
    return this.content.audio?.codec === 'opus'
  }

  private isCongested(): boolean {
    return this.backlogBytes > CONGESTED_BYTES || (this.socket?.sendDelayMs ?? 0) > CONGESTED_MS
  }

  private tellCongestion(): void {
    const now = performance.now()
    if (now - this.congestionToldAt < CONGESTION_TOLD_EVERY_MS) return
    this.congestionToldAt = now
    this.listener.onCode(PUSH_CODE.UPLINK_CONGESTED, 'uplink congested')
    this.listener.onCongestion()
  }

  private lost(opened: boolean): void {
    if (this.closed) return
    this.socket = null
    this.streaming = false
    if (this.publishedAt && performance.now() - this.publishedAt > STABLE_MS) this.retries = 0
    this.publishedAt = 0
    if (opened) this.listener.onCode(PUSH_CODE.SERVER_CLOSED, 'the server closed the connection')
    else this.listener.onCode(PUSH_CODE.CONNECT_FAILED, 'the server cannot be reached or refused')
    if (this.retries >= RETRIES) {
      this.close()
      this.listener.onGaveUp()
      return
    }
    this.retries += 1
    this.listener.onCode(PUSH_CODE.RECONNECTING, `reconnecting, attempt ${this.retries} of ${RETRIES}`)
    this.retryTimer = setTimeout(() => this.connect(), RETRY_STEP_MS * this.retries)
  }

  /** Sends what a fresh connection needs first. Sound may join later: its encoder takes a while to load. */
  private beginStream(): void {
    if (this.streaming || this.socket?.readyState !== WebSocket.OPEN) return
    if (!this.videoConfig) return
    this.transmit(flvHeader(this.content.audio !== null, true))
    this.transmit(metadataTag(this.metadata()))
    if (this.audioConfig) this.transmit(this.audioConfig)
    this.transmit(this.videoConfig)
    this.streaming = true
    this.waitingForKey = true
    this.keyAsked = false
    this.askForKey()
  }

  private askForKey(): void {
    if (this.keyAsked) return
    this.keyAsked = true
    this.listener.onKeyFrameNeeded()
  }

  private metadata(): FlvMetadata {
    const { width, height, framesPerSecond, videoBitrate, audio } = this.content
    return {
      hasVideo: true,
      hasAudio: audio !== null,
      width,
      height,
      framerate: framesPerSecond,
      videodatarate: videoBitrate,
      videocodecid: 7,
      // the number is of AAC; Opus has none and is named in its packets
      ...(audio?.codec === 'aac' && {
        audiocodecid: 10,
        audiosamplerate: audio.sampleRate,
        stereo: audio.channels > 1,
      }),
      encoder: 'roomlet-playground',
    }
  }

  private transmit(bytes: Uint8Array): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(bytes as Uint8Array<ArrayBuffer>)
  }
}
