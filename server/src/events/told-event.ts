import type { KeepRecordOp, ReportOp } from '../store/store-ops'
import type { Store } from '../store/store'

/** What a callback has told, as operations of the store. */
export type ToldEvent = { readonly report: ReportOp } | { readonly record: KeepRecordOp }

/** Each once, however often it is told: repeated callbacks have no second effect. */
export async function take(store: Pick<Store, 'report' | 'keepRecord'>, told: ToldEvent): Promise<void> {
  if ('report' in told) await store.report(told.report)
  else await store.keepRecord(told.record)
}
