import { RoomError } from '../../errors'
import { SignalingConnection } from '../../signaling/connection'
import type { RoomProvider } from '../provider'
import { ROOM_SERVICE } from './known'
import { RoomServiceSession } from './session'

export interface RoomServiceConfig {
  /** The app's login; null while nobody has logged in. Shared: a session never closes it. */
  readonly connection: SignalingConnection | null
}

/** RoomService, this project's own backend. */
export const roomService: RoomProvider = {
  ...ROOM_SERVICE,
  open(platform, config) {
    const connection = (config as Partial<RoomServiceConfig> | null | undefined)?.connection
    if (connection === null) throw new RoomError('NOT_LOGGED_IN')
    if (!(connection instanceof SignalingConnection)) {
      throw new RoomError('BAD_CONFIG', 'roomservice: connection is not a SignalingConnection')
    }
    return new RoomServiceSession(platform, connection)
  },
}
