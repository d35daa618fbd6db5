import type { MediaHost } from '../../src/media/media-host'
import type { RoomSettings } from './room-settings'
import type { CallSession } from '../../src/room/call-session'
import type { RoomSession } from '../../src/room/room-session'

/** What a component needs of a call: the public face of CallSession, so that another implementation may stand in. */
export type Session = Pick<CallSession, keyof CallSession>

/** What a component needs of a broadcast. */
export type LiveSession = Pick<RoomSession, keyof RoomSession>

/**
 * Makes the session of one component when a call begins.
 * @param seats tiles shown at most, one's own included
 * @param settings the properties as they are at the start
 * @throws RoomError when there can be none, such as NOT_LOGGED_IN
 */
export type CreateSession = (host: MediaHost, seats: number, settings: RoomSettings) => Session
