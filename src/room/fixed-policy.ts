import { RoomError } from '../errors'
import type { ReconnectPolicy } from '../util/reconnect-policy'

const FIXED_DELAY_MS = 5_000
const GIVE_UP_AFTER_MS = 10 * 60_000

/** How often, and for how long. */
export interface FixedPolicyOptions {
  /** Time between two tries, ms; the first comes after as long. 5 s unless told. */
  readonly everyMs?: number
  /** Gives up when it has been without success for this long, ms. 10 minutes unless told; Infinity = never. */
  readonly forMs?: number
}

/**
 * A try every few seconds, as the publisher SDKs of some vendors do it.
 * @throws RoomError BAD_CONFIG when a duration is not a positive number
 */
export function createFixedPolicy({
  everyMs = FIXED_DELAY_MS,
  forMs = GIVE_UP_AFTER_MS,
}: FixedPolicyOptions = {}): ReconnectPolicy {
  for (const [name, value] of Object.entries({ everyMs, forMs })) {
    if (!(value > 0)) throw new RoomError('BAD_CONFIG', `${name} is not a positive number of milliseconds`)
  }
  if (everyMs === Infinity) throw new RoomError('BAD_CONFIG', 'everyMs is not finite')
  return { nextDelayMs: ({ elapsedMs }) => (elapsedMs >= forMs ? null : everyMs) }
}
