import type { LinkAction, Role } from '../../../src/model'
import type { RoomKind } from '../../../src/signaling/protocol'
import type { RecordFile } from '../events/record-file'
import type { ReportedEvent } from '../events/room-event'
import type { StoredMember } from './stored-room'

/** Who keeps a member in the room: a socket as long as it is open, or heartbeats over HTTP. */
export type Holder = { readonly via: 'socket'; readonly connection: string } | { readonly via: 'http' }

export interface Member {
  readonly room: string
  readonly userID: string
}

export interface CreateRoom {
  readonly room: string
  readonly roomName: string
  readonly kind: RoomKind
  readonly roomType?: string
  readonly creator: string
  /** Whoever makes the room wants it recorded. */
  readonly record?: boolean
}

/** `pusher`, of the HTTP protocol: the creator of a live_room presents, anyone else takes a guest's seat. */
export type JoinRole = Role | 'pusher'

export interface JoinRoom {
  readonly room: string
  /** Counts in a live_room only; in the others everyone publishes. */
  readonly role: JoinRole
  /** The id was made up for a room that must be new: ROOM_EXISTS when it is not. */
  readonly fresh: boolean
  readonly roomName: string
  readonly kind: RoomKind
  readonly roomType?: string
  /** Counts when the room is made by this. */
  readonly record?: boolean
  /** Those who publish at most, by kind; the kind of an existing room counts. */
  readonly capacity: Readonly<Record<RoomKind, number>>
  /** Those who watch at most, in a live_room. */
  readonly maxAudience: number
  readonly member: StoredMember
  readonly holder: Holder
  /** Client's request id, '' when it has none. A `fresh` join asked again enters the room it made. */
  readonly request: string
  /** What an audience that came over HTTP says about itself. */
  readonly userInfo?: string
  /** What the privateMapKey allows, see rights.ts; absent where none is asked for. */
  readonly grant?: number
  /** The seat that the URL was signed for with which the member publishes already; a new one unless given. */
  readonly seat?: string
}

/** A room as one who is in it finds it. */
export interface InRoom {
  /** Names the seat of a member that publishes, from its sitting down to its getting up; '' while it only watches. */
  readonly seat: string
  /** What the privateMapKey of the entry allowed; absent where none was asked for. */
  readonly grant?: number
}

export interface LinkOp extends Member {
  readonly action: LinkAction
  /** Whose link-mic it is: oneself, or for the presenter somebody in the audience. */
  readonly target: string
  /** The presenter's words. */
  readonly text?: string
  /** When a request or invitation that this becomes runs out, ms since 1970. */
  readonly expiresAt: number
  /** Those who publish at most, the presenter included. */
  readonly seats: number
}

export interface SayOp extends Member {
  readonly kind: 'text' | 'custom'
  readonly data: unknown
  /** For this user alone. */
  readonly to?: string
  readonly request: string
}

export interface ReportOp {
  readonly room: string
  readonly event: ReportedEvent
  /** The same for whatever tells the same; '' = nothing does. */
  readonly request: string
}

export interface Census {
  readonly rooms: number
  readonly members: number
}

export interface KeepRecordOp {
  readonly room: string
  /** Whose stream was recorded, '' = that of several. It is the one who may see it where nobody knows the room any more. */
  readonly userID: string
  readonly file: RecordFile
}

/** `userID` asks. */
export interface RecordsOp extends Member {
  /** Unix seconds; files that overlap the time between them. */
  readonly from: number
  readonly to: number
}

export interface ListRooms {
  readonly kind: RoomKind
  readonly roomType?: string
  readonly index: number
  readonly cnt: number
}

export interface TouchOp extends Member {
  /** What the room has to be; ROOM_NOT_FOUND when it is of another kind. */
  readonly kind?: RoomKind
}
