import type { RoomError } from '../errors'

/** What a policy may look at. */
export interface RetryContext {
  /** Number of the try that is to be made, from 1. */
  readonly attempt: number
  /** Since the link was lost, or since the network last came back, ms. */
  readonly elapsedMs: number
  readonly cause: RoomError
}

/** When to try again. Whoever retries asks before every try, and starts over from 1 on network back or foreground. */
export interface ReconnectPolicy {
  /** Milliseconds to wait before the try; null = give up. */
  nextDelayMs(context: RetryContext): number | null
}
