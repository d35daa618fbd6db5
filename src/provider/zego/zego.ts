/**
 * Rooms of ZEGO.
 * @module roomlet/zego
 */
import type { RoomProvider } from '../provider'
import { readZegoConfig } from './zego-config'
import { ZegoSession } from './zego-session'

export { registerProvider } from '../registry'
export type { ZegoEngine, ZegoMixLook } from './engine'
export { MIX_LOOK, mixOf } from './mix-layout'
export type { ZegoConfig } from './zego-config'

/**
 * ZEGO, over an engine that the app installs (zego-express-engine-miniprogram 3.x) and creates.
 * @example
 * const engine = new ZegoExpressEngine(appID, server)
 * registerProvider(zego, () => ({ engine, userID, token, renewToken: () => askServerForToken() }))
 * // <rtc-room provider="zego" … />
 */
export const zego: RoomProvider = {
  name: 'zego',
  capabilities: { messages: true, linkMic: true, createRooms: true, broadcasts: true, callAudience: false },
  open: (platform, config) => new ZegoSession(platform, readZegoConfig(config)),
}
