import { RecentMap } from '../recent-map'
import { ExpiringMap } from './expiring-map'
import { PAST_KEPT_MS, PAST_MAX, RECORDS_KEPT_MS, RECORDS_MAX, type KeptRecord, type RoomTrace } from './room-records'

/** Room ids whose files are kept, and as many of whose past is known. */
const ROOMS_MAX = 10_000

interface PastRoom extends RoomTrace {
  readonly closedAt: number
}

/** Recorded files, and whose the rooms were in which they were recorded, in the memory of one process. */
export class MemoryRecords {
  private readonly records = new RecentMap<readonly KeptRecord[]>(ROOMS_MAX)
  private readonly past = new RecentMap<readonly PastRoom[]>(ROOMS_MAX)
  /** As of the latest operation, ms since 1970. */
  private now = 0
  private readonly known = new ExpiringMap<true>(() => this.now)

  /** Whether no file of this id was asked for before; from now on one was. */
  isNew(fileID: string, now: number): boolean {
    this.now = now
    if (this.known.get(fileID)) return false
    this.known.set(fileID, true, now + RECORDS_KEPT_MS)
    return true
  }

  keep(room: string, record: KeptRecord): void {
    this.records.set(room, [...this.of(room, record.at), record].slice(-RECORDS_MAX))
  }

  of(room: string, now: number): readonly KeptRecord[] {
    const records = this.records.get(room) ?? []
    return (records.at(-1)?.at ?? 0) > now - RECORDS_KEPT_MS ? records : []
  }

  /** The room is closed. */
  passed(room: string, { creator, createdAt }: RoomTrace, closedAt: number): void {
    this.past.set(room, [...this.pastOf(room, closedAt), { creator, createdAt, closedAt }].slice(-PAST_MAX))
  }

  pastOf(room: string, now: number): readonly PastRoom[] {
    const rooms = this.past.get(room) ?? []
    return (rooms.at(-1)?.closedAt ?? 0) > now - PAST_KEPT_MS ? rooms : []
  }
}
