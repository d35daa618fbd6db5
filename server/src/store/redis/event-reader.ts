import type { Redis } from 'ioredis'
import type { StoreEvent } from '../store-event'
import { EVENTS_KEY } from './keys'
import type { OutgoingEvent } from './stored-room-image'

/** What one change of a room has made happen. */
export interface EventBatch {
  /** Rises by one from batch to batch, over all rooms. */
  readonly number: number
  readonly events: readonly (StoreEvent | OutgoingEvent)[]
}

const BATCH_MAX = 500
const BLOCK_MS = 5_000
/** So often it may be seen to be behind without having moved. */
const STUCK_AFTER = 5

type Entries = [id: string, fields: string[]][]

/** Hears the events of all nodes, each once and in order, from a given one on. */
export class EventReader {
  /** Rejects when events were missed or cannot be read any more. */
  readonly failed: Promise<never>
  private seen = { position: 0, times: 0 }
  private waiting: { readonly number: number; readonly resolve: () => void }[] = []

  constructor(
    private readonly redis: Redis,
    private last: number,
    private readonly heard: (batch: EventBatch) => void,
  ) {
    this.failed = this.read()
  }

  /**
   * Whether nothing arrives though there is something, as on a connection that has died without a word. To be asked regularly.
   * @param count number of the last event
   */
  isStuck(count: number): boolean {
    const isBehind = this.last < count && this.last === this.seen.position
    this.seen = { position: this.last, times: isBehind ? this.seen.times + 1 : 0 }
    return this.seen.times >= STUCK_AFTER
  }

  /** Resolves when the event of this number has been heard. */
  reached(number: number): Promise<void> {
    if (this.last >= number) return Promise.resolve()
    return new Promise((resolve) => this.waiting.push({ number, resolve }))
  }

  private async read(): Promise<never> {
    for (;;) {
      const reply = await this.redis.xread(
        'COUNT',
        BATCH_MAX,
        'BLOCK',
        BLOCK_MS,
        'STREAMS',
        EVENTS_KEY,
        `${this.last}-1`,
      )
      for (const [, entries] of (reply ?? []) as [string, Entries][]) {
        for (const [id, [, events = '[]']] of entries) this.take(parseInt(id, 10), events)
      }
      this.release()
    }
  }

  private take(number: number, events: string): void {
    if (number !== this.last + 1) throw new Error(`Events ${this.last + 1} to ${number - 1} were missed`)
    this.last = number
    this.heard({ number, events: JSON.parse(events) as EventBatch['events'] })
  }

  private release(): void {
    const due = this.waiting.filter(({ number }) => number <= this.last)
    this.waiting = this.waiting.filter(({ number }) => number > this.last)
    for (const { resolve } of due) resolve()
  }
}
