import type { LinkState } from '../../../src/model'
import type { RecordFile } from '../events/record-file'
import type { CustomChange } from './custom-fields'
import type { Outbox, OutboxReader } from './outbox'
import type { StoreEvent } from './store-event'
import type {
  Census,
  CreateRoom,
  InRoom,
  JoinRoom,
  KeepRecordOp,
  LinkOp,
  ListRooms,
  Member,
  RecordsOp,
  ReportOp,
  SayOp,
  TouchOp,
} from './store-ops'
import type { MemberChange, StoredMember, StoredNotice, StoredRoom, StoredViewer } from './stored-room'
import type { StoredStreams } from './stored-streams'

/**
 * The rooms. Each operation is atomic and stands for itself, so that several nodes can share one store. Operations
 * reject with a RoomError (ROOM_NOT_FOUND and NOT_MEMBER wherever a room and a member are named), or with StoreUnavailable
 * when nobody knows what has become of them. Whoever is in a room
 * hears of each change as an event; the events of one room come in the order of their `seq`.
 */
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
