import type { RoomProvider } from '../provider/provider'
import { providerNamed } from '../provider/registry'
import { createDefaultPolicy } from './default-policy'
import { RoomSession } from './room-session'
import type { RoomSessionOptions } from './room-session'

/** As many as a live-pusher and the live-players of one page can be. */
const DEFAULT_SEATS = 9

/** What a stay in a room is made of. */
export interface CreateRoomSessionOptions extends Pick<RoomSessionOptions, 'platform' | 'host' | 'autoplay'> {
  /** A provider, or the name of a registered one. */
  readonly provider: RoomProvider | string
  /** What the provider is opened with; of a registered one that which it was registered with, unless told. */
  readonly config?: unknown
  /** The default one unless told. */
  readonly policy?: RoomSessionOptions['policy']
  /** Tiles shown at most, one's own included; 9 unless told. */
  readonly seats?: number
}

/**
 * A stay in a room, for a component of one's own or without any: `host` lends it the tags.
 * @throws RoomError BAD_CONFIG for a name that is not registered; what the provider finds wrong in its configuration is
 *   told by start()
 * @example
 * registerProvider(zego, () => ({ engine, userID, token }))
 * const session = createRoomSession({ provider: 'zego', platform: createWxPlatform(), host })
 * await session.start({ roomId: 'clinic-7', … })
 */
export function createRoomSession(options: CreateRoomSessionOptions): RoomSession {
  const { platform, provider, policy = createDefaultPolicy(platform), seats = DEFAULT_SEATS } = options
  const chosen = typeof provider === 'string' ? providerNamed(provider) : { provider, config: () => undefined }
  const providerConfig = options.config ?? chosen.config()
  return new RoomSession({ ...options, policy, seats, provider: chosen.provider, providerConfig })
}
