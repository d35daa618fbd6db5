import { Type, type Static, type TObject } from '@sinclair/typebox'
import { RoomError } from '../../../src/errors'
import type { RoomKind } from '../../../src/signaling/protocol'
import type { Session } from '../identity'
import type { HubContext } from '../room-hub'
import type { StoredRoom } from '../store/stored-room'
import type { Reach } from '../stream-urls'

export interface HttpCall<Body> {
  readonly hub: HubContext
  readonly session: Session
  readonly kind: RoomKind
  readonly reach: Reach
  readonly body: Body
}

export interface RoomCall<Schema extends TObject = TObject> {
  readonly body: Schema
  /** @returns the answer's fields beside code and message */
  run(call: HttpCall<Static<Schema>>): Promise<object>
}

export function roomCall<Schema extends TObject>(body: Schema, run: RoomCall<Schema>['run']): RoomCall<Schema> {
  return { body, run }
}

const ROOM_ID = Type.String({ minLength: 1 })

/** The body of a call on a room that there is. */
export const InRoom = Type.Object({ roomID: ROOM_ID })

/** Of the bodies of calls that take a right in a room, where those are asked for. */
export const WithKey = { privateMapKey: Type.Optional(Type.String()) }

/** What the privateMapKey of a body allows in a room. @throws RoomError FORBIDDEN, see {@link Grants} */
export function grantIn(
  { grants }: HubContext,
  { userID }: Session,
  room: string,
  { privateMapKey }: { readonly privateMapKey?: string },
): number | undefined {
  return grants.of({ userID, room, privateMapKey })
}

/** The room of a call; one of another kind is none. */
export async function roomOf(hub: HubContext, kind: RoomKind, id: string): Promise<StoredRoom> {
  const room = await hub.store.get(id)
  if (room?.kind !== kind) throw new RoomError('ROOM_NOT_FOUND')
  return room
}
