/**
 * Types of `<rtc-room>`, which everyone in a room talks in: what `selectComponent()` answers, and the events.
 * @module roomlet/components/rtc-room/rtc-room
 */
import { callSessions } from '../shared/call-sessions'
import { appService } from '../shared/app-service'
import { defineRtcRoom } from './define-rtc-room'

export type { RtcRoom } from './define-rtc-room'
export type { RoomEventDetail } from '../shared/room-events'

defineRtcRoom(callSessions(appService))
