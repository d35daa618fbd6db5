import type { RoomEvent } from '../events/room-event'

/** Events that wait for one destination at most, unless it says otherwise; the oldest make room for new ones. */
export const OUTBOX_CAPACITY = 10_000

export interface OutboxEntry {
  /** What {@link Outbox.done} is called with. */
  readonly key: string
  readonly event: RoomEvent
}

/** Brings room events to one destination. Of all nodes with a reader of this name one has the entries at a time. */
export interface OutboxReader {
  readonly name: string
  /** So many entries wait at most; the oldest make room for new ones. */
  readonly capacity: number
  /** Entries that wait from now on, in the order in which they happened. */
  take(entries: readonly OutboxEntry[]): void
  /** Another node has the entries from now on, all that are not done. */
  handOver(): void
}

/** Where room events wait for one destination. */
export interface Outbox {
  /** What waits outlives this node. */
  readonly isDurable: boolean
  /** The entry waits no longer. */
  done(key: string): void
  /** Another node may have the entries. */
  close(): Promise<void>
}
