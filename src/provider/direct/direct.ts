/**
 * Rooms whose URLs and members the app supplies.
 * @module roomlet/direct
 */
import type { RoomProvider } from '../provider'
import { readDirectConfig } from './direct-config'
import { DirectSession } from './direct-session'

export { registerProvider } from '../registry'
export type { Asked, DirectConfig, DirectMember } from './direct-config'
export { playUrlsOf } from './play-urls'
export type { PlayUrlOptions, PlayUrls } from './play-urls'

/**
 * Rooms without any vendor, over SRS, nginx-rtmp, a CDN, or whatever else takes RTMP: the app supplies push and play URLs.
 * @example
 * const { rtmp } = playUrlsOf('rtmp://media.example.com/live/bob')
 * registerProvider(direct, { userID: 'ann', pushUrl: () => askServerForUrl(), members: [{ userID: 'bob', playUrl: rtmp }] })
 * // <rtc-room provider="direct" … />
 */
export const direct: RoomProvider = {
  name: 'direct',
  capabilities: { messages: false, linkMic: false, createRooms: false, broadcasts: true, callAudience: false },
  open: (platform, config) => new DirectSession(platform, readDirectConfig(config)),
}
