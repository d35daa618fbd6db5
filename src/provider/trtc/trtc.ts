import type { RoomProvider } from '../provider'
import { parseTrtcConfig } from './config'
import { TrtcSession } from './session'

export { registerProvider } from '../registry'
export type { TrtcConfig } from './config'

/**
 * Rooms of Tencent TRTC: the live-pusher enters them by itself, with a `room://` URL. Its configuration is a
 * TrtcConfig. Entering a room makes it; its id is the page's to choose. Messages go by a Messaging.
 */
export const trtc: RoomProvider = {
  name: 'trtc',
  capabilities: { messages: false, linkMic: false, createRooms: false, broadcasts: false, callAudience: true },
  open: (platform, config) => new TrtcSession(platform, parseTrtcConfig(config)),
}
