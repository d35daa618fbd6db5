import type { ErrorCode } from '../../src/errors'
import type { Log } from '../../src/platform/platform'
import { answerBothWays, type Callbacks } from '../../src/util/answer-both-ways'

/** What `fail` is called with. `errMsg` is for developers. */
export interface ModuleFailure {
  readonly errCode: number
  readonly errMsg: string
}

/** What a function of a module calls at its end. */
export type ModuleCallbacks<Result> = Callbacks<Result, ModuleFailure>

const OFFLINE = -1
const MESSAGING_LOGIN_FAILED = -2
const CREATE_FAILED = -3
const ENTER_FAILED = -4
const BAD_PARAMETER = -9
const LOGIN_REFUSED = -999

/** Numbers that RoomService answers with over HTTP, and one of HTTP's own where it has none. */
const NO_SUCH_ROOM = 3
const NOT_A_MEMBER = 5
const AUTHENTICATION_FAILED = 7
const ROOM_INFO_TOO_LONG = 10
const ROOM_EXISTS = 11
const ROOM_FULL = 5001
const SERVER_FAILED = 500

const MODULE_ERROR_NUMBERS: Readonly<Record<ErrorCode, number>> = {
  NETWORK: OFFLINE,
  TIMEOUT: OFFLINE,
  CANCELLED: MESSAGING_LOGIN_FAILED,
  REPLACED: MESSAGING_LOGIN_FAILED,
  CREATE_FAILED,
  PUSH_URL_FAILED: CREATE_FAILED,
  ENTER_FAILED,
  BAD_CONFIG: BAD_PARAMETER,
  BAD_PARAMETER,
  WECHAT_TOO_OLD: BAD_PARAMETER,
  NOT_SUPPORTED: BAD_PARAMETER,
  LOGIN_REFUSED,
  LOGIN_EXPIRED: LOGIN_REFUSED,
  NOT_LOGGED_IN: AUTHENTICATION_FAILED,
  FORBIDDEN: NO_SUCH_ROOM,
  ROOM_NOT_FOUND: NO_SUCH_ROOM,
  ROOM_CLOSED: NO_SUCH_ROOM,
  NOT_MEMBER: NOT_A_MEMBER,
  KICKED: NOT_A_MEMBER,
  ROOM_INFO_TOO_LONG,
  ROOM_EXISTS,
  ROOM_FULL,
  SEATS_FULL: ROOM_FULL,
  NOT_REQUESTED: SERVER_FAILED,
  LINK_REJECTED: SERVER_FAILED,
  LINK_TIMEOUT: SERVER_FAILED,
  USER_NOT_FOUND: NOT_A_MEMBER,
  MESSAGE_TOO_LONG: SERVER_FAILED,
  LIMIT_REACHED: SERVER_FAILED,
  RATE_LIMITED: SERVER_FAILED,
  BAD_FRAME: SERVER_FAILED,
  SERVER_ERROR: SERVER_FAILED,
  CAMERA_DENIED: SERVER_FAILED,
  PRIVACY_REFUSED: SERVER_FAILED,
  MICROPHONE_DENIED: SERVER_FAILED,
  PERMISSION_DENIED: SERVER_FAILED,
  PUSH_FAILED: SERVER_FAILED,
  PUSH_LOST: SERVER_FAILED,
  PLAY_FAILED: SERVER_FAILED,
  PLAY_LOST: SERVER_FAILED,
  SUSPENDED: SERVER_FAILED,
}

/**
 * Runs a function of a module for a page that may look at callbacks, at the promise, at both or at neither: a rejection
 * that nobody looks at is no unhandled one. The promise rejects with a RoomError.
 */
export function moduleCall<Result>(
  log: Log,
  callbacks: ModuleCallbacks<Result> | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  // begins at once, so that a start() right behind login() finds the login; a throw is answered like a rejection
  const outcome = (async () => work())()
  return answerBothWays(log, callbacks, outcome, ({ code, message }) => ({
    errCode: MODULE_ERROR_NUMBERS[code],
    errMsg: `${code}: ${message}`,
  }))
}
