import { askServer } from './ask-server'

const ROUND_TRIPS = 5
const UPLOAD_BYTES = 256 * 1024
const UPLOAD_TIMEOUT_MS = 15_000

/** The middle of some round trips to a server, ms. @throws Error by the promise when it does not answer */
export async function roundTripMs(server: string, now: () => number = Date.now): Promise<number> {
  const times: number[] = []
  while (times.length <= ROUND_TRIPS) {
    const askedAt = now()
    await askServer(`${server}/healthz`)
    times.push(now() - askedAt)
  }
  // the first one has paid for the connection
  const [, ...others] = times
  return others.sort((a, b) => a - b)[ROUND_TRIPS >> 1] ?? 0
}

/** How fast a server takes what is sent to it, kbit/s; null where it has no place for that, as outside the playground. */
export async function uploadKbps(server: string, now: () => number = Date.now): Promise<number | null> {
  const startedAt = now()
  try {
    const { bytes } = await askServer<{ bytes?: number }>(`${server}/speed`, {
      method: 'POST',
      data: new ArrayBuffer(UPLOAD_BYTES),
      header: { 'content-type': 'application/octet-stream' },
      timeout: UPLOAD_TIMEOUT_MS,
    })
    if (bytes !== UPLOAD_BYTES) return null
    return Math.round((bytes * 8) / Math.max(1, now() - startedAt))
  } catch {
    return null
  }
}
