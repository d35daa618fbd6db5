/** What a phone has while its network is slow, each way: less than the sound of a call alone needs. */
export const SLOW_KBPS = 40

interface Parcel {
  readonly bytes: number
  readonly timer: ReturnType<typeof setTimeout>
  deliver(): void
}

/** One direction of a slow network: what is handed in comes out in order, at a fixed rate. */
export class SlowLane {
  private readonly waiting: Parcel[] = []
  private freeAt = 0

  constructor(private readonly kbps: number) {}

  get queuedBytes(): number {
    return this.waiting.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** ms until what was handed in is out */
  get delayMs(): number {
    return this.waiting.length > 0 ? Math.max(0, this.freeAt - performance.now()) : 0
  }

  /** Calls `deliver` once the bytes before it and its own have had their time. */
  pass(bytes: number, deliver: () => void): void {
    const now = performance.now()
    this.freeAt = Math.max(now, this.freeAt) + (bytes * 8) / this.kbps
    const timer = setTimeout(() => this.deliverNext(), this.freeAt - now)
    this.waiting.push({ bytes, timer, deliver })
  }

  /** The network is quick again: what waits comes out at once. */
  flush(): void {
    for (const { timer } of this.waiting) clearTimeout(timer)
    this.freeAt = 0
    while (this.waiting.length > 0) this.deliverNext()
  }

  private deliverNext(): void {
    this.waiting.shift()?.deliver()
  }
}
