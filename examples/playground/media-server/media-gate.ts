interface Answer {
  readonly ok: boolean
  readonly reason?: string
}

/** Asked before anyone publishes or plays; RoomService's gate is one. */
export interface MediaGate {
  check(action: 'publish' | 'play', stream: string, query: URLSearchParams): Answer | Promise<Answer>
  /**
   * The same for whoever is to publish here, and from then on watched over. A gate without it only checks URLs.
   * @param cut ends the connection at once
   * @returns `ended`, to be called when the stream has ended
   */
  publish?(
    stream: string,
    query: URLSearchParams,
    cut: () => void,
  ): Promise<{ readonly ok: true; ended(): void } | { readonly ok: false }>
}

/** Lets a publisher in, or not. @returns what is to be called when its stream has ended; null for a refusal */
export async function admitPublisher(
  gate: MediaGate,
  { stream, query }: StreamAddress,
  cut: () => void,
): Promise<(() => void) | null> {
  try {
    if (!gate.publish) return (await gate.check('publish', stream, query)).ok ? () => {} : null
    const admission = await gate.publish(stream, query, cut)
    return admission.ok ? () => admission.ended() : null
  } catch {
    // the rooms are out of reach: nobody knows who may
    return null
  }
}

/** Whether a player is let in. */
export async function admitsPlayer(gate: MediaGate, { stream, query }: StreamAddress): Promise<boolean> {
  try {
    return (await gate.check('play', stream, query)).ok
  } catch {
    return false
  }
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
