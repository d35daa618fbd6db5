import { defineRoom } from '../shared/define-room'
import type { RoomDefinition } from '../shared/define-room'
import type { RoomMethods } from '../shared/room-behavior'
import { messageMethods } from '../shared/room-messages'
import type { RoomMessageMethods } from '../shared/room-messages'
import type { CreateSession } from '../shared/session'
import { RTC_ROOM_ERROR_NUMBERS } from './error-numbers'
import { rtcRoomProperties, rtcRoomSettings } from './props'

/** What `selectComponent()` gives a page for its `<rtc-room>`. */
export interface RtcRoom extends RoomMethods, RoomMessageMethods {}

/** Registers `<rtc-room>` over sessions of one's choice. Called once, while the component's file loads. */
export function defineRtcRoom(createSession: CreateSession): void {
  defineRoom(rtcRoomDefinition(createSession))
}

export function rtcRoomDefinition(createSession: CreateSession): RoomDefinition {
  return {
    createSession,
    errorNumbers: RTC_ROOM_ERROR_NUMBERS,
    settingsOf: rtcRoomSettings,
    properties: rtcRoomProperties,
    methods: messageMethods(),
  }
}
