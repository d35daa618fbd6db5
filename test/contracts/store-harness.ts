import type { Store } from '../../server/src/store/store'

/** A store to try, on time that the suite moves. */
export interface StoreHarness {
  readonly store: Store
  /** Moves the store's time. */
  advance(ms: number): Promise<void>
  /** Resolves when every event so far has been heard. */
  settled(): Promise<void>
  close(): Promise<void>
}
