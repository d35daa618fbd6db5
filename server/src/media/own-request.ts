const TIMEOUT_MS = 5_000

/** What a media server has answered that could not be done; it names no URL, in which a password may be. */
export class MediaServerFailed extends Error {
  constructor(server: string, status: number) {
    super(`${server} answered HTTP ${status}`)
  }
}

/** Asks a media server of one's own. @param baseUrl may hold a user and a password, which `fetch` takes as a header only */
export function ownRequest(
  baseUrl: string,
  ask: typeof fetch,
): (method: 'GET' | 'DELETE', path: string) => Promise<Response> {
  const { username, password, origin, pathname } = new URL(baseUrl)
  const root = origin + pathname.replace(/\/+$/, '')
  const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  const headers: Record<string, string> = username === '' ? {} : { authorization: `Basic ${basic}` }
  return (method, path) => ask(root + path, { method, headers, signal: AbortSignal.timeout(TIMEOUT_MS) })
}
