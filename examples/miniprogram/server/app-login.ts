let ending: Promise<unknown> = Promise.resolve()

/**
 * Ends the app's login once a page's call has ended, so that the others see its user leave. The page before may already be in
 * front then, and log in: it waits for {@link loginEnded}, or its login would be the one that ends.
 */
export function endLoginAfter(call: Promise<unknown>, logout: () => Promise<unknown>): void {
  const before = ending
  ending = call
    .then(() => before)
    .then(() => logout())
    .catch(() => undefined)
}

/** Resolves when no login is about to end. */
export function loginEnded(): Promise<unknown> {
  return ending
}
