import '../../../src/service-errors'
import { RoomError } from '../../../src/errors'
import type { LinkState } from '../../../src/model'
import type { Announcement, ReportedEvent, RoomEnd } from '../events/room-event'
import type { CustomChange } from './custom-fields'
import { LiveRoom } from './live-room'
import { requireRight } from '../rights'
import { Room, type RoomOrigin } from './room'
import type { KeptRecord, RoomTrace } from './room-records'
import type { RoomTables } from './room-tables'
import { UNENTERED_MS } from './lifetimes'
import type { CreateRoom, InRoom, JoinRoom, LinkOp, Member, SayOp, TouchOp } from './store-ops'
import type { MemberChange, StoredMember, StoredRoom, StoredViewer } from './stored-room'
import type { StoreEvent } from './store-event'

/** What a cell needs of the store that it is in. */
export interface CellSurroundings {
  /** ms since 1970 */
  readonly now: () => number
  newEpoch(): string
  newTables(): RoomTables
  /** Hears everything that happens in the room, in order. */
  readonly emit: (event: StoreEvent) => void
  /** Hears what those outside are told of it, in order. */
  readonly announce: (what: Announcement) => void
  /** Keeps a file with a room id, whatever becomes of the room. */
  readonly keep: (room: string, record: KeptRecord) => void
}

/**
 * One room id, and whatever bears it: every operation of {@link Store} on one room, as one step that waits for nothing. Stores
 * differ in where the tables of the rooms are kept; what operations do is here alone.
 */
export class RoomCell {
  room: Room | null = null
  /** A sweep before this finds nothing to do, ms since 1970; an operation on the cell sets it back. */
  quietUntil = 0

  constructor(
    readonly id: string,
    private readonly surroundings: CellSurroundings,
  ) {}

  /** When the room may next need {@link sweep}, ms since 1970; Infinity when time changes nothing in it. */
  get nextDue(): number {
    if (!this.room) return Infinity
    return this.room.seats.size === 0 ? this.room.options.createdAt + UNENTERED_MS : this.room.nextDue
  }

  /** Whose room it is; null while there is none. */
  get trace(): RoomTrace | null {
    if (!this.room) return null
    const { creator, createdAt } = this.room.options
    return { creator, createdAt }
  }

  create({ room, roomName, kind, roomType, creator, record }: CreateRoom): Room {
    if (this.room) throw new RoomError('ROOM_EXISTS')
    const { surroundings } = this
    const epoch = surroundings.newEpoch()
    const flag = record ? ({ record: true } as const) : {}
    const origin = { room, roomName, kind, roomType, creator, epoch, createdAt: surroundings.now(), ...flag }
    const opened = this.open(origin, surroundings.newTables())
    this.room = opened
    const type = roomType === undefined ? {} : { roomType }
    surroundings.announce({ room, roomKind: kind, epoch, type: 'room.created', roomName, creator, ...type, ...flag })
    return opened
  }

  /** Puts a room there that was made elsewhere. */
  restore(origin: RoomOrigin, tables: RoomTables): void {
    this.room = this.open(origin, tables)
  }

  join(op: JoinRoom): StoredRoom & InRoom {
    const existing = op.fresh ? null : this.existing(op)
    requireRight(existing || op.role === 'audience' ? 'enter' : 'create', op)
    // the answer tells what to play
    requireRight('play', op)
    const room = existing ?? this.createFor(op)
    room.join(op)
    return { ...room.snapshot(), ...room.standing(op.member.userID) }
  }

  leave(userID: string): void {
    const room = this.some()
    room.person(userID)
    room.remove(userID, 'left')
    this.dropIfOver(room, 'left')
  }

  destroy(userID: string): void {
    const room = this.some()
    requireRight('destroy', { isCreator: room.options.creator === userID })
    this.drop(room, 'destroyed', true)
  }

  update({ userID, ...change }: Member & MemberChange): void {
    const room = this.some()
    const { info } = room.person(userID)
    const { audio = info.audio, video = info.video, aux = info.aux } = change
    room.update({ ...info, audio, video, aux })
  }

