import { RoomSession } from './room-session'
import { sessionOptionsOf } from './session-options'
import type { CreateRoomSessionOptions } from './session-options'

export type { CreateRoomSessionOptions } from './session-options'

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
  return new RoomSession(sessionOptionsOf(options))
}
