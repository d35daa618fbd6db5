/** Asked before anyone publishes or plays; RoomService's gate is one. */
export interface MediaGate {
  check(
    action: 'publish' | 'play',
    stream: string,
    query: URLSearchParams,
  ): { readonly ok: boolean; readonly reason?: string }
}

export interface StreamAddress {
  readonly stream: string
  readonly query: URLSearchParams
}

const STREAM = /^[A-Za-z0-9_.~-]{1,400}$/

/** `{base}/live/{stream}.flv?…` → its parts; null for anything else, however malformed. */
export function flvAddress(url: string, basePath: string): StreamAddress | null {
  const [path = '', query = ''] = url.split('?', 2)
  const prefix = `${basePath}/live/`
  if (!path.startsWith(prefix) || !path.endsWith('.flv')) return null
  const stream = path.slice(prefix.length, -'.flv'.length)
  return STREAM.test(stream) ? { stream, query: new URLSearchParams(query) } : null
}

/** The name that an RTMP client publishes or plays, and its app. */
export function rtmpAddress(app: unknown, name: unknown, query: Record<string, unknown>): StreamAddress | null {
  if (app !== 'live' || typeof name !== 'string' || !STREAM.test(name)) return null
  const entries = Object.entries(query).map(([key, value]): [string, string] => [key, String(value)])
  return { stream: name, query: new URLSearchParams(entries) }
}

/** node-media-server allows letters, digits, _ and - only, and cuts names at a dot. */
export function internalName(stream: string): string {
  return Buffer.from(stream).toString('base64url')
}

/** The reverse of {@link internalName}. */
export function streamOfInternal(name: string): string {
  return Buffer.from(name, 'base64url').toString()
}
