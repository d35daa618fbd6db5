import { RoomError } from '../../src/errors'
import { deferred } from '../../src/util/deferred'

/** Waits for what it is given; rejects as CANCELLED as soon as the page has stopped. */
export type UnlessStopped = <Result>(work: Promise<Result> | Result) => Promise<Result>

/** What a start() does in its turn. `check` throws as CANCELLED: a stop() may come just when what was waited for has come. */
type Begin<Made> = (unlessStopped: UnlessStopped, check: () => void) => Promise<Made>

/** The order in which a page's start() and stop() count: nothing begins before the page is there, and one start after the other. */
export class StartQueue {
  /** The component has left the page. */
  isClosed = false
  private readonly opened = deferred<void>()
  /** The page is there: before, native contexts cannot be relied on, and nobody may listen yet. */
  readonly ready = this.opened.promise
  /** The last start. */
  private last: Promise<unknown> = this.ready
  /** Rejects with the next stop(), and another takes its place: whatever waits till then is not made good later. */
  private stopped = deferred<never>()

  /** Settles, and never rejects, once the page is there and no start is under way. */
  get turn(): Promise<unknown> {
    return this.last
  }

  /** For whoever has to wait from now on. */
  get unlessStopped(): UnlessStopped {
    const { promise } = this.stopped
    return (work) => Promise.race([promise, work])
  }

  open(): void {
    this.opened.resolve()
  }

  /** Takes back whatever still waits. */
  stop(): void {
    const { promise, reject } = this.stopped
    if (!this.isClosed) this.stopped = deferred()
    promise.catch(() => undefined)
    reject(cancelled())
  }

  /** Takes back everything, what is to come as well. */
  close(): void {
    this.isClosed = true
    this.stop()
    this.open()
  }

  /** Starts in its turn, unless it has been taken back by then. */
  start<Made>(begin: Begin<Made>): Promise<Made> {
    const { unlessStopped, stopped } = this
    const check = (): void => {
      if (this.isClosed || stopped !== this.stopped) throw cancelled()
    }
    const begun = this.last.then(unlessStopped).then(() => begin(unlessStopped, check))
    this.last = begun.catch(() => undefined)
    return begun
  }
}

function cancelled(): RoomError {
  return new RoomError('CANCELLED', 'stop() came first')
}
