import type { CloseReason } from './model'

/** Language of a text that a person reads. */
export type Language = 'zh' | 'en'

interface ErrorEntry {
  /** true: the library tries again by itself; false: the caller has to act */
  readonly recoverable: boolean
  readonly zh: string
  readonly en: string
}

const fatal = (zh: string, en: string): ErrorEntry => ({ recoverable: false, zh, en })
const passing = (zh: string, en: string): ErrorEntry => ({ recoverable: true, zh, en })

/** Every error that can cross a public border. The README's error table is held equal to this by a test. */
export const ERRORS = {
  BAD_CONFIG: fatal('配置有误', 'The configuration is wrong'),
  BAD_PARAMETER: fatal('参数有误', 'A parameter is wrong'),
  NOT_SUPPORTED: fatal('当前环境不支持', 'Not supported here'),
  WECHAT_TOO_OLD: fatal(
    '微信版本过低：需要基础库 2.9.1 或更高，请升级微信后重试',
    'WeChat is too old: base library 2.9.1 or newer is needed, update WeChat and try again',
  ),
  NOT_LOGGED_IN: fatal('请先登录', 'Log in first'),
  LOGIN_REFUSED: fatal('登录被拒绝，请检查 userSig', 'Login refused, check the userSig'),
  LOGIN_EXPIRED: fatal('登录已过期，请重新登录', 'The login has expired, log in again'),
  FORBIDDEN: fatal('没有权限', 'Not allowed'),
  ROOM_NOT_FOUND: fatal('房间不存在', 'There is no such room'),
  ROOM_EXISTS: fatal('房间已存在', 'The room exists already'),
  ROOM_FULL: fatal('房间已满', 'The room is full'),
  ROOM_INFO_TOO_LONG: fatal('房间信息超过 1024 字节', 'The room information is over 1024 bytes'),
  ROOM_CLOSED: fatal('房间已关闭', 'The room is closed'),
  KICKED: fatal('已被移出房间', 'Removed from the room'),
  REPLACED: fatal('账号在别处进入了该房间', 'This user has entered the room elsewhere'),
  NOT_MEMBER: fatal('尚未进入房间', 'Not a member of the room'),
  USER_NOT_FOUND: fatal('对方不在房间内', 'That user is not in the room'),
  MESSAGE_TOO_LONG: fatal('消息过长', 'The message is too long'),
  NOT_REQUESTED: fatal('没有待处理的连麦', 'There is no link-mic request'),
  SEATS_FULL: fatal('连麦位已满', 'All link-mic seats are taken'),
  LINK_REJECTED: fatal('连麦请求被拒绝', 'The link-mic request was rejected'),
  LINK_TIMEOUT: fatal('连麦请求超时', 'The link-mic request timed out'),
  LIMIT_REACHED: fatal('已达到数量上限', 'There are as many as there may be'),
  RATE_LIMITED: passing('操作过于频繁，请稍后再试', 'Too many requests, try again later'),
  CREATE_FAILED: fatal('创建房间失败', 'Creating the room failed'),
  ENTER_FAILED: fatal('进入房间失败', 'Entering the room failed'),
  PUSH_URL_FAILED: fatal('获取推流地址失败', 'No push URL could be had'),
  CAMERA_DENIED: fatal(
    '无法使用摄像头，请在设置中允许访问摄像头后重试',
    'The camera cannot be used: allow it in the settings, then try again',
  ),
  MICROPHONE_DENIED: fatal(
    '无法使用麦克风，请在设置中允许访问麦克风后重试',
    'The microphone cannot be used: allow it in the settings, then try again',
  ),
  PERMISSION_DENIED: fatal(
    '没有录音或摄像头权限，请在设置中开启后重试',
    'No permission for camera or microphone: allow them in the settings, then try again',
  ),
  PRIVACY_REFUSED: fatal(
    '需要同意隐私保护指引，才能使用摄像头和麦克风',
    'Camera and microphone need your consent to the privacy policy',
  ),
  PUSH_FAILED: passing('推流中断', 'Publishing was interrupted'),
  PUSH_LOST: fatal('推流中断且无法恢复', 'Publishing was lost for good'),
  PLAY_FAILED: passing('播放中断', 'Playing was interrupted'),
  PLAY_LOST: fatal('播放中断且无法恢复', 'Playing was lost for good'),
  SUSPENDED: passing('已被系统挂起', 'Suspended by the system'),
  NETWORK: passing('网络不可用', 'The network is not available'),
  TIMEOUT: passing('请求超时', 'The request timed out'),
  CANCELLED: fatal('操作已取消', 'Cancelled'),
  BAD_FRAME: fatal('通信数据格式错误', 'Not a frame of the protocol'),
  SERVER_ERROR: passing('服务器出错，请稍后再试', 'The server failed, try again later'),
} as const satisfies Record<string, ErrorEntry>

/** Names of the catalogue; they stay what they are over all versions. */
export type ErrorCode = keyof typeof ERRORS

/** What the end of a room means to whoever was in it. */
export const CLOSE_ERRORS: Readonly<Record<CloseReason, ErrorCode>> = {
  destroyed: 'ROOM_CLOSED',
  kicked: 'KICKED',
  replaced: 'REPLACED',
  expired: 'LOGIN_EXPIRED',
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.prototype.hasOwnProperty.call(ERRORS, value)
}

export interface RoomErrorOptions {
  readonly recoverable?: boolean
  readonly cause?: unknown
}

/** The only error class that leaves the library. `code` is stable, `message` is for developers, {@link textOf} for users. */
export class RoomError extends Error {
  readonly code: ErrorCode
  readonly recoverable: boolean
  override readonly cause?: unknown

  constructor(code: ErrorCode, message?: string, options: RoomErrorOptions = {}) {
    super(message ?? ERRORS[code].en)
    // ES5 output of a consumer's build loses the prototype of a subclassed Error
    Object.setPrototypeOf(this, RoomError.prototype)
    this.name = 'RoomError'
    this.code = code
    this.recoverable = options.recoverable ?? ERRORS[code].recoverable
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
  return ERRORS[error.code][language]
}
