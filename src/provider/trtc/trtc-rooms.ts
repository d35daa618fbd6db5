import type { RoomProvider } from '../provider'
import { parseTrtcConfig } from './config'
import { TrtcSession } from './session'

/** Rooms of Tencent TRTC as they are entered today, without those of the first generation: what webrtc-room needs. */
export const trtcRooms: RoomProvider = {
  name: 'trtc',
  capabilities: { messages: false, linkMic: false, createRooms: false, broadcasts: false, callAudience: true },
  open: (platform, config) => new TrtcSession(platform, parseTrtcConfig(config)),
}