  message({ userID: sender, kind, data, to }: SayOp): { time: number } {
    const room = this.some()
    const { userID, userName, userAvatar } = room.person(sender).info
    if (to !== undefined && !room.hears(to)) throw new RoomError('USER_NOT_FOUND')
    const time = this.surroundings.now()
    const from = { userID, userName, userAvatar }
    room.append({ ev: 'message', kind, from, data, time, ...(to === undefined ? {} : { to }) })
    return { time }
  }

  resume({ userID, connection }: { userID: string; connection: string }): InRoom & { room: StoredRoom } {
    const room = this.some()
    room.resume(userID, connection)
    return { room: room.snapshot(), ...room.standing(userID) }
  }

  lose({ userID, connection }: { userID: string; connection: string }): void {
    this.room?.lose(userID, connection)
  }

  touch({ userID, kind }: TouchOp): void {
    const room = this.some()
    if (kind !== undefined && kind !== room.options.kind) throw new RoomError('ROOM_NOT_FOUND')
    room.touch(userID)
  }

  find(userID: string): InRoom & { room: StoredRoom; self: StoredMember; publishes: boolean } {
    const room = this.some()
    const { info: self } = room.person(userID)
    const standing = room.standing(userID)
    return { self, publishes: standing.seat !== '', room: room.snapshot(), ...standing }
  }

  link(op: LinkOp): LinkState {
    return this.live().link(op)
  }

  setCustom(op: CustomChange & { userID: string }): Record<string, unknown> {
    return this.live().setCustom(op.userID, op)
  }

  audience(cnt: number): { audience: StoredViewer[]; count: number } {
    const room = this.some()
    if (!(room instanceof LiveRoom)) return { audience: [], count: 0 }
    return { audience: room.listAudience(cnt), count: room.audienceCount }
  }

  /** Takes out whoever is overdue. */
  sweep(): void {
    const { room } = this
    if (!room) return
    if (room.seats.size > 0) {
      room.sweep()
      this.dropIfOver(room, 'lost')
    } else if (this.nextDue <= this.surroundings.now()) this.drop(room, 'unentered', false)
  }

  /** A recorded file; the room in which it was may be gone by now. */
  keepRecord(record: KeptRecord, userID: string): void {
    this.surroundings.keep(this.id, record)
    this.report({ type: 'recording.file', userID, file: record.file })
  }

  /** Others tell what has happened; the room may be gone by now. */
  report(event: ReportedEvent): void {
    const { kind: roomKind, epoch } = this.room?.options ?? {}
    this.surroundings.announce({ room: this.id, ...(roomKind && { roomKind, epoch }), ...event })
  }

  private open(origin: RoomOrigin, tables: RoomTables): Room {
    const Kind = origin.kind === 'live_room' ? LiveRoom : Room
    const { now, emit, announce } = this.surroundings
    const { room, roomName, kind, roomType, creator, epoch, createdAt, record } = origin
    // by name: an object that is copied and then added to takes a third more, and every room has one
    return new Kind({ room, roomName, kind, roomType, creator, epoch, createdAt, record, now, emit, announce }, tables)
  }

  private createFor({ room, roomName, kind, roomType, role, member, record }: JoinRoom): Room {
    if (role === 'audience') throw new RoomError('ROOM_NOT_FOUND')
    return this.create({ room, roomName, kind, roomType, creator: member.userID, record })
  }

  private existing(op: JoinRoom): Room | null {
    const { room } = this
    if (room && (room.options.kind === 'live_room') !== (op.kind === 'live_room')) {
      throw new RoomError(op.role === 'audience' ? 'ROOM_NOT_FOUND' : 'ROOM_EXISTS', 'The room is of another kind')
    }
    return room
  }

  private some(): Room {
    if (!this.room) throw new RoomError('ROOM_NOT_FOUND')
    return this.room
  }

  private live(): LiveRoom {
    const room = this.some()
    if (!(room instanceof LiveRoom)) throw new RoomError('NOT_SUPPORTED', 'The room is not a live_room')
    return room
  }

  private dropIfOver(room: Room, reason: RoomEnd): void {
    // whoever watches is left without a presenter; in a call nobody is left
    if (room.isOver) this.drop(room, reason, room instanceof LiveRoom)
  }

  private drop(dropped: Room, reason: RoomEnd, isTold: boolean): void {
    const { room, epoch } = dropped.options
    this.room = null
    dropped.end(reason)
    if (isTold) this.surroundings.emit({ type: 'destroyed', room, epoch })
  }
}
