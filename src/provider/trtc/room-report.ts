import type { RawMediaEvent } from '../../media/raw-event'
import type { StreamKind } from '../../model'

/** What the live-pusher tells of the room it has entered. */
export type RoomReport =
  | { readonly type: 'entered' | 'reenter' }
  | { readonly type: 'exited'; readonly reason: ExitReason }
  /** `listed`: everyone but oneself, with what can be played of them */
  | {
      readonly type: 'listed' | 'joined' | 'left' | 'video' | 'audio'
      readonly users: readonly UserNews[]
    }

/** A user, or a stream of theirs. */
export interface UserNews {
  readonly userID: string
  /** null: a kind of stream that is not known */
  readonly kind: StreamKind | null
  /** '' where the message does not say */
  readonly url: string
  /** Of sound or picture. */
  readonly on: boolean
}

/** `own`: by one's own doing, a stop of the tag; `unsaid`: the message does not tell. */
export type ExitReason = 'own' | 'kicked' | 'dismissed' | 'unsaid'

const TYPES: ReadonlyMap<unknown, RoomReport['type']> = new Map([
  [1018, 'entered'],
  [1019, 'exited'],
  [1020, 'listed'],
  [1021, 'reenter'],
  [1031, 'joined'],
  [1032, 'left'],
  [1033, 'video'],
  [1034, 'audio'],
])

/**
 * null: the event does not speak of the room, or nothing of it can be read. `warn` is told what is wrong about a message. Never
 * throws, whatever a phone writes.
 */
export function readReport(
  { target, type: kind, code, message = '' }: RawMediaEvent,
  warn: (problem: string) => void,
): RoomReport | null {
  const type = target === 'publisher' && kind === 'statechange' ? TYPES.get(code) : undefined
  switch (type) {
    case undefined:
      return null
    case 'entered':
    case 'reenter':
      return { type }
    case 'exited':
      return { type, reason: exitReason(message) }
    default: {
      const users = usersOf(message, type === 'audio' ? 'hasaudio' : 'hasvideo', warn)
      return users && { type, users }
    }
  }
}

const EXIT_REASONS: readonly ExitReason[] = ['own', 'kicked', 'dismissed']

/** The number stands in a sentence: `… reason[1] …`. Whoever is put out for a reason not listed has been dismissed. */
function exitReason(message: string): ExitReason {
  const number = /reason\s*\[\s*(-?\d+)\s*\]/.exec(message)?.[1]
  if (number === undefined) return 'unsaid'
  return EXIT_REASONS[Number(number)] ?? 'dismissed'
}

const STREAM_TYPES = ['main', 'aux', 'small'] as const satisfies readonly StreamKind[]

/** null: nothing of the message can be read */
function usersOf(message: string, flag: 'hasaudio' | 'hasvideo', warn: (problem: string) => void): UserNews[] | null {
  let parsed: { readonly userlist?: unknown } | null
  try {
    parsed = JSON.parse(message) as typeof parsed
  } catch {
    warn('the message is not JSON')
    return null
  }
  if (!Array.isArray(parsed?.userlist)) {
    warn('the message has no userlist')
    return null
  }
  const users: UserNews[] = []
  for (const user of parsed.userlist as unknown[]) {
    const { userid, playurl, streamtype, [flag]: on } = (user ?? {}) as Readonly<Record<string, unknown>>
    const userID = typeof userid === 'string' || typeof userid === 'number' ? String(userid) : ''
    if (!userID) {
      warn('a user has no userid')
      continue
    }
    const url = typeof playurl === 'string' ? playurl : ''
    const type = streamtype ?? /[?&]streamtype=([^&]*)/.exec(url)?.[1] ?? 'main'
    const kind = STREAM_TYPES.find((known) => known === type) ?? null
    if (!kind) warn(`a stream type is unknown: ${String(type).slice(0, 20)}`)
    users.push({ userID, kind, url, on: ['true', '1'].includes(String(on)) })
  }
  return users
}
