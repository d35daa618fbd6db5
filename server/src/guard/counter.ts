/** How many of something each key has at the moment, up to a limit. */
export class Counter {
  private readonly counts = new Map<string, number>()

  constructor(private readonly most: number) {}

  get size(): number {
    return this.counts.size
  }

  /** @returns false when the key has all it may have; nothing is counted then */
  add(key: string): boolean {
    const count = this.counts.get(key) ?? 0
    if (count >= this.most) return false
    this.counts.set(key, count + 1)
    return true
  }

  remove(key: string): void {
    const count = this.counts.get(key) ?? 0
    if (count > 1) this.counts.set(key, count - 1)
    else this.counts.delete(key)
  }
}
