import type { LeaveReason, LinkAction, LinkState, Role, UserInfo } from '../../../src/model'
import type { RoomKind } from '../../../src/signaling/protocol'
import type { RecordFile } from '../events/record-file'
import type { ReportedEvent } from '../events/room-event'
import type { PublishedKind } from '../stream-name'
import type { CustomChange } from './custom-fields'
import type { Outbox, OutboxReader } from './outbox'

/** A member whose socket is gone has this long to come back before the others hear of it. */
export const GRACE_MS = 20_000
/** A member that came over HTTP is lost when it has not said anything for this long. */
export const HEARTBEAT_TIMEOUT_MS = 20_000
/** A room that was created and never entered is dropped after this. */
export const UNENTERED_MS = 60_000
/** Notices are kept this long for those who come back. */
export const REPLAY_MS = 120_000
/** Bounds what a chatty room may hold in memory; whoever missed more gets a snapshot. */
export const REPLAY_MAX = 1000
/** A request asked again within this time is answered as it was, and has no second effect. */
export const DEDUPE_MS = 120_000

export interface StoredMember extends UserInfo {
  readonly audio: boolean
  readonly video: boolean
  /** Shares a screen: publishes an auxiliary stream beside the main one. Never true of those who only watch. */
  readonly aux: boolean
  /** Name of the stream the member publishes; '' = the one named after this room and user, NO_STREAM = none here. */
  readonly stream: string
}

/** What a member may change about itself while it is in a room. */
export type MemberChange = Partial<Pick<StoredMember, 'audio' | 'video' | 'aux'>>

export interface StoredRoom {
  readonly room: string
  readonly roomName: string
  readonly creator: string
  readonly kind: RoomKind
  /** What the application calls this sort of room; absent when it calls it nothing. */
  readonly roomType?: string
  readonly epoch: string
  readonly seq: number
  /** Everyone who publishes, in the order of joining. */
  readonly members: readonly StoredMember[]
  /** Of a live_room only. */
  readonly live?: StoredLive
  /** Whoever made the room wants it recorded. */
  readonly record?: true
}

export interface StoredLive {
  /** Guests included, the presenter not. */
  readonly audienceCount: number
  readonly presenterAway: boolean
  /** Everyone who is not off. */
  readonly links: readonly LinkState[]
  /** Of the latest change of link-mic. */
  readonly linkRev: number
  readonly custom: Record<string, unknown>
}

/** Someone in the audience; `userInfo` is what a client of the HTTP protocol has said about itself, else ''. */
export interface StoredViewer extends UserInfo {
  readonly userInfo: string
}

export type StoredNoticeBody =
  | { readonly ev: 'memberJoined' | 'memberUpdated'; readonly member: StoredMember }
  | { readonly ev: 'memberLeft'; readonly userID: string; readonly reason: LeaveReason }
  | {
      readonly ev: 'message'
      readonly kind: 'text' | 'custom'
      readonly from: UserInfo
      readonly data: unknown
      readonly time: number
      /** The one user in the room that it is for; absent when it is for all. */
      readonly to?: string
    }
export type StoredNotice = { readonly seq: number } & StoredNoticeBody

/** What every node of the service hears, in the order it happened in each room. */
export type StoreEvent =
  | NoticeEvent
  /** The member is now held by someone else than this connection. */
  | { readonly type: 'replaced'; readonly room: string; readonly userID: string; readonly connection: string }
  /** Nobody publishes from this seat any more: its member is gone, only watches, or has come again elsewhere. */
  | { readonly type: 'unseated'; readonly room: string; readonly userID: string; readonly seat: string }
  | { readonly type: 'destroyed'; readonly room: string; readonly epoch: string }
  | { readonly type: 'loggedOut'; readonly login: string }
  | LiveEvent

export interface NoticeEvent {
  readonly type: 'notice'
  readonly room: string
  readonly epoch: string
  readonly kind: RoomKind
  readonly notice: StoredNotice
}

/** What happens in a live_room without a number. */
export type LiveEvent =
  | {
      readonly type: 'link'
      readonly room: string
      readonly presenter: string
      readonly link: LinkState
      /** Of the guest, '' while it has none. */
      readonly seat: string
    }
  /** The presenter has muted this guest. */
  | { readonly type: 'muted'; readonly room: string; readonly userID: string }
  /** The presenter's connection is lost or back. */
  | { readonly type: 'away'; readonly room: string; readonly away: boolean }
  /** Somebody came to watch or went. */
  | {
      readonly type: 'audience'
      readonly room: string
      readonly presenter: string
      readonly count: number
      readonly entered?: UserInfo
      readonly left?: UserInfo
    }
  /** Whoever was held by this connection does not watch any more. */
  | { readonly type: 'out'; readonly room: string; readonly userID: string; readonly connection: string }

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

/** A stream that goes on at a media server outside this process. */
export interface StoredStream extends Member {
  readonly stream: string
  readonly kind: PublishedKind
  /** Of the URL that it was published with. */
  readonly ticket: string
  /** Which kind of media server it is at, and what that calls the publisher. */
  readonly server: string
  readonly client: string
}

