/** Sets data on the page and calls back once it stands there. */
export type Commit = (changes: Record<string, unknown>, done: () => void) => void

/**
 * Brings a projection onto the page: at most one commit a turn, none when nothing differs, and callers of
 * `afterRender` are called once what they changed stands on the page.
 */
export class ViewRenderer<View> {
  private scheduled = false
  private disposed = false
  /** Callbacks for the next flush. */
  private waiting: (() => void)[] = []
  /** Callbacks of the commit that is under way last; commits land in their order. */
  private landing: (() => void)[] | null = null

  constructor(
    private shown: View,
    private readonly select: () => View,
    private readonly diff: (before: View, after: View) => Record<string, unknown>,
    private readonly commit: Commit,
  ) {}

  /** The projection may differ from what is shown. */
  invalidate(): void {
    if (this.scheduled || this.disposed) return
    this.scheduled = true
    void Promise.resolve().then(() => this.flush())
  }

  afterRender(done: () => void): void {
    // nothing is drawn any more, yet whoever waits has to get to its end
    if (this.disposed) return done()
    this.waiting.push(done)
    this.invalidate()
  }

  dispose(): void {
    this.disposed = true
    const left = [...(this.landing ?? []), ...this.waiting]
    this.landing = null
    this.waiting = []
    left.forEach((done) => done())
  }

  private flush(): void {
    this.scheduled = false
    if (this.disposed) return
    const before = this.shown
    this.shown = this.select()
    const changes = this.diff(before, this.shown)
    const batch = this.waiting
    this.waiting = []
    if (Object.keys(changes).length > 0) return this.land(changes, batch)
    if (this.landing) this.landing.push(...batch)
    else batch.forEach((done) => done())
  }

  private land(changes: Record<string, unknown>, batch: (() => void)[]): void {
    this.landing = batch
    this.commit(changes, () => {
      if (this.disposed) return
      if (this.landing === batch) this.landing = null
      batch.forEach((done) => done())
    })
  }
}
