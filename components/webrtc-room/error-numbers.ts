import { RTC_ROOM_ERROR_NUMBERS } from '../rtc-room/error-numbers'
import type { ErrorNumbers } from '../shared/room-events'

/** Getting a room signature is what a push URL fails for here. */
const SIGNATURE_FAILED = -9
/** The platform's own number, because -9 is taken. */
const PLAY_LOST = -2301

/** The numbers that pages of the original webrtc-room know, as `code` of the `error` event. */
export const WEBRTC_ROOM_ERROR_NUMBERS: ErrorNumbers = {
  ...RTC_ROOM_ERROR_NUMBERS,
  PUSH_URL_FAILED: SIGNATURE_FAILED,
  PLAY_FAILED: PLAY_LOST,
  PLAY_LOST,
}
