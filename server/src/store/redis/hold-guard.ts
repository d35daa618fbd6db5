import type { StoreEvent } from '../store-event'

interface Hold {
  /** Event count when the hold was written down; null while that is on its way. */
  since: number | null
  readonly waiting: { readonly number: number; readonly event: StoreEvent }[]
}

/**
 * Events come later than answers. A connection that has entered a room again must not hear then that it was put out before:
 * such events wait until the entering is done, and what is older than it is dropped.
 */
export class HoldGuard {
  private readonly holds = new Map<string, Hold>()

  constructor(private readonly deliver: (event: StoreEvent) => void) {}

  /** @param enter resolves to the event count when it is done */
  async entering<T extends { readonly eventCount: number }>(
    room: string,
    connection: string,
    enter: () => Promise<T>,
  ): Promise<T> {
    const key = keyOf(room, connection)
    const hold: Hold = { since: null, waiting: [] }
    this.holds.set(key, hold)
    try {
      const done = await enter()
      hold.since = done.eventCount
      return done
    } catch (error) {
      if (this.holds.get(key) === hold) this.holds.delete(key)
      throw error
    } finally {
      for (const { number, event } of hold.waiting) if (number > (hold.since ?? 0)) this.deliver(event)
    }
  }

  /** Delivers the event, now or as soon as it is known whether it still counts. */
  pass(number: number, event: StoreEvent): void {
    const hold = 'connection' in event ? this.holds.get(keyOf(event.room, event.connection)) : undefined
    if (hold && hold.since === null) hold.waiting.push({ number, event })
    else if (!hold || number > (hold.since ?? 0)) this.deliver(event)
  }

  /** Everything up to this number has passed. */
  passed(number: number): void {
    for (const [key, { since }] of this.holds) if (since !== null && since <= number) this.holds.delete(key)
  }

  clear(): void {
    this.holds.clear()
  }
}

function keyOf(room: string, connection: string): string {
  return JSON.stringify([room, connection])
}
