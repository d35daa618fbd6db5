import type { RoomEvent } from './room-event'

/** A place outside that is told what happens in the rooms. */
export interface Destination {
  /** Names the queue of what waits for it: the same on all nodes, and no other destination's. */
  readonly name: string
  /** An event that is older than this is not tried any more, ms; a day by default. */
  readonly giveUpAfterMs?: number
  /**
   * Resolves when the event has arrived. Whatever it rejects with, the event is delivered again later, and until then no
   * later one of its room. It may come twice: after an answer that was lost, or that came later than `signal`.
   * @param signal that nobody waits for an answer any more
   */
  deliver(event: RoomEvent, signal: AbortSignal): Promise<void>
}

/** A destination has not taken an event. The message stands in logs: it names no key and no URL. */
export class DeliveryError extends Error {
  constructor(
    message: string,
    /** How long the destination wants to be left alone, ms; 0 = it has not said. */
    readonly retryAfterMs = 0,
  ) {
    super(message)
  }
}
