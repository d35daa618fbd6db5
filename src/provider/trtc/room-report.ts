import type { RawMediaEvent } from '../../media/raw-event'
import type { StreamKind } from '../../model'

/** A user's stream as one message tells of it; `url` is '' where it does not say. */
export interface StreamNews {
  readonly userID: string
  readonly kind: StreamKind
  readonly url: string
  readonly on: boolean
}

/** What the live-pusher tells of the room it has entered. */
export type RoomReport =
  | { readonly type: 'entered' }
  | { readonly type: 'exited'; readonly reason: ExitReason }
  | { readonly type: 'reenter' }
  /** everyone but oneself, with what can be played of them */
  | {
      readonly type: 'listed'
      readonly userIDs: readonly string[]
      readonly streams: readonly Omit<StreamNews, 'on'>[]
    }
  | { readonly type: 'joined' | 'left'; readonly userIDs: readonly string[] }
  | { readonly type: 'video' | 'audio'; readonly streams: readonly StreamNews[] }

/** `own`: by one's own doing, a stop of the tag; `unsaid`: the message does not tell. */
export type ExitReason = 'own' | 'kicked' | 'dismissed' | 'unsaid'

/** A report with what was wrong about its message; without a report nothing of it could be read. */
export interface ReadReport {
  readonly report?: RoomReport
  readonly problems: readonly string[]
}

type Reader = (message: string, problems: string[]) => RoomReport | undefined

const READERS: Readonly<Record<number, Reader>> = {
  1018: () => ({ type: 'entered' }),
  1019: (message) => ({ type: 'exited', reason: exitReason(message) }),
  1020: (message, problems) => {
    const users = usersOf(message, problems)
    return users && { type: 'listed', userIDs: idsOf(users), streams: streamsOf(users, problems) }
  },
  1021: () => ({ type: 'reenter' }),
  1031: (message, problems) => userReport('joined', usersOf(message, problems)),
  1032: (message, problems) => userReport('left', usersOf(message, problems)),
  1033: (message, problems) => streamReport('video', 'hasvideo', message, problems),
  1034: (message, problems) => streamReport('audio', 'hasaudio', message, problems),
}

/** null: the event does not speak of the room. Never throws, whatever a phone writes. */
export function readReport({ target, type, code, message = '' }: RawMediaEvent): ReadReport | null {
  if (target !== 'publisher' || type !== 'statechange' || code === undefined) return null
  const read = Object.prototype.hasOwnProperty.call(READERS, code) ? READERS[code] : undefined
  if (!read) return null
  const problems: string[] = []
  const report = read(message, problems)
  return report ? { report, problems } : { problems }
}

const EXIT_REASONS: readonly ExitReason[] = ['own', 'kicked', 'dismissed']

/** The number stands in a sentence: `… reason[1] …`. Whoever is put out for a reason not listed has been dismissed. */
function exitReason(message: string): ExitReason {
  const number = /reason\s*\[\s*(-?\d+)\s*\]/.exec(message)?.[1]
  if (number === undefined) return 'unsaid'
  return EXIT_REASONS[Number(number)] ?? 'dismissed'
}

interface RawUser {
  readonly userID: string
  readonly raw: Readonly<Record<string, unknown>>
}

function usersOf(message: string, problems: string[]): RawUser[] | undefined {
  let list: unknown
  try {
    list = (JSON.parse(message) as { userlist?: unknown } | null)?.userlist
  } catch {
    problems.push('the message is not JSON')
    return undefined
  }
  if (!Array.isArray(list)) {
    problems.push('the message has no userlist')
    return undefined
  }
  const users: RawUser[] = []
  for (const raw of list as unknown[]) {
    const { userid } = (raw ?? {}) as { readonly userid?: unknown }
    if (typeof userid === 'string' && userid !== '') users.push({ userID: userid, raw: raw as RawUser['raw'] })
    else if (typeof userid === 'number') users.push({ userID: String(userid), raw: raw as RawUser['raw'] })
    else problems.push('a user has no userid')
  }
  return users
}

function userReport(type: 'joined' | 'left', users: RawUser[] | undefined): RoomReport | undefined {
  return users && { type, userIDs: idsOf(users) }
}

function idsOf(users: readonly RawUser[]): string[] {
  return users.map(({ userID }) => userID)
}

function streamReport(
  type: 'video' | 'audio',
  flag: 'hasvideo' | 'hasaudio',
  message: string,
  problems: string[],
): RoomReport | undefined {
  const users = usersOf(message, problems)
  if (!users) return undefined
  const streams = streamsOf(users, problems)
  return { type, streams: streams.map(({ raw, ...stream }) => ({ ...stream, on: isOn(raw[flag]) })) }
}

type ListedStream = RawUser & Omit<StreamNews, 'on'>

/** Streams of an unknown type are left out. */
function streamsOf(users: readonly RawUser[], problems: string[]): ListedStream[] {
  const streams: ListedStream[] = []
  for (const { userID, raw } of users) {
    const url = typeof raw.playurl === 'string' ? raw.playurl : ''
    const type = raw.streamtype ?? /[?&]streamtype=([^&]*)/.exec(url)?.[1] ?? 'main'
    const kind = STREAM_TYPES.find((known) => known === type)
    if (kind) streams.push({ userID, raw, kind, url })
    else problems.push(`a stream type is unknown: ${String(type).slice(0, 20)}`)
  }
  return streams
}

const STREAM_TYPES = ['main', 'aux', 'small'] as const satisfies readonly StreamKind[]

function isOn(value: unknown): boolean {
  return value === true || value === 1 || value === 'true' || value === '1'
}
