/** That many seconds' worth may come at once. */
export const BURST_SECONDS = 5

interface Bucket {
  /** How many more may come at `at`. */
  readonly left: number
  /** ms since 1970 */
  readonly at: number
}

/** One token bucket for each key; those that are full again are forgotten as others come, so no timer is needed. */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>()

  constructor(
    /** Per second. */
    private readonly rate: number,
    private readonly now: () => number,
  ) {}

  get size(): number {
    return this.buckets.size
  }

  /** @returns whether one more may come now; then it counts */
  take(key: string): boolean {
    const now = this.now()
    const most = this.rate * BURST_SECONDS
    const { left, at } = this.buckets.get(key) ?? { left: most, at: now }
    const filled = Math.min(most, left + ((now - at) / 1000) * this.rate)
    this.forgetFull(now)
    if (filled < 1) return false
    // the map keeps its order: whoever has just come stands at its end
    this.buckets.delete(key)
    this.buckets.set(key, { left: filled - 1, at: now })
    return true
  }

  private forgetFull(now: number): void {
    for (const [key, { at }] of this.buckets) {
      if (at + BURST_SECONDS * 1000 > now) return
      this.buckets.delete(key)
    }
  }
}
