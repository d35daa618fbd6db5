import { RoomError } from '../../src/errors'
import { deferred } from '../../src/util/deferred'

/** The order in which a page's start() and stop() count: nothing begins before the page is there, and one start after the other. */
export class StartQueue {
  /** The component has left the page. */
  isClosed = false
  private readonly opened = deferred<void>()
  /** The page is there: before, native contexts cannot be relied on, and nobody may listen yet. */
  readonly ready = this.opened.promise
  /** The last start. */
  private last: Promise<unknown> = this.ready
  /** Rises with every stop(), so that a start() which still waits is not made good later. */
  private stops = 0

  /** Settles, and never rejects, once the page is there and no start is under way. */
  get turn(): Promise<unknown> {
    return this.last
  }

  open(): void {
    this.opened.resolve()
  }

  /** Takes back whatever start still waits. */
  stop(): void {
    this.stops += 1
  }

  /** Takes back all starts, those to come as well. */
  close(): void {
    this.isClosed = true
    this.open()
  }

  /** Starts in its turn. `checkWanted` throws CANCELLED once the start has been taken back. */
  start<Made>(begin: (checkWanted: () => void) => Promise<Made>): Promise<Made> {
    const { stops } = this
    const checkWanted = (): void => {
      if (this.isClosed || stops !== this.stops) throw new RoomError('CANCELLED', 'stop() came before the start')
    }
    const begun = this.last.then(() => begin(checkWanted))
    this.last = begun.catch(() => undefined)
    return begun
  }
}
