import { addErrors, fatal, passing } from './error-entry'
import type { ErrorEntry } from './error-entry'

/** Errors that only a provider, a server or a broadcast raises; whoever does imports this file. */
export const SERVICE_ERRORS = {
  LOGIN_REFUSED: fatal('登录被拒绝，请检查 userSig', 'Login refused, check the userSig'),
  FORBIDDEN: fatal('没有权限', 'Not allowed'),
  ROOM_NOT_FOUND: fatal('房间不存在', 'There is no such room'),
  ROOM_EXISTS: fatal('房间已存在', 'The room exists already'),
  ROOM_FULL: fatal('房间已满', 'The room is full'),
  ROOM_INFO_TOO_LONG: fatal('房间信息超过 1024 字节', 'The room information is over 1024 bytes'),
  USER_NOT_FOUND: fatal('对方不在房间内', 'That user is not in the room'),
  MESSAGE_TOO_LONG: fatal('消息过长', 'The message is too long'),
  NOT_REQUESTED: fatal('没有待处理的连麦', 'There is no link-mic request'),
  SEATS_FULL: fatal('连麦位已满', 'All link-mic seats are taken'),
  LINK_REJECTED: fatal('连麦请求被拒绝', 'The link-mic request was rejected'),
  LINK_TIMEOUT: fatal('连麦请求超时', 'The link-mic request timed out'),
  LIMIT_REACHED: fatal('已达到数量上限', 'There are as many as there may be'),
  RATE_LIMITED: passing('操作过于频繁，请稍后重试', 'Too many requests, try again later'),
  CREATE_FAILED: fatal('创建房间失败', 'Creating the room failed'),
  PUSH_URL_FAILED: fatal('获取推流地址失败', 'No push URL could be had'),
  BAD_FRAME: fatal('通信数据格式错误', 'Not a frame of the protocol'),
} as const satisfies Record<string, ErrorEntry>

addErrors(SERVICE_ERRORS)
