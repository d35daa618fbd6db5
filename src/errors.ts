import { addErrors, catalogue, fatal, passing } from './error-entry'
import type { ErrorEntry, Language } from './error-entry'
import type { CloseReason } from './model'
import type { SERVICE_ERRORS } from './service-errors'

export type { Language } from './error-entry'

/** Errors that a call without a provider can have; the others stand where they come from, see service-errors.ts. */
export const CALL_ERRORS = {
  BAD_CONFIG: fatal('配置有误', 'The configuration is wrong'),
  BAD_PARAMETER: fatal('参数有误', 'A parameter is wrong'),
  NOT_SUPPORTED: fatal('暂不支持', 'Not supported here'),
  WECHAT_TOO_OLD: fatal(
    '请升级微信后重试：需要基础库 2.9.1 或更高',
    'Update WeChat, then try again: base library 2.9.1 or newer is needed',
  ),
  NOT_LOGGED_IN: fatal('请先登录', 'Log in first'),
  LOGIN_EXPIRED: fatal('登录已过期，请重新登录', 'The login has expired, log in again'),
  ROOM_CLOSED: fatal('房间已关闭', 'The room is closed'),
  KICKED: fatal('已被移出房间', 'Removed from the room'),
  REPLACED: fatal('已在别处进入房间', 'You have entered the room elsewhere'),
  NOT_MEMBER: fatal('尚未进入房间', 'Not in the room'),
  ENTER_FAILED: fatal('进入房间失败', 'Entering the room failed'),
  CAMERA_DENIED: fatal(
    '无法使用摄像头，请在设置中允许后重试',
    'The camera cannot be used: allow it in the settings, then try again',
  ),
  MICROPHONE_DENIED: fatal(
    '无法使用麦克风，请在设置中允许后重试',
    'The microphone cannot be used: allow it in the settings, then try again',
  ),
  PERMISSION_DENIED: fatal(
    '无法使用摄像头或麦克风，请在设置中允许后重试',
    'The camera or the microphone cannot be used: allow it in the settings, then try again',
  ),
  PRIVACY_REFUSED: fatal('请先同意隐私保护指引', 'Agree to the privacy policy first'),
  PUSH_FAILED: passing('画面发送中断', 'Sending was interrupted'),
  PUSH_LOST: fatal('画面发送中断，请重试', 'Sending was interrupted, try again'),
  PLAY_FAILED: passing('画面播放中断', 'Playing was interrupted'),
  PLAY_LOST: fatal('画面播放中断，请重试', 'Playing was interrupted, try again'),
  SUSPENDED: passing('已被系统暂停', 'Paused by the system'),
  NETWORK: passing('网络不可用', 'No network'),
  TIMEOUT: passing('请求超时', 'The request timed out'),
  CANCELLED: fatal('已取消', 'Cancelled'),
  SERVER_ERROR: passing('服务器出错，请稍后重试', 'The server failed, try again later'),
} as const satisfies Record<string, ErrorEntry>

addErrors(CALL_ERRORS)

/** Names of the catalogue; they stay what they are over all versions. */
export type ErrorCode = keyof typeof CALL_ERRORS | keyof typeof SERVICE_ERRORS

/** What the end of a room means to whoever was in it. */
export const CLOSE_ERRORS: Readonly<Record<CloseReason, ErrorCode>> = {
  destroyed: 'ROOM_CLOSED',
  kicked: 'KICKED',
  replaced: 'REPLACED',
  expired: 'LOGIN_EXPIRED',
}

/** What an error carries beside its code and its text. */
export interface RoomErrorOptions {
  /** As the catalogue says unless told. */
  readonly recoverable?: boolean
  /** What it was raised for. */
  readonly cause?: unknown
}

/** The only error class that leaves the library. `code` is stable, `message` is for developers, {@link textOf} for users. */
export class RoomError extends Error {
  readonly code: ErrorCode
  readonly recoverable: boolean
  override readonly cause?: unknown

  constructor(code: ErrorCode, message?: string, options: RoomErrorOptions = {}) {
    const { en, recoverable } = entryOf(code)
    super(message ?? en)
    // ES5 output of a consumer's build loses the prototype of a subclassed Error
    Object.setPrototypeOf(this, RoomError.prototype)
    this.name = 'RoomError'
    this.code = code
    this.recoverable = options.recoverable ?? recoverable
    if (options.cause !== undefined) this.cause = options.cause
  }
}

/** Anything thrown, as a RoomError: RoomErrors pass, the rest becomes the cause of `fallback`. */
export function toRoomError(thrown: unknown, fallback: ErrorCode = 'SERVER_ERROR'): RoomError {
  if (thrown instanceof RoomError) return thrown
  return new RoomError(fallback, thrown instanceof Error ? thrown.message : undefined, { cause: thrown })
}

/** The sentence to show a person. */
export function textOf(error: RoomError, language: Language): string {
  return entryOf(error.code)[language]
}

/** Whoever raises an error of a service without its catalogue has its name for a text. */
function entryOf(code: ErrorCode): ErrorEntry {
  return catalogue[code] ?? fatal(code, code)
}
