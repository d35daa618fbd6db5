/**
 * Rooms of Tencent TRTC.
 * @module roomlet/trtc
 */
import type { RoomProvider } from '../provider'
import { parseTrtcConfig } from './config'
import { LegacySession, legacyRequestOf } from './legacy-session'
import { trtcRooms } from './trtc-rooms'

export { registerProvider } from '../registry'
export type { TrtcConfig } from './config'
export type { SigRequest } from './room-sig'

/**
 * Rooms of Tencent TRTC: the live-pusher enters them by itself, with a `room://` URL. Its configuration is a
 * TrtcConfig. Entering a room makes it; its id is the page's to choose. Messages go by a Messaging.
 */
export const trtc: RoomProvider = {
  ...trtcRooms,
  open(platform, config) {
    const request = legacyRequestOf(config)
    return request ? new LegacySession(platform, parseTrtcConfig(config), request) : trtcRooms.open(platform, config)
  },
}
