import type { FaultName } from '../runtime/phone-channel'

/** One fault from its beginning to the moment at which everyone is drawn again. All times are ms since 1970. */
export interface FaultRecord {
  readonly fault: FaultName
  /** letters of the phones that were broken */
  readonly letters: readonly string[]
  readonly brokenAt: number
  /** Something was first seen to be away; null = not yet. */
  readonly noticedAt: number | null
  /** The library's tries to bring something back, on whatever phone. */
  readonly tries: readonly number[]
  /** The fault is mended: from here on the call can come back. */
  readonly mendedAt: number | null
  readonly backAt: number | null
}

export type FaultNews =
  | { readonly type: 'tried'; readonly at: number }
  | { readonly type: 'mended'; readonly at: number }
  /** `whole`: every phone is in the room and draws everyone */
  | { readonly type: 'seen'; readonly at: number; readonly whole: boolean }

export function beginFault(fault: FaultName, letters: readonly string[], at: number): FaultRecord {
  return { fault, letters, brokenAt: at, noticedAt: null, tries: [], mendedAt: null, backAt: null }
}

/** What is told after the recovery belongs to no fault. */
export function faultStep(record: FaultRecord, news: FaultNews): FaultRecord {
  if (record.backAt !== null) return record
  switch (news.type) {
    case 'tried':
      return { ...record, tries: [...record.tries, news.at] }
    case 'mended':
      return record.mendedAt === null ? { ...record, mendedAt: news.at } : record
    case 'seen':
      if (!news.whole) return record.noticedAt === null ? { ...record, noticedAt: news.at } : record
      return record.mendedAt === null ? record : { ...record, backAt: news.at }
  }
}

/** ms that recovery took once it was possible; null while it has not come to that. */
export function recoveredInMs({ mendedAt, backAt }: FaultRecord): number | null {
  return mendedAt === null || backAt === null ? null : backAt - mendedAt
}
