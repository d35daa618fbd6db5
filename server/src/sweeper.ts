import type { Log } from './log'
import type { Clock } from './clock'
import type { Store } from './store/store'
import { StoreUnavailable } from './store/store-unavailable'

/** How often the store is swept while somebody in it can become overdue. */
const SWEEP_MS = 5_000

/** Has the store take out overdue members; sleeps while nobody can become overdue. */
export class Sweeper {
  private readonly pending = new Set<() => void>()
  /** Times for which a sweep is planned, ms since 1970: a thousand who drop at once need one. */
  private readonly planned = new Set<number>()
  private regular: (() => void) | null = null
  private closed = false

  constructor(
    private readonly store: Pick<Store, 'sweep'>,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Somebody may become overdue at some time from now on. */
  wake(): void {
    if (this.closed || this.regular) return
    this.regular = this.schedule(SWEEP_MS, () => {
      this.regular = null
      void this.sweep()
    })
  }

  /** Somebody becomes overdue in `ms` and should be out right then. */
  wakeIn(ms: number): void {
    const at = this.clock.now() + ms
    if (this.closed || this.planned.has(at)) return
    this.planned.add(at)
    this.schedule(ms, () => {
      this.planned.delete(at)
      void this.sweep()
    })
  }

  close(): void {
    this.closed = true
    for (const cancel of this.pending) cancel()
    this.pending.clear()
  }

  private schedule(ms: number, task: () => void): () => void {
    const cancel = this.clock.setTimer(ms, () => {
      this.pending.delete(cancel)
      task()
    })
    this.pending.add(cancel)
    return cancel
  }

  private async sweep(): Promise<void> {
    try {
      if (await this.store.sweep()) this.wake()
    } catch (error) {
      // whoever keeps the rooms says so itself
      if (!(error instanceof StoreUnavailable)) this.log('error', 'Sweeping the rooms failed', { error })
      this.wake()
    }
  }
}
