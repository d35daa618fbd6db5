import { RoomError } from '../../../src/errors'
import type { LeaveReason, UserInfo } from '../../../src/model'
import type { RoomKind } from '../../../src/signaling/protocol'
import type { Announcement, RoomChange, RoomEnd } from '../events/room-event'
import { requireRight } from '../rights'
import { isReserved } from '../tickets/stream-ticket'
import { RoomTables, type Table } from './room-tables'
import { GRACE_MS, HEARTBEAT_TIMEOUT_MS } from './lifetimes'
import type { Holder, InRoom, JoinRoom } from './store-ops'
import type { StoredMember, StoredNoticeBody, StoredRoom } from './stored-room'
import type { StoreEvent } from './store-event'

/** Somebody in a room, and what keeps them there. */
export interface Person {
  readonly info: StoredMember
  /** The socket that holds the member; null when heartbeats over HTTP do. */
  readonly connection: string | null
  /** What an audience that came over HTTP has said about itself, as it said it. */
  readonly userInfo?: string
  /** What the privateMapKey of the entry allows; absent where none was asked for. */
  readonly grant?: number
}

/** What a room is from its beginning to its end. */
export interface RoomOrigin {
  readonly room: string
  readonly roomName: string
  readonly kind: RoomKind
  readonly roomType?: string
  readonly creator: string
  readonly epoch: string
  readonly createdAt: number
  /** Whoever made the room wants it recorded. */
  readonly record?: true
}

export interface RoomOptions extends RoomOrigin {
  /** Hears everything that happens in the room, in order. */
  readonly emit: (event: StoreEvent) => void
  /** Hears what those outside are told of it. */
  readonly announce: (what: Announcement) => void
  readonly now: () => number
}

/**
 * The rules of one room, on a state that is all in its tables: whoever stores the tables stores the room. Nothing here
 * waits for anything, so each call is one step.
 */
export class Room {
  /** Whoever publishes, in the order of joining, and the names of their seats: nobody sits on one a second time. */
  readonly seats: Table<string>
  /** Everyone in the room, publishing or not. */
  protected readonly people: Table<Person>
  /** When a person is lost unless heard of before, ms since 1970; without an entry it has an open socket. */
  protected readonly lapsing: Table<number>
  protected readonly counts: Table<number>

  constructor(
    readonly options: RoomOptions,
    readonly tables = new RoomTables(),
  ) {
    this.seats = tables.table('seat')
    this.people = tables.table('person')
    this.lapsing = tables.table('lapse')
    this.counts = tables.table('count')
  }

  /** Nobody is left to keep it open. */
  get isOver(): boolean {
    return this.seats.size === 0
  }

  /** When somebody may next be overdue, ms since 1970; Infinity while nobody can. */
  get nextDue(): number {
    let next = Infinity
    for (const at of this.lapsing.values()) next = Math.min(next, at)
    return next
  }

  /** Whoever is in the room, publishing or not. */
  find(userID: string): Person | undefined {
    return this.people.get(userID)
  }

  /** Everyone in the room, publishing or not. */
  userIDs(): Iterable<string> {
    return this.people.keys()
  }

  get headcount(): number {
    return this.people.size
  }

  /** The open socket that holds somebody, null when none does. */
  socketOf(userID: string): string | null {
    return this.lapsing.has(userID) ? null : (this.find(userID)?.connection ?? null)
  }

  /** @throws RoomError NOT_MEMBER */
  person(userID: string): Person {
    const person = this.find(userID)
    if (!person) throw new RoomError('NOT_MEMBER')
    return person
  }

  /** Whether messages reach that user; one that dropped gets them when it is back. */
  hears(userID: string): boolean {
    return (this.find(userID)?.connection ?? null) !== null
  }

  /** Enters, or updates a member that is in already and takes it over from its earlier holder. */
  join(op: JoinRoom): void {
    const info = memberOfRoom(op.member)
    const { userID } = info
    requireRight('sit', op)
    if (this.seats.has(userID)) {
      this.takeOver(userID, op)
      this.update(info)
    } else {
      if (this.seats.size >= op.capacity[this.options.kind]) throw new RoomError('ROOM_FULL')
      this.admit(info, op)
      this.enter(userID, op.seat)
    }
  }

  /** The member is back on another connection. */
  resume(userID: string, connection: string): void {
    this.person(userID)
    this.holdBy(userID, { via: 'socket', connection })
  }

  /** The connection is gone: the grace period begins, unless another one holds the member by now. */
  lose(userID: string, connection: string): void {
    if (this.find(userID)?.connection === connection) this.lapse(userID, this.options.now() + GRACE_MS)
  }

  /** A heartbeat over HTTP. */
  touch(userID: string): void {
    if (!this.seats.has(userID)) throw new RoomError('NOT_MEMBER')
    if (this.person(userID).connection === null) this.lapse(userID, this.options.now() + HEARTBEAT_TIMEOUT_MS)
  }

  /** Nobody hears of an update that changes nothing. */
  update(info: StoredMember): void {
    const person = this.person(info.userID)
    const changed = (Object.keys(info) as (keyof StoredMember)[]).some((key) => person.info[key] !== info[key])
    if (!changed) return
    this.people.set(info.userID, { ...person, info })
    this.append({ ev: 'memberUpdated', member: info })
  }

  remove(userID: string, reason: LeaveReason): void {
    this.forget(userID)
    this.vacate(userID, reason)
  }

