import '../vendor-errors'
import { RoomError } from '../errors'
import type { ErrorCode } from '../errors'

/** Numbers of the SDK and its service that mean something to a room; the rest is SERVER_ERROR. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  2800: 'NETWORK',
  2801: 'TIMEOUT',
  2805: 'NETWORK',
  6206: 'LOGIN_EXPIRED',
  70001: 'LOGIN_EXPIRED',
  70003: 'LOGIN_REFUSED',
  70005: 'LOGIN_REFUSED',
  70009: 'LOGIN_REFUSED',
  70013: 'LOGIN_REFUSED',
  70014: 'LOGIN_REFUSED',
  10007: 'NOT_MEMBER',
  10010: 'ROOM_NOT_FOUND',
  10015: 'ROOM_NOT_FOUND',
  10017: 'FORBIDDEN',
  10021: 'ROOM_EXISTS',
  10025: 'ROOM_EXISTS',
  20003: 'BAD_PARAMETER',
  20012: 'FORBIDDEN',
  80002: 'MESSAGE_TOO_LONG',
}

/** What the SDK rejects with, as a RoomError that keeps number and words. */
export function chatError(thrown: unknown): RoomError {
  if (thrown instanceof RoomError) return thrown
  const { code, message } = (thrown ?? {}) as { readonly code?: unknown; readonly message?: unknown }
  const number = typeof code === 'number' ? code : NaN
  const words = [Number.isNaN(number) ? '' : String(number), typeof message === 'string' ? message : '']
  return new RoomError(CODES[number] ?? 'SERVER_ERROR', `Tencent IM: ${words.filter(Boolean).join(' ')}`, {
    cause: thrown,
  })
}
