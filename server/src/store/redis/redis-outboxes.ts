import type { Announcement } from '../../events/room-event'
import type { Log } from '../../log'
import type { Outbox, OutboxReader } from '../outbox'
import type { RedisLink } from './redis-link'
import { RedisOutbox } from './redis-outbox'
import type { Command } from './command'

export interface RedisOutboxesOptions {
  readonly redis: RedisLink
  readonly log: Log
  readonly now: () => number
  readonly newId: () => string
}

/** What waits for every destination of this node. */
export class RedisOutboxes {
  private readonly outboxes = new Set<RedisOutbox>()

  constructor(private readonly options: RedisOutboxesOptions) {}

  open(reader: OutboxReader): Outbox {
    const { redis, log } = this.options
    const outbox = new RedisOutbox(reader, redis, log, (closed) => this.outboxes.delete(closed))
    this.outboxes.add(outbox)
    // without a connection it is looked after as soon as there is one
    if (redis.isUp) outbox.tend().catch(() => undefined)
    return outbox
  }

  /** What adds an event, for every destination, to the change that makes it happen. */
  commands(what: Announcement): Command[] {
    if (this.outboxes.size === 0) return []
    const event = { id: this.options.newId(), time: this.options.now(), ...what }
    return [...this.outboxes].map((outbox) => outbox.command(event))
  }

  /** Something was added, by whatever node. */
  poke(): void {
    for (const outbox of this.outboxes) outbox.poke()
  }

  /** The connection is lost. */
  down(): void {
    for (const outbox of this.outboxes) outbox.down()
  }

  /** To be called regularly. */
  async tend(): Promise<void> {
    for (const outbox of this.outboxes) await outbox.tend()
  }

  async close(): Promise<void> {
    await Promise.all([...this.outboxes].map((outbox) => outbox.close()))
  }
}