  /** Takes out whoever is overdue. */
  sweep(): void {
    const now = this.options.now()
    for (const [userID, at] of [...this.lapsing]) if (at <= now) this.remove(userID, 'lost')
  }

  /** Over for everyone: whoever is still in has left with it. */
  end(reason: RoomEnd): void {
    for (const userID of this.seats.keys()) this.announce({ type: 'member.left', userID, reason: 'ended' })
    this.announce({ type: 'room.closed', reason })
    for (const userID of [...this.seats.keys()]) this.unseat(userID)
  }

  /** How somebody who is in the room stands in it. */
  standing(userID: string): InRoom {
    const grant = this.find(userID)?.grant
    return { seat: this.seatOf(userID), ...(grant !== undefined && { grant }) }
  }

  /** '' of those who only watch. */
  protected seatOf(userID: string): string {
    return this.seats.get(userID) ?? ''
  }

  append(body: StoredNoticeBody): void {
    const { room, epoch, kind, emit } = this.options
    const seq = this.seq + 1
    this.counts.set('seq', seq)
    emit({ type: 'notice', room, epoch, kind, notice: { seq, ...body } })
  }

  snapshot(): StoredRoom {
    const { room, roomName, creator, kind, roomType, epoch, record } = this.options
    const members = [...this.seats.keys()].map((userID) => this.person(userID).info)
    const type = roomType === undefined ? {} : { roomType }
    return { room, roomName, creator, kind, ...type, epoch, seq: this.seq, members, ...(record && { record }) }
  }

  /** Lets somebody in, who has no place yet. */
  protected admit(info: StoredMember, { holder, grant }: Pick<JoinRoom, 'holder' | 'grant'>): void {
    this.people.set(info.userID, { info, connection: null, ...(grant !== undefined && { grant }) })
    this.holdBy(info.userID, holder)
  }

  /** The place is taken, and everyone hears of it. */
  protected enter(userID: string, seat = ''): void {
    this.seats.set(userID, isReserved(seat) ? seat : this.newSeat())
    const { info } = this.person(userID)
    this.append({ ev: 'memberJoined', member: info })
    this.announce({ type: 'member.joined', ...userOf(info) })
  }

  /** The place is free, and everyone hears of it. */
  protected vacate(userID: string, reason: LeaveReason): void {
    if (!this.unseat(userID)) return
    this.append({ ev: 'memberLeft', userID, reason })
    this.announce({ type: 'member.left', userID, reason })
  }

  protected announce(change: RoomChange): void {
    const { room, kind, epoch, announce } = this.options
    announce({ room, roomKind: kind, epoch, ...change })
  }

  /** @returns whether there was somebody on it */
  protected unseat(userID: string): boolean {
    const seat = this.seats.get(userID)
    if (seat === undefined) return false
    this.seats.delete(userID)
    const { room, emit } = this.options
    emit({ type: 'unseated', room, userID, seat })
    return true
  }

  /** From now on the person is held by `holder` alone. */
  protected holdBy(userID: string, holder: Holder): void {
    const person = this.person(userID)
    const connection = holder.via === 'socket' ? holder.connection : null
    this.lapse(userID, holder.via === 'http' ? this.options.now() + HEARTBEAT_TIMEOUT_MS : null)
    const replaced = person.connection
    if (replaced === connection) return
    this.people.set(userID, { ...person, connection })
    const { room, emit } = this.options
    if (replaced !== null) emit({ type: 'replaced', room, userID, connection: replaced })
  }

  /** Another holder publishes with a URL of its own, or the same one with another; the seat of the earlier URL is gone. */
  protected takeOver(userID: string, { holder, seat, grant }: Pick<JoinRoom, 'holder' | 'seat' | 'grant'>): void {
    const person = this.person(userID)
    const before = person.connection
    if (grant !== person.grant) this.people.set(userID, { ...person, grant })
    this.holdBy(userID, holder)
    const former = this.seats.get(userID)
    if (former === undefined) return
    const isSame = seat === undefined ? this.person(userID).connection === before : seat === former
    const next = isSame ? former : isReserved(seat ?? '') ? (seat as string) : this.newSeat()
    if (next === former) return
    this.seats.set(userID, next)
    const { room, emit } = this.options
    emit({ type: 'unseated', room, userID, seat: former })
  }

  protected lapse(userID: string, at: number | null): void {
    if (at === null) this.lapsing.delete(userID)
    else this.lapsing.set(userID, at)
  }

  /** Whoever has gone is nobody any more, and cannot become overdue. */
  protected forget(userID: string): void {
    this.people.delete(userID)
    this.lapsing.delete(userID)
  }

  /** Of all rooms and times: the epoch is. */
  private newSeat(): string {
    const count = (this.counts.get('seat') ?? 0) + 1
    this.counts.set('seat', count)
    return `${this.options.epoch}.${count}`
  }

  private get seq(): number {
    return this.counts.get('seq') ?? 0
  }
}

/** Only what belongs to a member, whatever object it came in. */
export function memberOfRoom({ userID, userName, userAvatar, audio, video, aux, stream }: StoredMember): StoredMember {
  return { userID, userName, userAvatar, audio, video, aux, stream }
}

export function userOf({ userID, userName, userAvatar }: UserInfo): UserInfo {
  return { userID, userName, userAvatar }
}
