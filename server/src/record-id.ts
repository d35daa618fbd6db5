import { createHash } from 'node:crypto'
import { streamNameOf, type StreamOwner } from './stream-name'

/** What TRTC takes as `userdefinerecordid`. */
const TRTC_RECORD_ID = /^[\w-]{1,64}$/

/**
 * The `userdefinerecordid` of somebody's stream in a room that is to be recorded: TRTC records whoever has one, where it is
 * set up to record users that are named. It tells the room and the user where they are plain, else it is their hash.
 */
export function recordIdOf(owner: StreamOwner): string {
  const plain = `${owner.roomID}_${owner.userID}`
  if (TRTC_RECORD_ID.test(plain)) return plain
  return createHash('sha256').update(streamNameOf(owner)).digest('hex').slice(0, 32)
}
