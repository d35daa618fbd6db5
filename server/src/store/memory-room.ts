import { RoomError } from '../../../src/errors'
import type { LeaveReason } from '../../../src/model'
import type { RoomKind } from '../../../src/signaling/protocol'
import {
  GRACE_MS,
  HEARTBEAT_TIMEOUT_MS,
  REPLAY_MAX,
  REPLAY_MS,
  type Holder,
  type JoinRoom,
  type StoredMember,
  type StoredNotice,
  type StoredNoticeBody,
  type StoredRoom,
  type StoreEvent,
} from './store'

/** Somebody in a room, and what keeps them there. */
export interface Seat {
  info: StoredMember
  /** The socket that holds the member; null when heartbeats over HTTP do. */
  connection: string | null
  /** When the member is lost unless it is heard of before; null while its socket is open. */
  lapsesAt: number | null
}

export interface MemoryRoomOptions {
  readonly room: string
  readonly roomName: string
  readonly kind: RoomKind
  readonly roomType?: string
  readonly creator: string
  readonly epoch: string
  readonly createdAt: number
  /** Hears everything that happens in the room, in order. */
  readonly emit: (event: StoreEvent) => void
  readonly now: () => number
}

/** One room: its seats in the order of joining, and the notices of the last two minutes. */
export class MemoryRoom {
  readonly seats = new Map<string, Seat>()
  private readonly lapsing = new Set<Seat>()
  private seq = 0
  private readonly log: { notice: StoredNotice; at: number }[] = []

  constructor(readonly options: MemoryRoomOptions) {}

  /** Nobody is left to keep it open. */
  get isOver(): boolean {
    return this.seats.size === 0
  }

  /** @throws RoomError NOT_MEMBER */
  seat(userID: string): Seat {
    const seat = this.seats.get(userID)
    if (!seat) throw new RoomError('NOT_MEMBER')
    return seat
  }

  /** Whoever is in the room, publishing or not. */
  find(userID: string): Seat | undefined {
    return this.seats.get(userID)
  }

  /** @throws RoomError NOT_MEMBER */
  person(userID: string): Seat {
    const seat = this.find(userID)
    if (!seat) throw new RoomError('NOT_MEMBER')
    return seat
  }

  /** Whether messages reach that user; one that dropped gets them when it is back. */
  hears(userID: string): boolean {
    return (this.find(userID)?.connection ?? null) !== null
  }

  /** Enters, or updates a member that is in already and takes it over from its earlier holder. */
  join(op: JoinRoom): void {
    const info = memberOfRoom(op.member)
    const seat = this.seats.get(info.userID)
    if (seat) {
      this.holdBy(seat, op.holder)
      this.update(seat, info)
    } else {
      if (this.seats.size >= op.capacity[this.options.kind]) throw new RoomError('ROOM_FULL')
      this.enter(this.newSeat(info, op.holder))
    }
  }

  /** The member is back on another connection. */
  resume(userID: string, connection: string): void {
    this.holdBy(this.person(userID), { via: 'socket', connection })
  }

  /** The connection is gone: the grace period begins, unless another one holds the member by now. */
  lose(userID: string, connection: string): void {
    const seat = this.find(userID)
    if (seat?.connection === connection) this.lapse(seat, this.options.now() + GRACE_MS)
  }

  /** A heartbeat over HTTP. */
  touch(userID: string): void {
    const seat = this.seat(userID)
    if (seat.connection === null) this.lapse(seat, this.options.now() + HEARTBEAT_TIMEOUT_MS)
  }

  /** Nobody hears of an update that changes nothing. */
  update(seat: Seat, info: StoredMember): void {
    const before = seat.info
    seat.info = info
    const changed = (Object.keys(info) as (keyof StoredMember)[]).some((key) => before[key] !== info[key])
    if (changed) this.append({ ev: 'memberUpdated', member: info })
  }

  remove(userID: string, reason: LeaveReason): void {
    const seat = this.seats.get(userID)
    if (!seat) return
    this.forget(seat)
    this.vacate(userID, reason)
  }

  /** Takes out whoever is overdue. @returns whether anyone is left who can become overdue */
  sweep(): boolean {
    const now = this.options.now()
    for (const seat of [...this.lapsing]) {
      if (seat.lapsesAt !== null && seat.lapsesAt <= now) this.remove(seat.info.userID, 'lost')
    }
    return this.lapsing.size > 0
  }

  append(body: StoredNoticeBody): void {
    const { room, epoch, kind, emit } = this.options
    const at = this.options.now()
    const notice: StoredNotice = { seq: ++this.seq, ...body }
    this.log.push({ notice, at })
    while (this.log.length > REPLAY_MAX || (this.log[0] && this.log[0].at < at - REPLAY_MS)) this.log.shift()
    emit({ type: 'notice', room, epoch, kind, notice })
  }

  /** Everything after `seq`, null when some of it is gone (or `seq` is of another epoch). */
  since(epoch: string, seq: number): StoredNotice[] | null {
    if (epoch !== this.options.epoch || seq > this.seq) return null
    const oldest = this.log[0]?.notice.seq ?? this.seq + 1
    if (seq < oldest - 1) return null
    return this.log.filter((entry) => entry.notice.seq > seq).map((entry) => entry.notice)
  }

  snapshot(): StoredRoom {
    const { room, roomName, creator, kind, roomType, epoch } = this.options
    const members = [...this.seats.values()].map((seat) => seat.info)
    const type = roomType === undefined ? {} : { roomType }
    return { room, roomName, creator, kind, ...type, epoch, seq: this.seq, members }
  }

  protected newSeat(info: StoredMember, holder: Holder): Seat {
    const seat: Seat = { info, connection: null, lapsesAt: null }
    this.holdBy(seat, holder)
    return seat
  }

  /** The place is taken, and everyone hears of it. */
  protected enter(seat: Seat): void {
    this.seats.set(seat.info.userID, seat)
    this.append({ ev: 'memberJoined', member: seat.info })
  }

  /** The place is free, and everyone hears of it. */
  protected vacate(userID: string, reason: LeaveReason): void {
    if (this.seats.delete(userID)) this.append({ ev: 'memberLeft', userID, reason })
  }

  /** From now on the seat is held by `holder` alone. */
  protected holdBy(seat: Seat, holder: Holder): void {
    const connection = holder.via === 'socket' ? holder.connection : null
    const replaced = seat.connection
    seat.connection = connection
    this.lapse(seat, holder.via === 'http' ? this.options.now() + HEARTBEAT_TIMEOUT_MS : null)
    if (replaced !== null && replaced !== connection) {
      const { room, emit } = this.options
      emit({ type: 'replaced', room, userID: seat.info.userID, connection: replaced })
    }
  }

  protected lapse(seat: Seat, at: number | null): void {
    seat.lapsesAt = at
    if (at === null) this.lapsing.delete(seat)
    else this.lapsing.add(seat)
  }

  /** Whoever has gone cannot become overdue. */
  protected forget(seat: Seat): void {
    this.lapsing.delete(seat)
  }
}

/** Only what belongs to a member, whatever object it came in. */
export function memberOfRoom({ userID, userName, userAvatar, audio, video, aux, stream }: StoredMember): StoredMember {
  return { userID, userName, userAvatar, audio, video, aux, stream }
}
