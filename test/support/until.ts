const PAUSE_MS = 50

/** Asks again until `probe` answers something, at most `withinMs`: a bound against hanging, not an expectation of speed. */
export async function until<T>(
  what: string,
  probe: () => Promise<T | null | undefined | false>,
  withinMs = 45_000,
): Promise<T> {
  const end = Date.now() + withinMs
  for (;;) {
    const found = await probe()
    if (found) return found
    if (Date.now() > end) throw new Error(`${what}: not within ${withinMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
