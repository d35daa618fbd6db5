import { appService } from '../shared/service'
import { defineWebrtcRoom } from './define-webrtc-room'

export type { WebrtcRoom } from './define-webrtc-room'
export type { ImEventDetail, ImMessage } from './im-events'
export type { RoomEventDetail } from '../shared/room-events'

defineWebrtcRoom(appService)