export interface StoredStreams {
  /** @returns what was published under this name until now */
  note(stream: StoredStream): Promise<StoredStream | null>
  /** @returns what it was, null when it is another client's by now or nobody's */
  forget(stream: Pick<StoredStream, 'room' | 'stream' | 'server' | 'client'>): Promise<StoredStream | null>
  /** Those of a room, or of a login. */
  of(of: { readonly room: string } | { readonly login: string }): Promise<StoredStream[]>
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

/**
 * The rooms. Each operation is atomic and stands for itself, so that several nodes can share one store. Operations
 * reject with a RoomError (ROOM_NOT_FOUND and NOT_MEMBER wherever a room and a member are named), or with StoreUnavailable
 * when nobody knows what has become of them. Whoever is in a room
 * hears of each change as an event; the events of one room come in the order of their `seq`.
 */
export interface TouchOp extends Member {
  /** What the room has to be; ROOM_NOT_FOUND when it is of another kind. */
  readonly kind?: RoomKind
}

export interface Store {
  /** An empty room, not listed before somebody joins. ROOM_EXISTS */
  create(op: CreateRoom): Promise<void>
  /**
   * Enters the room, creates it if it is absent. A member that joins again is updated, silently when nothing changed,
   * and taken over from its earlier holder. ROOM_FULL, ROOM_EXISTS (also when a call is asked for and the room is a
   * broadcast, or the other way round). A live_room is created and presented in by its creator alone (FORBIDDEN); an
   * audience finds it with its presenter in it (ROOM_NOT_FOUND).
   */
  join(op: JoinRoom): Promise<StoredRoom & InRoom>
  /** The last member leaving closes the room, the presenter leaving destroys a live_room. @returns `left`: false when the request was asked again */
  leave(op: Member & { readonly request: string }): Promise<{ left: boolean }>
  /** Only its creator may. FORBIDDEN */
  destroy(op: Member): Promise<void>
  /** Changes what is given. */
  update(op: Member & MemberChange): Promise<void>
  /**
   * Anyone in the room may say something, to all or to one. USER_NOT_FOUND when that one is not in the room or is there
   * over HTTP. @returns server time of the message, ms since 1970
   */
  message(op: SayOp): Promise<{ time: number }>
  /** The member is back on another connection. ROOM_CLOSED for a while after `epoch` was destroyed. `notices` is null when they do not reach back to `seq` of `epoch`. */
  resume(
    op: Member & { readonly connection: string; readonly epoch: string; readonly seq: number },
  ): Promise<InRoom & { room: StoredRoom; notices: readonly StoredNotice[] | null }>
  /** The connection is gone: the grace period begins, unless the member is held by another one by now. Never rejects. */
  lose(op: Member & { readonly connection: string }): Promise<void>
  /** A heartbeat over HTTP. */
  touch(op: TouchOp): Promise<void>
  get(room: string): Promise<StoredRoom | null>
  /** The room as one who is in it finds it. `publishes` is false for those who only watch. */
  find(op: Member): Promise<InRoom & { room: StoredRoom; self: StoredMember; publishes: boolean }>
  /** One step of link-mic in a live_room, see linkStep. FORBIDDEN, NOT_REQUESTED, SEATS_FULL, NOT_SUPPORTED elsewhere */
  link(op: LinkOp & { readonly request: string }): Promise<LinkState>
  /** Changes a custom field of a live_room. BAD_PARAMETER, NOT_SUPPORTED elsewhere. @returns all fields */
  setCustom(op: Member & CustomChange & { readonly request: string }): Promise<Record<string, unknown>>
  /** The first `cnt` of the audience; nobody in a room of another kind. */
  audience(op: { readonly room: string; readonly cnt: number }): Promise<{ audience: StoredViewer[]; count: number }>
  /** Rooms with members, oldest first; of one type where one is named. */
  list(op: ListRooms): Promise<StoredRoom[]>
  /**
   * Tells outside what others have told of a room and its streams, once however often it is asked with one request. The
   * room may be gone by now.
   */
  report(op: ReportOp): Promise<void>
  /**
   * Keeps a recorded file with its room, which may have been closed before, and tells outside of it: once for one
   * file_id. For how long: RECORDS_KEPT_MS. @returns false when it has been kept before
   */
  keepRecord(op: KeepRecordOp): Promise<boolean>
  /** Recorded files of the rooms of that id that the user has made, see recordsFor. ROOM_NOT_FOUND, FORBIDDEN */
  records(op: RecordsOp): Promise<RecordFile[]>
  /** From now on what those outside are told waits for this reader too; see {@link Outbox}. */
  openOutbox(reader: OutboxReader): Outbox
  /** Listed rooms, and everyone in a room, the audience included. */
  census(): Promise<Census>
  /** Takes out whoever is overdue. @returns whether anyone is left who can become overdue */
  sweep(): Promise<boolean>
  /** Remembers until `until` (ms since 1970) that this login has ended; every node hears of it as `loggedOut`. */
  revokeToken(id: string, until: number): Promise<void>
  isTokenRevoked(id: string): Promise<boolean>
  /** What is published at media servers elsewhere. */
  readonly streams: StoredStreams
  /** Whether operations can succeed at present; in memory always. */
  readonly isAvailable: boolean
  /**
   * Told when the store has lost what the connections of this node hold: their clients have to come again. Never in memory.
   * @returns a function that ends the subscription
   */
  onInterrupted(listener: () => void): () => void
  /**
   * Whoever joins or resumes on a connection is not told any more that this connection was `replaced` or `out` before.
   * @returns a function that ends the subscription
   */
  subscribe(listener: (event: StoreEvent) => void): () => void
  close(): Promise<void>
}
