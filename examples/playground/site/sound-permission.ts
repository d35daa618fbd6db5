/** A context that may not sound stays suspended for good, one that may is running well within this time. */
const DECIDED_WITHIN_MS = 500

/** Whether the browser lets this page sound already; if not, it wants a click or a key first. */
export async function mayMakeSound(): Promise<boolean> {
  const probe = new AudioContext()
  try {
    await Promise.race([probe.resume(), new Promise((resolve) => setTimeout(resolve, DECIDED_WITHIN_MS))])
    return probe.state === 'running'
  } finally {
    void probe.close()
  }
}
