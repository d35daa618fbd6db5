/** That many seconds' worth may come at once. */
export const BURST_SECONDS = 5
/** A bucket that nobody has taken from for so long is full again, ms. */
const FULL_MS = BURST_SECONDS * 1000

interface Bucket {
  /** How many more may come at `at`. */
  left: number
  /** ms since 1970 */
  at: number
}

/**
 * One token bucket for each key. Those that nobody has asked for are forgotten as others come, so no timer is needed: they stand in
 * the older one of two maps, which goes when they are full again.
 */
export class RateLimiter {
  private lately = new Map<string, Bucket>()
  private before = new Map<string, Bucket>()
  private turnedAt = -Infinity

  constructor(
    /** Per second. */
    private readonly rate: number,
    private readonly now: () => number,
  ) {}

  get size(): number {
    return this.lately.size + this.before.size
  }

  /** @returns whether one more may come now; then it counts */
  take(key: string): boolean {
    const now = this.now()
    const sinceTurn = now - this.turnedAt
    if (sinceTurn >= FULL_MS || sinceTurn < 0) this.turn(now, sinceTurn)
    const bucket = this.lately.get(key) ?? this.bucketFor(key, now)
    // a clock that is set back costs nobody anything
    const seconds = Math.max(0, now - bucket.at) / 1000
    bucket.left = Math.min(this.rate * BURST_SECONDS, bucket.left + seconds * this.rate)
    bucket.at = now
    if (bucket.left < 1) return false
    bucket.left -= 1
    return true
  }

  private bucketFor(key: string, now: number): Bucket {
    const bucket = this.before.get(key) ?? { left: this.rate * BURST_SECONDS, at: now }
    this.before.delete(key)
    this.lately.set(key, bucket)
    return bucket
  }

  private turn(now: number, sinceTurn: number): void {
    this.before = sinceTurn < 2 * FULL_MS ? this.lately : new Map()
    this.lately = new Map()
    this.turnedAt = now
  }
}
