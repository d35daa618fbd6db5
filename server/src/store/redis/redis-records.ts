import type { KeptRecord, RoomTrace } from '../room-records'
import { pastKey, recordsKey } from './keys'
import type { RedisLink } from './redis-link'

/** Recorded files, and whose the rooms were in which they were recorded. */
export class RedisRecords {
  constructor(
    private readonly redis: RedisLink,
    /** The room that bears an id at present. */
    private readonly presentOf: (room: string) => Promise<RoomTrace | null>,
  ) {}

  of(room: string): Promise<KeptRecord[]> {
    return this.listed(recordsKey(room))
  }

  /** The room of the present first: when it is closed meanwhile it is among those of the past. */
  async tracesOf(room: string): Promise<RoomTrace[]> {
    const present = await this.presentOf(room)
    const past = await this.listed<RoomTrace>(pastKey(room))
    return present ? [...past, present] : past
  }

  private async listed<T>(key: string): Promise<T[]> {
    const texts = await this.redis.ask((redis) => redis.lrange(key, 0, -1))
    return texts.map((text) => JSON.parse(text) as T)
  }
}
