/** One line of the fault matrix: something breaks in a call, and what becomes of it. */
export interface FaultRow {
  /** What breaks, in the words of the README's table. */
  readonly fault: string
  /** Which kind of it; '' when there is only one. */
  readonly variant: string
  run(): Promise<RowResult>
}

export interface RowResult {
  /** Virtual time from the moment at which recovery became possible; null where the call has to end. The slowest counts. */
  readonly recoveredMs: number | null
  /** What the page was told, without messages: each event once, in the order of its first time, with its count. */
  readonly events: readonly string[]
  /** Every message, URL, stream or resource that is not as it has to be; empty = the row holds. */
  readonly problems: readonly string[]
}

export function nameOf({ fault, variant }: FaultRow): string {
  return variant ? `${fault}: ${variant}` : fault
}
