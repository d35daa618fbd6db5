/**
 * Types of `<webrtc-room>`, which desktop browsers join: what `selectComponent()` answers, and the events.
 * @module roomlet/components/webrtc-room/webrtc-room
 */
import { appService } from '../shared/app-service'
import { defineWebrtcRoom } from './define-webrtc-room'

export type { WebrtcRoom } from './define-webrtc-room'
export type { ImEventDetail, ImMessage, ImOutcome } from './im-events'
export type { CustomMessage, ImMethods, SendFailure } from './im-methods'
export type { RoomNotice } from '../../src/messaging/messaging'
export type { RoomEventDetail } from '../shared/room-events'

defineWebrtcRoom(appService)
