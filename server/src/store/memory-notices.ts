import { noticesBetween, ReplayLog } from './replay-log'
import type { NoticeEvent } from './store-event'
import type { StoredNotice, StoredRoom } from './stored-room'

/** The latest notices of every room, for those who come back, in the memory of one process. */
export class MemoryNotices {
  private readonly logs = new Map<string, ReplayLog>()

  /** @param at ms since 1970 */
  add({ room, epoch, notice }: NoticeEvent, at: number): void {
    const known = this.logs.get(room)
    const log = known?.epoch === epoch ? known : new ReplayLog(epoch)
    if (log !== known) this.logs.set(room, log)
    log.add(notice, at)
  }

  /** Those after `seq`; null when some of them are gone or too old. */
  since(seq: number, { room, seq: last }: StoredRoom): StoredNotice[] | null {
    const log = this.logs.get(room)
    return log ? log.since(seq, last) : noticesBetween([], seq, last)
  }

  forget(room: string): void {
    this.logs.delete(room)
  }

  /** Forgets what would not be told any more. */
  sweep(now: number): void {
    for (const [room, log] of this.logs) if (log.isOver(now)) this.logs.delete(room)
  }

  clear(): void {
    this.logs.clear()
  }
}
