import { REPLAY_MAX, REPLAY_MS } from './lifetimes'
import type { StoredNotice } from './stored-room'

/** A notice and when it was made, ms since 1970. */
export interface LoggedNotice {
  readonly notice: StoredNotice
  readonly at: number
}

/** The notices of one room's last two minutes. */
export class ReplayLog {
  private readonly entries: LoggedNotice[] = []

  constructor(readonly epoch: string) {}

  add(notice: StoredNotice, at: number): void {
    this.entries.push({ notice, at })
    while (this.entries.length > REPLAY_MAX || (this.entries[0] && this.entries[0].at < at - REPLAY_MS)) {
      this.entries.shift()
    }
  }

  /** Nothing of it would be told any more. */
  isOver(now: number): boolean {
    return (this.entries.at(-1)?.at ?? 0) < now - REPLAY_MS
  }

  since(seq: number, last: number): StoredNotice[] | null {
    return noticesBetween(this.entries, seq, last)
  }
}

/**
 * What a log holds of the notices after `seq` up to `last`; null when some of them are gone or too old, or when `seq` has
 * never been.
 */
export function noticesBetween(log: readonly LoggedNotice[], seq: number, last: number): StoredNotice[] | null {
  const newest = log.at(-1)?.at ?? 0
  const kept = log.filter(({ notice, at }) => notice.seq > seq && notice.seq <= last && at >= newest - REPLAY_MS)
  return kept.length === last - seq ? kept.map(({ notice }) => notice) : null
}
