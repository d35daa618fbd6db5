import { Type } from '@sinclair/typebox'
import type { HubContext } from '../room-hub'

/** Unix seconds. */
const Time = Type.Optional(Type.Integer({ minimum: 0 }))
/** Between which times, each of which may be left open. */
export const RecordTimes = { startTime: Time, endTime: Time }

/** The recorded files of rooms of an id that the user has made, closed ones too. */
export async function recordFiles(
  { store }: HubContext,
  userID: string,
  room: string,
  { startTime = 0, endTime = Infinity }: { startTime?: number; endTime?: number },
): Promise<object> {
  return { files: await store.records({ room, userID, from: startTime, to: endTime }) }
}
