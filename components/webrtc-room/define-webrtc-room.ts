import { defineRoom } from '../shared/define-room'
import type { RoomDefinition } from '../shared/define-room'
import { flagOf, textOf } from '../shared/property-parsers'
import type { RoomMethods } from '../shared/room-behavior'
import type { ForwardEvents } from '../shared/room-controller'
import { CALL_EVENTS, forward } from '../shared/room-events'
import type { RoomInstance } from '../shared/room-instance'
import type { AppService } from '../shared/app-service'
import { WEBRTC_ROOM_ERROR_NUMBERS } from './error-numbers'
import { imMethods } from './im-methods'
import type { ImMethods } from './im-methods'
import { webrtcRoomProperties, webrtcRoomSettings } from './props'
import type { WebrtcSession } from './webrtc-session'
import { webrtcSessions } from './webrtc-sessions'

/** Whom to play, in this call. */
export interface PlayMethods {
  /** Plays somebody, or keeps the tile with name and play button. */
  enableVideo(enable: boolean, userID: string): Promise<void>
  /** Plays somebody with sound or without it. */
  enableAudio(enable: boolean, userID: string): Promise<void>
}

/** What `selectComponent()` gives a page for its `<webrtc-room>`. */
export interface WebrtcRoom extends RoomMethods, ImMethods, PlayMethods {}

/** Messages are told by the IM events, and only by them. */
const { messageReceived: _, ...EVENTS } = CALL_EVENTS

/** Registers `<webrtc-room>` over the login of an app. Called once, while the component's file loads. */
export function defineWebrtcRoom(service: () => AppService): void {
  defineRoom(webrtcRoomDefinition(service))
}

export function webrtcRoomDefinition(service: () => AppService): RoomDefinition {
  return {
    createSession: webrtcSessions(service),
    errorNumbers: WEBRTC_ROOM_ERROR_NUMBERS,
    settingsOf: webrtcRoomSettings,
    forwardEvents: forwardWebrtcEvents,
    properties: webrtcRoomProperties,
    methods: { ...playMethods, ...imMethods },
  }
}

/** What happens in a session; its messages are told by events of their own. */
export const forwardWebrtcEvents: ForwardEvents = (session, room) => {
  forward(session.events, EVENTS, room)
  ;(session as WebrtcSession).tellMessages(room)
}

const playMethods = {
  enableVideo(this: RoomInstance, enable: boolean, userID: string): Promise<void> {
    this.room.session?.setPlaying(textOf(userID), flagOf(enable) ?? false)
    return Promise.resolve()
  },
  enableAudio(this: RoomInstance, enable: boolean, userID: string): Promise<void> {
    const { silenced } = this.room
    if (flagOf(enable)) silenced.delete(textOf(userID))
    else silenced.add(textOf(userID))
    this.room.redraw()
    return Promise.resolve()
  },
}
