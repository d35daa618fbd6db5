import { addErrors, fatal } from './error-entry'
import type { ErrorEntry } from './error-entry'

/** What the services of any vendor answer, its messages included. */
export const VENDOR_ERRORS = {
  LOGIN_REFUSED: fatal('登录被拒绝，请检查 userSig', 'Login refused, check the userSig'),
  FORBIDDEN: fatal('没有权限', 'Not allowed'),
  ROOM_NOT_FOUND: fatal('房间不存在', 'There is no such room'),
  ROOM_EXISTS: fatal('房间已存在', 'The room exists already'),
  MESSAGE_TOO_LONG: fatal('消息过长', 'The message is too long'),
  PUSH_URL_FAILED: fatal('获取推流地址失败', 'No push URL could be had'),
} as const satisfies Record<string, ErrorEntry>

addErrors(VENDOR_ERRORS)
