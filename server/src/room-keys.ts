import '../../src/service-errors'
import { RoomError } from '../../src/errors'
import type { Clock } from './clock'
import type { Keys } from './keys'
import { makePrivateMapKey } from './tickets/private-map-key'
import { ALL_PRIVILEGES } from './tickets/room-grant'
import { UINT32_MAX } from './tickets/ticket-input'

/** TRTC asks for the key at every entry, also after a drop: it lives as long as a long call. */
const KEY_SECONDS = 24 * 3600
/** What TRTC takes as a user: others could have a key and still not enter. */
const TRTC_USER = /^[\x21-\x7e]{1,32}$/

/** privateMapKeys for the rooms of TRTC clients. */
export interface RoomKeys {
  /**
   * All rights in one room. Whether somebody may enter is decided before; whoever enters may be the first to reach TRTC,
   * where the first one creates the room.
   * @throws RoomError BAD_PARAMETER when TRTC would not take the user
   */
  issue(userID: string, room: TrtcRoom): string
}

/** A number names a numeric room, a text a string room, as in TRTC: `7` and `'7'` are two. */
export type TrtcRoom = number | string

export function createRoomKeys({ keys, clock }: { keys: Keys; clock: Pick<Clock, 'now'> }): RoomKeys {
  const { sdkAppID, userSigKey: secretKey } = keys
  return {
    issue(userID, room) {
      if (!TRTC_USER.test(userID)) {
        throw new RoomError('BAD_PARAMETER', 'userID: at most 32 ASCII characters without spaces enter TRTC')
      }
      const time = Math.floor(clock.now() / 1000)
      const privilegeMap = ALL_PRIVILEGES
      return makePrivateMapKey({ sdkAppID, secretKey, userID, room, privilegeMap, expire: KEY_SECONDS, time })
    },
  }
}

/**
 * The TRTC room that a room id of the service stands for: digits are a number, as clients write it either way.
 * @throws RoomError BAD_PARAMETER when the number is none that TRTC has
 */
export function trtcRoomOf(roomID: string): TrtcRoom {
  if (!/^\d+$/.test(roomID)) return roomID
  const room = Number(roomID)
  if (room < 1 || room > UINT32_MAX || String(room) !== roomID) {
    throw new RoomError('BAD_PARAMETER', `roomID: a number from 1 to ${UINT32_MAX}`)
  }
  return room
}
