import { parseStreamName, type PublishedKind, type StreamOwner } from '../stream-name'

export type OwnedStream = StreamOwner & { readonly kind: PublishedKind }

/**
 * Whose a stream is that a cloud names; null = nobody's here.
 * @param query of the URL that it is published to
 */
export type StreamOwnerOf = (stream: string, query: URLSearchParams) => OwnedStream | null

/**
 * Knows the names that this server gives, with or without the `{bizid}_` that Tencent's live service wants before them, and
 * those of relayed TRTC streams, `{sdkAppID}_{room}_{user}_{main|aux}`. A room with a `_` cannot be told from the
 * user in the latter: what stands before the first one is the room.
 */
export function createStreamOwnerOf(sdkAppID: number): StreamOwnerOf {
  const relayed = new RegExp(`^${sdkAppID}_([^_]+)_(.+)_(main|aux)$`)
  return (stream, query) => {
    const [, roomID, userID, kind] = relayed.exec(stream) ?? []
    if (roomID !== undefined && userID !== undefined) return { roomID, userID, kind: kind as PublishedKind }
    const prefix = `${query.get('bizid') ?? ''}_`
    return parseStreamName(prefix !== '_' && stream.startsWith(prefix) ? stream.slice(prefix.length) : stream)
  }
}
