import type { RoomProvider } from '../provider'
import { readDirectConfig } from './direct-config'
import { DirectSession } from './direct-session'

export type { DirectConfig, DirectMember } from './direct-config'
export { playUrlsOf } from './play-urls'
export type { PlayUrlOptions, PlayUrls } from './play-urls'

/**
 * Rooms without any vendor, over SRS, nginx-rtmp, a CDN, or whatever else takes RTMP: the app supplies push and play URLs.
 * @example
 * const { rtmp } = playUrlsOf('rtmp://media.example.com/live/bob')
 * // providerConfig: { userID: 'ann', pushUrl: () => askServerForUrl(), members: [{ userID: 'bob', playUrl: rtmp }] }
 */
export const direct: RoomProvider = {
  name: 'direct',
  capabilities: { messages: false, linkMic: false, createRooms: false },
  open: (platform, config) => new DirectSession(platform, readDirectConfig(config)),
}
