import '../../src/service-errors'
import { RoomError } from '../../src/errors'
import type { Limits } from './config/limits'

/** Room and user ids, in UTF-8 bytes: what TRTC takes at most. */
const MAX_ID_BYTES = 64
/** Name of a sort of rooms. */
const MAX_ROOM_TYPE_BYTES = 64
const MAX_AVATAR_BYTES = 1024
/** Levels of arrays and objects in one another, the frame's or body's own included. */
const MAX_NESTING = 64

export function checkId(field: string, id: string): void {
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  if (id === '' || bytes(id) > MAX_ID_BYTES || /[\u0000-\u001f\u007f]/.test(id)) {
    throw new RoomError('BAD_PARAMETER', `${field}: 1 to ${MAX_ID_BYTES} bytes without control characters`)
  }
}

export function checkProfile(limits: Limits, profile: { userName: string; userAvatar: string }): void {
  checkLength('userName', profile.userName, limits.nameBytes)
  checkLength('userAvatar', profile.userAvatar, MAX_AVATAR_BYTES)
}

/** The presenter's words for a refusal. */
export function checkReason(limits: Limits, reason: string): void {
  checkLength('reason', reason, limits.nameBytes)
}

export function checkRoomInfo({ roomInfoBytes }: Limits, roomInfo: string): void {
  if (bytes(roomInfo) > roomInfoBytes) throw new RoomError('ROOM_INFO_TOO_LONG')
}

export function checkRoomType(roomType: string): void {
  checkLength('roomType', roomType, MAX_ROOM_TYPE_BYTES)
}

export function checkMessage({ messageBytes }: Limits, kind: 'text' | 'custom', data: unknown): void {
  if (kind === 'text' && typeof data !== 'string')
    throw new RoomError('BAD_PARAMETER', 'data: a text message is a string')
  if (bytes(JSON.stringify(data)) > messageBytes) {
    throw new RoomError('MESSAGE_TOO_LONG', `A message holds at most ${messageBytes} bytes of JSON`)
  }
}

/**
 * Whether a decoded frame or body is nested deeper than anything of the protocol: writing it back as JSON could overflow
 * the stack, which parsing does not.
 */
export function isTooDeep(decoded: unknown, levels = MAX_NESTING): boolean {
  if (typeof decoded !== 'object' || decoded === null) return false
  if (levels === 0) return true
  for (const key in decoded) if (isTooDeep((decoded as Record<string, unknown>)[key], levels - 1)) return true
  return false
}

export function bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}

function checkLength(field: string, text: string, max: number): void {
  if (bytes(text) > max) throw new RoomError('BAD_PARAMETER', `${field}: at most ${max} bytes`)
}
