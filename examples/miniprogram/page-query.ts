type Query = Readonly<Record<string, string | undefined>>

/** One field of a page's query. WeChat hands it over as it stood in the URL, so it is still percent-encoded. */
export function queryText(query: Query, name: string): string {
  const raw = query[name] ?? ''
  try {
    return decodeURIComponent(raw)
  } catch {
    // a lone % is no encoding: it was meant as it stands
    return raw
  }
}

const ROOM_KINDS = ['rtc-room', 'live-room', 'webrtc-room'] as const

export type RoomKind = (typeof ROOM_KINDS)[number]

/** Which component a page shows that can show any of them. */
export function askedKind(query: Query): RoomKind {
  return ROOM_KINDS.find((name) => name === queryText(query, 'kind')) ?? 'rtc-room'
}

/** What somebody is in a broadcast. */
export function askedRole({ role }: Query): 'presenter' | 'audience' {
  return role === 'presenter' ? 'presenter' : 'audience'
}
