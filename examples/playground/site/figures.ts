import type { PhoneEvent } from '../runtime/phone-channel'

/** What a card's figures show; null = not known yet. */
export interface Figures {
  /** ms from the room's start() to the publisher's 1002 */
  readonly published: number | null
  /** ms from the player's play() to the first drawn picture, of the latest player */
  readonly firstFrame: number | null
  /** ms from capture at the other phone to drawn here, median of the last {@link LATENCY_WINDOW} */
  readonly latency: number | null
  /** sent, or received by somebody who only watches, kbps */
  readonly bitrate: number | null
  /** the same, frames per second */
  readonly frames: number | null
}

export const NO_FIGURES: Figures = { published: null, firstFrame: null, latency: null, bitrate: null, frames: null }

const LATENCY_WINDOW = 40
const PUSH_BEGIN = 1002

/** Gathers the figures of one call from what a phone tells. */
export class FigureGatherer {
  private latencies: readonly number[] = []
  private gathered: Figures = NO_FIGURES
  private publishing = false

  /** `watches`: the phone receives before it publishes, if it ever does. */
  constructor(private readonly watches = false) {}

  get figures(): Figures {
    return this.gathered
  }

  /** Forgets everything: a new call starts. */
  reset(): void {
    this.latencies = []
    this.publishing = false
    this.gathered = NO_FIGURES
  }

  /** One's own stream has ended, the call goes on. */
  unpublish(): void {
    this.latencies = []
    this.publishing = false
    this.gathered = { ...this.gathered, published: null, latency: null, bitrate: null, frames: null }
  }

  /** @param startedAt when start() of the room was called, ms since 1970 */
  take(event: PhoneEvent, startedAt: number): void {
    if (event.type === 'measure') this.takeMeasure(event.name, event.ms)
    if (event.type !== 'media') return
    if (event.element !== 'live-pusher') {
      if (this.watches && !this.publishing && event.event === 'netstatus' && event.info) this.takeNetStatus(event.info)
      return
    }
    if (event.code === PUSH_BEGIN) this.publishing = true
    if (event.code === PUSH_BEGIN && this.gathered.published === null) {
      this.gathered = { ...this.gathered, published: event.at - startedAt }
    }
    if (event.event === 'netstatus' && event.info) this.takeNetStatus(event.info)
  }

  private takeMeasure(name: string, ms: number): void {
    if (name === 'playToFirstFrame') this.gathered = { ...this.gathered, firstFrame: ms }
    if (name !== 'latency') return
    this.latencies = [...this.latencies, ms].slice(-LATENCY_WINDOW)
    this.gathered = { ...this.gathered, latency: median(this.latencies) }
  }

  private takeNetStatus(info: Readonly<Record<string, number | string>>): void {
    const bitrate = Number(info.videoBitrate ?? 0) + Number(info.audioBitrate ?? 0)
    this.gathered = { ...this.gathered, bitrate, frames: Number(info.videoFPS ?? 0) }
  }
}

/** The middle of the values, the lower one of two middles; null when there are none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[(sorted.length - 1) >> 1] ?? null
}
