/**
 * Types of `<rtc-room>`, which everyone in a room talks in: what `selectComponent()` answers, and the events.
 * @module roomlet/components/rtc-room/rtc-room
 */
import { callSessions } from '../shared/call-sessions'
import { appService } from '../shared/app-service'
import { defineRtcRoom } from './define-rtc-room'

export type { RtcRoom } from './define-rtc-room'
export type { CallMethods, RoomInfo } from '../shared/call-methods'
export type { DeviceMethods, OfMember } from '../shared/device-methods'
export type { Allowed } from '../shared/permissions'
export type {
  ErrorEvent,
  MessageOrigin,
  OfTag,
  RetryDetail,
  RoomEventDetail,
  TagNews,
  Told,
  WarningEvent,
} from '../shared/room-events'

defineRtcRoom(callSessions(appService))
