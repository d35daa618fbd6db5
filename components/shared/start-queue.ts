import { RoomError } from '../../src/errors'
import { deferred } from '../../src/util/deferred'

/** Waits for what it is given; rejects as CANCELLED as soon as the page has stopped. */
export type UnlessStopped = <Result>(work: Promise<Result> | Result) => Promise<Result>

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
    reject(new RoomError('CANCELLED', 'stop() came first'))
  }

  /** Takes back everything, what is to come as well. */
  close(): void {
    this.isClosed = true
    this.stop()
    this.open()
  }

  /** Starts in its turn, unless it has been taken back by then. */
  start<Made>(begin: (unlessStopped: UnlessStopped) => Promise<Made>): Promise<Made> {
    const { unlessStopped } = this
    const begun = this.last.then(unlessStopped).then(() => begin(unlessStopped))
    this.last = begun.catch(() => undefined)
    return begun
  }
}
