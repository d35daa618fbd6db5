import { RoomError, type ErrorCode } from '../../errors'
import type { UserInfo } from '../../model'
import type { JoinRequest } from '../provider'
import { isPlayUrl, isPushUrl } from './play-urls'

/** Someone whose stream the app knows. */
export interface DirectMember extends Pick<UserInfo, 'userID'> {
  /** The userID unless told. */
  readonly userName?: string
  readonly userAvatar?: string
  /** rtmp, http-flv or room. */
  readonly playUrl: string
  /** HTTP-FLV for the audience of a broadcast; `playUrl` unless told. */
  readonly liveUrl?: string
  /** Whether microphone and camera are on; both unless told. */
  readonly audio?: boolean
  readonly video?: boolean
}

/**
 * Something as it is, or the app's way to ask for it. Asked again on every reconnect, because URLs expire. No answer within 15 s is
 * TIMEOUT.
 */
export type Asked<T, Args extends unknown[]> = T | ((...args: Args) => T | Promise<T>)

/** Configuration of the provider `direct`. */
export interface DirectConfig {
  readonly userID: string
  /** Where one pushes oneself; an audience needs none. */
  readonly pushUrl?: Asked<string, [room: JoinRequest]>
  /** The others in the room, in the order in which they are to be shown; oneself is left out. */
  readonly members: Asked<readonly DirectMember[], [room: JoinRequest]>
  /** A fresh play URL of one member. Without it `members` is asked again. */
  readonly playUrl?: (userID: string) => string | Promise<string>
  /** Time between two questions for the members, ms; 5 s unless told, 0 = never. A list that is given is never asked for. */
  readonly refreshMs?: number
  /** Told when one has left, so that the app's server can drop one from its list. */
  readonly left?: () => void | Promise<void>
}

const FUNCTIONS = ['playUrl', 'left'] as const

/** @throws RoomError BAD_CONFIG that names the field */
export function readDirectConfig(config: unknown): DirectConfig {
  const fields = Object(config) as Record<keyof DirectConfig, unknown>
  if (typeof fields.userID !== 'string' || fields.userID === '') throw bad('userID is not a string, or empty')
  if (typeof fields.pushUrl !== 'function' && fields.pushUrl !== undefined) checkPushUrl(fields.pushUrl)
  if (typeof fields.members !== 'function') checkMembers(fields.members)
  for (const name of FUNCTIONS) {
    if (fields[name] !== undefined && typeof fields[name] !== 'function') throw bad(`${name} is not a function`)
  }
  const { refreshMs } = fields
  if (refreshMs !== undefined && !(typeof refreshMs === 'number' && refreshMs >= 0)) {
    throw bad('refreshMs is not a number of milliseconds')
  }
  return fields as unknown as DirectConfig
}

/** @param code BAD_CONFIG for what was configured, another for what the app answered */
export function checkPushUrl(url: unknown, code: ErrorCode = 'BAD_CONFIG'): string {
  if (isPushUrl(url)) return url
  throw bad('pushUrl is not an rtmp or room URL', code)
}

export function checkPlayUrl(url: unknown, field: string, code: ErrorCode = 'BAD_CONFIG'): string {
  if (isPlayUrl(url)) return url
  throw bad(`${field} is not an rtmp, http-flv or room URL`, code)
}

export function checkMembers(members: unknown, code: ErrorCode = 'BAD_CONFIG'): readonly DirectMember[] {
  if (!Array.isArray(members)) throw bad('members is not an array, nor a function', code)
  const seen = new Set<string>()
  members.forEach((member: unknown, index) => {
    const { userID, playUrl, liveUrl } = Object(member) as Partial<Record<keyof DirectMember, unknown>>
    const at = `members[${index}]`
    if (typeof userID !== 'string' || userID === '') throw bad(`${at}.userID is not a string, or empty`, code)
    if (seen.has(userID)) throw bad(`${at}.userID is there twice`, code)
    seen.add(userID)
    checkPlayUrl(playUrl, `${at}.playUrl`, code)
    if (liveUrl !== undefined) checkPlayUrl(liveUrl, `${at}.liveUrl`, code)
  })
  return members as DirectMember[]
}

function bad(what: string, code: ErrorCode = 'BAD_CONFIG'): RoomError {
  return new RoomError(code, `direct: ${what}`)
}
