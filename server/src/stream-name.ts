/** Whose stream, in which room; the name carries both, so that a gate needs no table to know the owner. */
export interface StreamOwner {
  readonly roomID: string
  readonly userID: string
}

/** `aux` is a shared screen beside the `main` stream. */
export type PublishedKind = 'main' | 'aux'

/**
 * `{room}.{user}_{kind}`. Everything but letters, digits, `_` and `-` is escaped as `~XX` per UTF-8 byte, so that no two
 * owners share a name and the name passes through any URL, file system and log unchanged.
 */
export function streamNameOf(owner: StreamOwner, kind: PublishedKind = 'main'): string {
  return `${escapeName(owner.roomID)}.${escapeName(owner.userID)}_${kind}`
}

/** In the place of a stream's name: whoever is in the room publishes elsewhere, as clients of TRTC do. */
export const NO_STREAM = '-'

/** The owner of a stream and its kind, null when the name is not one that {@link streamNameOf} makes. */
export function parseStreamName(name: string): (StreamOwner & { readonly kind: PublishedKind }) | null {
  const match = /^([\w~-]+)\.([\w~-]+)_(main|aux)$/.exec(name)
  if (!match) return null
  const kind = match[3] as PublishedKind
  const owner = { roomID: unescapeName(match[1] as string), userID: unescapeName(match[2] as string) }
  // one owner has one name: lower-case escapes, needless escapes and broken UTF-8 are other names
  return streamNameOf(owner, kind) === name ? { ...owner, kind } : null
}

function escapeName(text: string): string {
  let name = ''
  for (const byte of Buffer.from(text, 'utf8')) {
    const char = String.fromCharCode(byte)
    name += /[\w-]/.test(char) ? char : `~${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return name
}

function unescapeName(name: string): string {
  const bytes: number[] = []
  for (const part of name.match(/~[0-9A-F]{2}|[\s\S]/g) ?? []) {
    bytes.push(part.length === 3 ? parseInt(part.slice(1), 16) : part.charCodeAt(0))
  }
  return Buffer.from(bytes).toString('utf8')
}
