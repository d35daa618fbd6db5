import { ClockReader } from './clock-reader'
import { ageOf, idHash } from './clock-code'
import { LiveEngine } from './live-engine'
import { PLAY_CODE } from './native-codes'
import type { EngineEvents, PlayerEngine } from './player-engine'
import { PlayerStatistics, type PlayerInfo } from './player-statistics'
import { RtcEngine } from './rtc-engine'

const RETRIES = 3
const RETRY_STEP_MS = 700
const NETSTATUS_INTERVAL_MS = 2000
const LATENCY_INTERVAL_MS = 500
/** Without a new picture for this long the player is loading; the figure leaves room for the slowest publisher (4 frames/s). */
const STALL_MS = 900
/** Without a byte for this long, after the first picture, the connection counts as lost. */
const SILENCE_MS = 6000
const WATCH_INTERVAL_MS = 300

export interface PlayerSettings {
  readonly userId: string
  readonly rtc: boolean
  readonly muted: boolean
  /** seconds */
  readonly minCache: number
  /** seconds */
  readonly maxCache: number
}

export interface PlayerEvents {
  onCode(code: number, message: string): void
  onNetStatus(info: PlayerInfo): void
  onPicture(picture: HTMLCanvasElement | HTMLVideoElement): void
  onFirstFrame(ms: number): void
  onLatency(ms: number): void
}

/** One run of a live-player, with WeChat's three retries; a new play() makes a new one. */
export class Player {
  private engine: PlayerEngine | null = null
  /** what stands on the page: during a retry still the last attempt's picture */
  private shown: PlayerEngine['picture'] | null = null
  private readonly statistics = new PlayerStatistics()
  private readonly startedAt = performance.now()
  private readonly clock = new ClockReader()
  private readonly timers: ReturnType<typeof setInterval>[]
  private retryTimer: ReturnType<typeof setTimeout> | undefined
  private retries = 0
  private drawnAt = 0
  private bytesAt = 0
  private stalled = false
  private closed = false
  private firstEver = true

  constructor(
    private readonly url: string,
    private readonly settings: () => PlayerSettings,
    private readonly events: PlayerEvents,
  ) {
    this.timers = [
      setInterval(() => this.events.onNetStatus(this.statistics.next(this.engine)), NETSTATUS_INTERVAL_MS),
      setInterval(() => this.measureLatency(), LATENCY_INTERVAL_MS),
      setInterval(() => this.watch(), WATCH_INTERVAL_MS),
    ]
    this.attempt()
  }

  setMuted(muted: boolean): void {
    this.engine?.setMuted(muted)
  }

  /** What is heard; null while there is none. Another one after a reconnect. */
  sound(): MediaStream | null {
    return this.engine?.sound() ?? null
  }

  close(): void {
    this.closed = true
    for (const timer of this.timers) clearInterval(timer)
    clearTimeout(this.retryTimer)
    this.engine?.close()
    this.engine = null
  }

  private attempt(): void {
    const { rtc, muted, minCache, maxCache, userId } = this.settings()
    this.drawnAt = 0
    this.bytesAt = 0
    this.stalled = false
    const events: EngineEvents = {
      onCode: (code, message) => this.events.onCode(code, message),
      onBytes: (count) => {
        this.bytesAt = performance.now()
        this.statistics.received(count)
      },
      onDrawn: () => this.onDrawn(),
      onLost: (reason) => this.retry(reason),
    }
    const engine = rtc
      ? new RtcEngine(this.url, muted, events)
      : new LiveEngine(this.url, muted, { min: minCache, max: maxCache }, events)
    engine.picture.dataset.userId = userId
    engine.picture.dataset.remote = '1'
    engine.picture.dataset.state = 'loading'
    this.engine = engine
    // a video plays only on the page; a canvas can wait until it has something to show
    if (!rtc || !this.shown) this.place(engine)
  }

  private place(engine: PlayerEngine): void {
    if (this.shown === engine.picture) return
    this.shown = engine.picture
    this.events.onPicture(engine.picture)
  }

  private onDrawn(): void {
    const first = this.drawnAt === 0
    this.drawnAt = performance.now()
    if (!first && !this.stalled) return
    this.stalled = false
    if (this.engine) this.place(this.engine)
    this.mark('playing')
    this.events.onCode(PLAY_CODE.PLAYING, 'playing')
    if (!first) return
    this.retries = 0
    this.events.onCode(PLAY_CODE.FIRST_FRAME_DRAWN, 'first frame drawn')
    if (this.firstEver) this.events.onFirstFrame(performance.now() - this.startedAt)
    this.firstEver = false
  }

  private watch(): void {
    if (!this.drawnAt || !this.engine) return
    const now = performance.now()
    if (!this.stalled && now - this.drawnAt > STALL_MS) {
      this.stalled = true
      this.mark('stalled')
      this.events.onCode(PLAY_CODE.LOADING, 'loading')
    }
    if (now - this.bytesAt > SILENCE_MS) {
      this.engine.close()
      this.retry('nothing received')
    }
  }

  private retry(reason: string): void {
    if (this.closed) return
    this.engine = null
    this.drawnAt = 0
    this.mark('stalled')
    if (this.retries >= RETRIES) {
      this.close()
      this.mark('failed')
      this.events.onCode(PLAY_CODE.GAVE_UP, `gave up: ${reason}`)
      return
    }
    this.retries += 1
    this.events.onCode(PLAY_CODE.RECONNECTING, `reconnecting, attempt ${this.retries} of ${RETRIES}: ${reason}`)
    this.retryTimer = setTimeout(() => this.attempt(), RETRY_STEP_MS * this.retries)
  }

  private mark(state: 'playing' | 'stalled' | 'failed'): void {
    if (this.shown) this.shown.dataset.state = state
  }

  private measureLatency(): void {
    if (!this.engine || !this.drawnAt || this.stalled) return
    const { width, height } = this.engine.statistics()
    const reading = width ? this.clock.read(this.engine.picture, width, height) : null
    if (!reading || reading.idHash !== idHash(this.settings().userId)) return
    // the frame on screen has been there since it was drawn; only the time up to that is latency
    this.events.onLatency(ageOf(reading, performance.timeOrigin + this.drawnAt))
  }
}
