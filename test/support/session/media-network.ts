/** What lies between the native tags and the media server. */
export class MediaNetwork {
  private reachable = true
  private readonly refused = new Set<string>()
  private readonly seen = new Set<string>()
  private readonly listeners = new Set<(reachable: boolean) => void>()

  get isReachable(): boolean {
    return this.reachable
  }

  set isReachable(reachable: boolean) {
    if (reachable === this.reachable) return
    this.reachable = reachable
    for (const listener of [...this.listeners]) listener(reachable)
  }

  /** Every URL that a tag has been started with so far stops being accepted: it has expired. */
  expireUrls(): void {
    for (const url of this.seen) this.refused.add(url)
  }

  accepts(url: string): boolean {
    this.seen.add(url)
    return !this.refused.has(url)
  }

  onChange(listener: (reachable: boolean) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }
}
