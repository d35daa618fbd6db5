import type { RoomProvider } from '../provider'
import { readZegoConfig } from './zego-config'
import { ZegoSession } from './zego-session'

export type { ZegoEngine } from './engine'
export { MIX_LOOK, mixOf } from './mix-layout'
export type { ZegoConfig } from './zego-config'

/**
 * ZEGO, over an engine that the app installs (zego-express-engine-miniprogram 3.x) and creates.
 * @example
 * const engine = new ZegoExpressEngine(appID, server)
 * registerProvider(zego)
 * // providerConfig: { engine, userID, token, renewToken: () => askServerForToken() }
 */
export const zego: RoomProvider = {
  name: 'zego',
  capabilities: { messages: true, linkMic: true, createRooms: true },
  open: (platform, config) => new ZegoSession(platform, readZegoConfig(config)),
}
