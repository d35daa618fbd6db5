import { toRoomError } from '../../src/errors'
import { defineRoom } from '../shared/define-room'
import type { RoomDefinition } from '../shared/define-room'
import type { RoomMethods } from '../shared/room-behavior'
import { messageMethods } from '../shared/room-messages'
import type { RoomMessageMethods } from '../shared/room-messages'
import type { CreateSession } from '../shared/session'
import { LIVE_ROOM_ERROR_NUMBERS, SENDING_FAILED } from './error-numbers'
import { linkMethods } from './link-methods'
import type { LinkMethods } from './link-methods'
import { forwardLiveEvents } from './live-events'
import { liveRoomProperties, liveRoomSettings } from './props'

/** What `selectComponent()` gives a page for its `<live-room>`. */
export interface LiveRoom extends RoomMethods, RoomMessageMethods, LinkMethods {}

/** Registers `<live-room>` over sessions of one's choice. Called once, while the component's file loads. */
export function defineLiveRoom(createSession: CreateSession): void {
  defineRoom(liveRoomDefinition(createSession))
}

export function liveRoomDefinition(createSession: CreateSession): RoomDefinition {
  return {
    createSession,
    errorNumbers: LIVE_ROOM_ERROR_NUMBERS,
    settingsOf: liveRoomSettings,
    forwardEvents: forwardLiveEvents,
    properties: liveRoomProperties,
    methods: {
      ...messageMethods((room, thrown) => room.tellError(toRoomError(thrown), SENDING_FAILED)),
      ...linkMethods,
    },
  }
}
