const FIRST_MS = 1_000
const LONGEST_MS = 5 * 60_000

/**
 * How long to wait before the next try: twice as long each time, up to five minutes, and of that the second half by chance,
 * so that what failed together does not come together again.
 * @param attempt 1 after the first failure
 * @param chance from 0 to 1
 */
export function backoffMs(attempt: number, chance: number): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 30))
  return Math.round(most / 2 + (chance * most) / 2)
}
