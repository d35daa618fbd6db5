import { addErrors, fatal, passing } from './error-entry'
import type { ErrorEntry } from './error-entry'
import { LINK_ERRORS } from './link-errors'
import { VENDOR_ERRORS } from './vendor-errors'

/**
 * Errors that only a provider, a server or a broadcast raises; whoever does imports this file, or of the two that it is made of the one
 * with what it raises.
 */
export const SERVICE_ERRORS = {
  ...VENDOR_ERRORS,
  ...LINK_ERRORS,
  ROOM_FULL: fatal('房间已满', 'The room is full'),
  ROOM_INFO_TOO_LONG: fatal('房间信息超过 1024 字节', 'The room information is over 1024 bytes'),
  USER_NOT_FOUND: fatal('对方不在房间内', 'That user is not in the room'),
  SEATS_FULL: fatal('连麦位已满', 'All link-mic seats are taken'),
  LIMIT_REACHED: fatal('已达到数量上限', 'There are as many as there may be'),
  RATE_LIMITED: passing('操作过于频繁，请稍后重试', 'Too many requests, try again later'),
  CREATE_FAILED: fatal('创建房间失败', 'Creating the room failed'),
  BAD_FRAME: fatal('通信数据格式错误', 'Not a frame of the protocol'),
} as const satisfies Record<string, ErrorEntry>

addErrors(SERVICE_ERRORS)
