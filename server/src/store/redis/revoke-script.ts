import type { Redis } from 'ioredis'
import type { StoreEvent } from '../store-event'
import { EVENT_COUNT_KEY, EVENTS_KEY, tokenKey } from './keys'

/** KEYS: what is remembered of the login, events, event count. ARGV: until (ms), for how long (ms), events as JSON. */
const REVOKE_SCRIPT = `
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
local count = redis.call('INCR', KEYS[3])
redis.call('XADD', KEYS[2], 'MAXLEN', '~', 50000, count .. '-1', 'events', ARGV[3])
return count
`

/** Ends a login for all nodes: those that ask later find it written down, the others hear of it now. @param until ms since 1970 */
export async function revokeLogin(redis: Redis, login: string, until: number, now: number): Promise<void> {
  const forMs = Math.max(1, Math.ceil(until - now))
  const events: StoreEvent[] = [{ type: 'loggedOut', login }]
  const keys = [tokenKey(login), EVENTS_KEY, EVENT_COUNT_KEY]
  await redis.eval(REVOKE_SCRIPT, keys.length, ...keys, until, forMs, JSON.stringify(events))
}
