import { noticesBetween, type LoggedNotice } from '../replay-log'
import { REPLAY_MAX } from '../lifetimes'
import type { StoredNotice, StoredRoom } from '../stored-room'
import { logKey } from './keys'
import type { RedisLink } from './redis-link'

/** More notices than are asked for are read, because others may come meanwhile. */
const LOG_MARGIN = 50

/** The notices of a room after `seq`; null when they do not reach back to it. */
export async function noticesSince(
  redis: RedisLink,
  seq: number,
  { room, seq: last }: StoredRoom,
): Promise<StoredNotice[] | null> {
  if (seq > last || last - seq > REPLAY_MAX) return null
  const texts = await redis.ask((client) => client.lrange(logKey(room), seq - last - LOG_MARGIN, -1))
  const log = texts.map((text) => JSON.parse(text) as LoggedNotice)
  return noticesBetween(log, seq, last)
}
