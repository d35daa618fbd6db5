import { RoomError } from '../../../src/errors'
import { requireRight } from '../rights'
import type { RecordFile } from '../events/record-file'
import type { RecordsOp } from './store-ops'

const DAY_MS = 24 * 3600_000
/** Files of a room are kept for so long after the last one has come. */
export const RECORDS_KEPT_MS = 30 * DAY_MS
/** Files of one room id at most; the oldest make room for new ones. */
export const RECORDS_MAX = 1_000
/** It is known who made a room for so long after it was closed: files come late. */
export const PAST_KEPT_MS = 3 * DAY_MS
/** Earlier rooms of one id at most. */
export const PAST_MAX = 5
/** Clocks of the recorder and of this server may be that far apart. */
const CLOCK_MARGIN_MS = 10_000

/** A room of an id, whether it is there or was. */
export interface RoomTrace {
  readonly creator: string
  /** ms since 1970 */
  readonly createdAt: number
}

export interface KeptRecord {
  /** Whose room it was: who may see the file. */
  readonly creator: string
  readonly file: RecordFile
  /** When it came, ms since 1970. */
  readonly at: number
}

/**
 * Who made the room in which the file was recorded, of those that bore the id; undefined when none of them can have been it.
 * @param traces in the order of their creation
 */
export function creatorOf(traces: readonly RoomTrace[], { end_time }: RecordFile): string | undefined {
  const end = end_time === 0 ? Infinity : end_time * 1000 + CLOCK_MARGIN_MS
  return traces.findLast(({ createdAt }) => createdAt <= end)?.creator
}

/**
 * The files that somebody may see, in the order of their beginning.
 * @throws RoomError ROOM_NOT_FOUND when nothing is known of the room, FORBIDDEN when it was always somebody else's
 */
export function recordsFor(
  { userID, from, to }: RecordsOp,
  traces: readonly RoomTrace[],
  records: readonly KeptRecord[],
): RecordFile[] {
  const own = records.filter(({ creator }) => creator === userID)
  if (own.length === 0 && traces.length === 0 && records.length === 0) throw new RoomError('ROOM_NOT_FOUND')
  requireRight('listRecords', { isCreator: own.length > 0 || traces.some(({ creator }) => creator === userID) })
  return own
    .map(({ file }) => file)
    .filter(({ start_time, end_time }) => start_time <= to && Math.max(start_time, end_time) >= from)
    .sort((a, b) => a.start_time - b.start_time)
}
