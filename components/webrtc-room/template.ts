/**
 * A behavior for templates that were written for the original webrtc-room.
 * @module roomlet/components/webrtc-room/template
 */
import { callTemplate } from '../shared/call-template'
import { appService } from '../shared/app-service'
import { webrtcRoomDefinition } from './define-webrtc-room'

/** Runs a template that was written for the original webrtc-room; the names are those of rtc-room's. */
export const roomTemplate: string = callTemplate(webrtcRoomDefinition(appService))
