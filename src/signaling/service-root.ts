import { RoomError } from '../errors'

/** The kinds of room that an address may end in. */
const KINDS = ['multi_room', 'double_room', 'live_room', 'webrtc_room'] as const
export type ServiceKind = (typeof KINDS)[number]

export interface ServiceRoot {
  /** Scheme, host and path prefix, without a trailing slash and without `/weapp`. */
  readonly root: string
  /** Kind named by the address; null when it names none. */
  readonly kind: ServiceKind | null
}

/**
 * Reads the address of a RoomService as pages write it: with or without a path prefix, `/weapp`, a room kind and
 * trailing slashes. `ws` and `wss` are read as `http` and `https`; without a scheme it is https.
 *
 * @throws RoomError BAD_PARAMETER when it is no such address
 */
export function parseServiceRoot(address: string): ServiceRoot {
  const match = /^(?:(https?|wss?):\/\/)?((?:\[[\da-f:.]+\]|[^\s/?#@:[\]]+)(?::\d+)?)((?:\/[^\s?#]*)?)$/i.exec(
    address.trim(),
  )
  const host = match?.[2]
  if (!match || !host) throw new RoomError('BAD_PARAMETER', 'serverDomain is not an http(s) address')
  const scheme = (match[1] ?? 'https').toLowerCase().replace('ws', 'http')
  const segments = (match[3] ?? '').split('/').filter((segment) => segment !== '')
  const kind = KINDS.find((each) => each === segments[segments.length - 1]) ?? null
  if (kind) segments.pop()
  if (segments[segments.length - 1] === 'weapp') segments.pop()
  return { root: [`${scheme}://${host}`, ...segments].join('/'), kind }
}

/** Address of the socket below a root given by {@link parseServiceRoot}: wss when the root is https. */
export function socketUrl(root: string): string {
  return `${root.replace(/^http/, 'ws')}/weapp/ws`
}
