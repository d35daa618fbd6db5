const TICK_MS = 8
const QUEUE_LIMIT = 60
/** share of the difference by which the clock follows a sender whose clock runs slower than ours */
const DRIFT_RATE = 0.0005
/** RFC 3550's gain for the jitter estimate */
const JITTER_GAIN = 1 / 16

/**
 * The playout clock: a frame is due `delayMs` after the fastest arrival seen so far would have brought it. A frame that is late
 * is shown at once; of several that are due only the newest.
 */
export class VideoPlayout {
  private readonly queue: VideoFrame[] = []
  private readonly timer = setInterval(() => this.tick(), TICK_MS)
  /** local time minus stream time of the fastest arrival, ms */
  private offsetMs: number | undefined
  private lastTransitMs: number | undefined
  private lastShownMs = 0
  jitterMs = 0

  constructor(
    private readonly delayMs: number,
    private readonly show: (frame: VideoFrame) => void,
  ) {}

  /** Call at the arrival of the encoded frame, not when it is decoded. */
  arrived(timestampMs: number): void {
    const transit = performance.now() - timestampMs
    if (this.offsetMs === undefined || transit < this.offsetMs) this.offsetMs = transit
    else this.offsetMs += (transit - this.offsetMs) * DRIFT_RATE
    if (this.lastTransitMs !== undefined)
      this.jitterMs += (Math.abs(transit - this.lastTransitMs) - this.jitterMs) * JITTER_GAIN
    this.lastTransitMs = transit
  }

  push(frame: VideoFrame): void {
    this.queue.push(frame)
  }

  cacheMs(): number {
    const newest = this.queue[this.queue.length - 1]
    return newest ? Math.max(0, newest.timestamp / 1000 - this.lastShownMs) : 0
  }

  close(): void {
    clearInterval(this.timer)
    for (const frame of this.queue.splice(0)) frame.close()
  }

  private tick(): void {
    const now = performance.now()
    let due: VideoFrame | undefined
    for (let next = this.queue[0]; next && this.isDue(next, now); next = this.queue[0]) {
      due?.close()
      due = this.queue.shift()
    }
    if (!due) return
    this.lastShownMs = due.timestamp / 1000
    this.show(due)
    due.close()
  }

  private isDue(frame: VideoFrame, now: number): boolean {
    const dueAt = frame.timestamp / 1000 + (this.offsetMs ?? 0) + this.delayMs
    return dueAt <= now || this.queue.length > QUEUE_LIMIT
  }
}
