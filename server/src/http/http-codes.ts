import type { ErrorCode } from '../../../src/errors'

export const OK = { code: 0, message: 'ok' } as const

/** Numbers of the public RoomService protocol. */
export const MISSING_PARAMETER = 1
export const NO_SUCH_ROOM = 3
export const LOGIN_PARAMETERS_MISSING = 4
export const NOT_A_MEMBER = 5
export const AUTHENTICATION_FAILED = 7
export const ROOM_INFO_TOO_LONG = 10
export const MERGE_PARAMS_NOT_JSON = 10
export const AUDIENCE_FULL = 1
export const ROOM_EXISTS = 11
export const ROOM_FULL = 5001
/** Of this server: the protocol knows no limits. */
export const TOO_MANY = 429

/** Errors that the protocol has a number for; every other one is the server's own and answered as HTTP 500. */
export const HTTP_CODES: Partial<Record<ErrorCode, number>> = {
  BAD_PARAMETER: MISSING_PARAMETER,
  ROOM_NOT_FOUND: NO_SUCH_ROOM,
  FORBIDDEN: NO_SUCH_ROOM,
  NOT_MEMBER: NOT_A_MEMBER,
  NOT_LOGGED_IN: AUTHENTICATION_FAILED,
  LOGIN_REFUSED: AUTHENTICATION_FAILED,
  LOGIN_EXPIRED: AUTHENTICATION_FAILED,
  ROOM_INFO_TOO_LONG,
  ROOM_EXISTS,
  ROOM_FULL,
  SEATS_FULL: ROOM_FULL,
  ROOM_CLOSED: NO_SUCH_ROOM,
  NOT_REQUESTED: MISSING_PARAMETER,
  NOT_SUPPORTED: MISSING_PARAMETER,
  MESSAGE_TOO_LONG: MISSING_PARAMETER,
  USER_NOT_FOUND: NOT_A_MEMBER,
  RATE_LIMITED: TOO_MANY,
  LIMIT_REACHED: TOO_MANY,
}
