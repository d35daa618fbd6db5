/** RTP timestamps, which start anywhere and wrap, → ms since the session began. */
export class RtpClock {
  private offsetMs = 0
  private last: number | null = null
  private ticks = 0

  /** @param rate ticks a second */
  constructor(private readonly rate: number) {}

  /** @param arrivedMs when the packet came, ms since the session began: anchors the first one */
  msOf(timestamp: number, arrivedMs: number): number {
    if (this.last === null) this.offsetMs = arrivedMs
    // | 0: the shorter way around, also across the wrap
    else this.ticks += (timestamp - this.last) | 0
    this.last = timestamp
    return this.offsetMs + (this.ticks * 1000) / this.rate
  }
}
