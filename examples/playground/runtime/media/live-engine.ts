import mpegts from 'mpegts.js'
import { openSocket, type PhoneSocket } from '../phone-socket'
import { PLAY_CODE } from './native-codes'
import type { EngineEvents, EngineStatistics, PlayerEngine } from './player-engine'

/** seconds beyond the wanted cache at which the player jumps instead of playing faster */
const JUMP_BEYOND_S = 0.7
const CATCH_UP_RATE = 1.5

/** The hooks that mpegts.js calls on a loader of one's own; its types leave them out. */
interface LoaderBase {
  _needStash: boolean
  _status: number
  _onDataArrival: ((chunk: ArrayBuffer, byteStart: number, receivedLength: number) => void) | null
  _onError: ((type: string, info: { code: number; msg: string }) => void) | null
}

const LOADER = { CONNECTING: 1, BUFFERING: 2, ERROR: 3, COMPLETE: 4 } as const

/** A loader over the phone's own socket, so that connecting, the first byte and the end can be told apart. */
function socketLoader(events: EngineEvents): new () => object {
  class SocketLoader extends (mpegts.BaseLoader as unknown as new (name: string) => LoaderBase) {
    private socket: PhoneSocket | null = null
    private received = 0

    constructor() {
      super('roomlet-socket')
      this._needStash = false
    }

    open(source: { url: string }): void {
      this._status = LOADER.CONNECTING
      const socket = openSocket(source.url, 'media')
      this.socket = socket
      socket.binaryType = 'arraybuffer'
      socket.addEventListener('open', () => this.socket && events.onCode(PLAY_CODE.CONNECTED, 'connected'))
      socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => this.socket && this.arrive(data))
      socket.addEventListener('close', () => {
        if (!this.socket) return
        this._status = LOADER.ERROR
        this._onError?.('EarlyEof', { code: -1, msg: 'connection closed' })
      })
    }

    abort(): void {
      this._status = LOADER.COMPLETE
      const { socket } = this
      this.socket = null
      socket?.close()
    }

    destroy(): void {
      this.abort()
      ;(mpegts.BaseLoader.prototype as { destroy(): void }).destroy.call(this)
    }

    private arrive(data: ArrayBuffer): void {
      if (this.received === 0) events.onCode(PLAY_CODE.RECEIVING, 'receiving')
      events.onBytes(data.byteLength)
      this._status = LOADER.BUFFERING
      const start = this.received
      this.received += data.byteLength
      this._onDataArrival?.(data, start, this.received)
    }
  }
  return SocketLoader
}

/** mode=live: mpegts.js over Media Source Extensions, with WeChat's min-cache and max-cache (seconds). */
export class LiveEngine implements PlayerEngine {
  readonly picture = document.createElement('video')
  private readonly player: mpegts.Player
  private frames = 0
  private closed = false

  constructor(url: string, muted: boolean, cache: { min: number; max: number }, events: EngineEvents) {
    mpegts.LoggingControl.enableAll = false
    this.player = mpegts.createPlayer({ type: 'flv', isLive: true, url }, {
      isLive: true,
      enableStashBuffer: false,
      liveSync: true,
      liveSyncTargetLatency: cache.min,
      liveSyncMaxLatency: cache.max,
      liveSyncPlaybackRate: CATCH_UP_RATE,
      liveBufferLatencyChasing: true,
      liveBufferLatencyMaxLatency: cache.max + JUMP_BEYOND_S,
      liveBufferLatencyMinRemain: cache.min,
      autoCleanupSourceBuffer: true,
      fixAudioTimestampGap: false,
      customLoader: socketLoader(events) as mpegts.CustomLoaderConstructor,
    } as mpegts.Config)
    this.player.on(mpegts.Events.MEDIA_INFO, () => {
      if (this.closed) return
      events.onCode(PLAY_CODE.DECODER_STARTED, 'decoder started')
      events.onCode(PLAY_CODE.FIRST_KEY_FRAME, 'first key frame')
    })
    this.player.on(mpegts.Events.ERROR, (_type: string, detail: string) => {
      if (this.closed) return
      this.close()
      events.onLost(detail)
    })
    this.picture.playsInline = true
    this.picture.muted = muted
    this.watchFrames(events)
    this.player.attachMediaElement(this.picture)
    this.player.load()
    Promise.resolve(this.player.play()).catch(() => this.playMuted())
  }

  statistics(): EngineStatistics {
    const { buffered, currentTime, videoWidth, videoHeight } = this.picture
    const end = buffered.length ? buffered.end(buffered.length - 1) : currentTime
    return {
      frames: this.frames,
      cacheMs: Math.max(0, Math.round((end - currentTime) * 1000)),
      width: videoWidth,
      height: videoHeight,
      jitterMs: 0,
    }
  }

  setMuted(muted: boolean): void {
    this.picture.muted = muted
  }

  /** Media Source Extensions keep the sound to themselves. */
  sound(): null {
    return null
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    this.player.destroy()
  }

  /** A browser refuses sound before the first tap: show the picture without it meanwhile. */
  private playMuted(): void {
    if (this.closed) return
    const wanted = this.picture.muted
    this.picture.muted = true
    this.picture.play().catch(() => {})
    document.addEventListener('pointerdown', () => this.setMuted(wanted), { once: true })
  }

  private watchFrames(events: EngineEvents): void {
    this.picture.requestVideoFrameCallback(() => {
      if (this.closed) return
      this.frames += 1
      events.onDrawn()
      this.watchFrames(events)
    })
  }
}
