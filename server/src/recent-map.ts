/**
 * What was used lately: at most about `most` entries. Two generations, so that nothing has to be ordered: when the younger
 * one is full the older one is forgotten, and what is still asked for moves over.
 */
export class RecentMap<V> {
  private young = new Map<string, V>()
  private old = new Map<string, V>()

  constructor(private readonly most: number) {}

  get size(): number {
    return this.young.size + this.old.size
  }

  get(key: string): V | undefined {
    const value = this.young.get(key)
    if (value !== undefined) return value
    const earlier = this.old.get(key)
    if (earlier !== undefined) this.set(key, earlier)
    return earlier
  }

  set(key: string, value: V): void {
    if (this.young.size >= this.most / 2 && !this.young.has(key)) {
      this.old = this.young
      this.young = new Map()
    }
    this.young.set(key, value)
  }
}
