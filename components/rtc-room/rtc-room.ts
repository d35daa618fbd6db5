import { callSessions } from '../shared/call-sessions'
import { appService } from '../shared/service'
import { defineRtcRoom } from './define-rtc-room'

export type { RtcRoom } from './define-rtc-room'
export type { RoomEventDetail } from '../shared/room-events'

defineRtcRoom(callSessions(appService))
