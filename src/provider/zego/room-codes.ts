import { RoomError, type ErrorCode } from '../../errors'
import type { CloseReason } from '../../model'

/** Numbers of zego-express-engine-miniprogram 3.6.0 that say more than that it failed. */
const ERROR_CODES: Readonly<Record<number, ErrorCode>> = {
  1002005: 'BAD_PARAMETER',
  1002006: 'BAD_PARAMETER',
  1002007: 'BAD_PARAMETER',
  1002011: 'BAD_PARAMETER',
  1002012: 'BAD_PARAMETER',
  1002013: 'BAD_PARAMETER',
  1002014: 'ROOM_NOT_FOUND',
  1002031: 'TIMEOUT',
  1002034: 'ROOM_FULL',
  1002050: 'REPLACED',
  1002053: 'NETWORK',
  1002055: 'KICKED',
  1002066: 'FORBIDDEN',
  1002082: 'FORBIDDEN',
  1102016: 'LOGIN_REFUSED',
  1102018: 'LOGIN_EXPIRED',
}

const CLOSE_REASONS: Partial<Record<ErrorCode, CloseReason>> = {
  REPLACED: 'replaced',
  KICKED: 'kicked',
  FORBIDDEN: 'kicked',
  LOGIN_REFUSED: 'expired',
  LOGIN_EXPIRED: 'expired',
  ROOM_NOT_FOUND: 'destroyed',
}

/** What the engine rejected with, `{ code, msg }`, as an error of the catalogue. */
export function zegoErrorOf(thrown: unknown, fallback: ErrorCode): RoomError {
  if (thrown instanceof RoomError) return thrown
  const { code, errorCode = code, msg, message = msg } = Object(thrown) as Record<string, unknown>
  const number = Number(errorCode)
  const words = typeof message === 'string' && message !== '' ? `: ${message}` : ''
  return new RoomError(ERROR_CODES[number] ?? fallback, `zego ${String(errorCode ?? 'failed')}${words}`, {
    cause: thrown,
  })
}

/** Why the room is over; null when another login may mend it. */
export function closeReasonOf(error: RoomError): CloseReason | null {
  return CLOSE_REASONS[error.code] ?? null
}
