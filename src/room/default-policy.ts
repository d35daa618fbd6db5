import type { Platform } from '../platform/platform'
import type { ReconnectPolicy } from '../util/reconnect-policy'

const FIRST_DELAY_MS = 300
const MAX_DELAY_MS = 8_000
const GIVE_UP_AFTER_MS = 10 * 60_000
/** Share of a delay left to chance, so that the clients of a restarted server do not return all at once. */
const JITTER = 0.3

/** First try at once, then 300 ms doubling up to 8 s, each up to 30 % shorter by chance; gives up after 10 minutes. */
export function createDefaultPolicy(platform: Pick<Platform, 'random'>): ReconnectPolicy {
  return {
    nextDelayMs({ attempt, elapsedMs }) {
      if (elapsedMs >= GIVE_UP_AFTER_MS) return null
      if (attempt <= 1) return 0
      const delay = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 2))
      return Math.round(delay * (1 - JITTER * platform.random()))
    },
  }
}
