/** Entries that are forgotten after a time; the oldest are dropped as new ones come, so no timer is needed. */
export class ExpiringMap<V> {
  private readonly entries = new Map<string, { value: V; until: number }>()

  constructor(private readonly now: () => number) {}

  get(key: string): V | undefined {
    const entry = this.entries.get(key)
    return entry && entry.until > this.now() ? entry.value : undefined
  }

  /** @param until ms since 1970 */
  set(key: string, value: V, until: number): void {
    const now = this.now()
    for (const [old, entry] of this.entries) {
      if (entry.until > now) break
      this.entries.delete(old)
    }
    this.entries.delete(key)
    this.entries.set(key, { value, until })
  }
}
