import { RoomError } from '../../../src/errors'
import { newId, systemRandom, type RandomBytes } from '../random'
import { ExpiringMap } from './expiring-map'
import type { LinkState } from '../../../src/model'
import type { CustomChange } from './custom-fields'
import { LiveRoom } from './live-room'
import { MemoryRoom } from './memory-room'
import {
  DEDUPE_MS,
  REPLAY_MS,
  UNENTERED_MS,
  type CreateRoom,
  type JoinRoom,
  type LinkOp,
  type ListRooms,
  type Member,
  type SayOp,
  type MemberChange,
  type Store,
  type StoredMember,
  type StoredNotice,
  type StoredRoom,
  type StoredViewer,
  type StoreEvent,
} from './store'

export interface MemoryStoreOptions {
  readonly now: () => number
  readonly random?: RandomBytes
}

/**
 * Rooms in the memory of one process. Each operation runs to its end before it yields, which makes it atomic; events
 * are heard before the operation's promise settles.
 */
export class MemoryStore implements Store {
  private readonly rooms = new Map<string, MemoryRoom>()
  private readonly answers: ExpiringMap<unknown>
  private readonly revoked: ExpiringMap<true>
  /** Epochs of rooms that were destroyed. */
  private readonly destroyed: ExpiringMap<true>
  private readonly listeners = new Set<(event: StoreEvent) => void>()
  private readonly now: () => number
  private readonly random: RandomBytes

  constructor(options: MemoryStoreOptions) {
    this.now = options.now
    this.random = options.random ?? systemRandom
    this.answers = new ExpiringMap(this.now)
    this.revoked = new ExpiringMap(this.now)
    this.destroyed = new ExpiringMap(this.now)
  }

  async create(op: CreateRoom): Promise<void> {
    this.build(op)
  }

  async join(op: JoinRoom): Promise<StoredRoom> {
    const room = this.roomToEnter(op)
    room.join(op)
    return room.snapshot()
  }

  async leave(op: Member & { request: string }): Promise<{ left: boolean }> {
    let left = false
    this.once('leave', op, () => {
      const room = this.room(op.room)
      room.person(op.userID)
      room.remove(op.userID, 'left')
      this.dropIfOver(room)
      left = true
    })
    return { left }
  }

  async destroy(op: Member): Promise<void> {
    const room = this.room(op.room)
    if (room.options.creator !== op.userID) throw new RoomError('FORBIDDEN', 'Only its creator may destroy a room')
    this.destroyRoom(room)
  }

  async update(op: Member & MemberChange): Promise<void> {
    const room = this.room(op.room)
    const seat = room.person(op.userID)
    const { audio = seat.info.audio, video = seat.info.video, aux = seat.info.aux } = op
    room.update(seat, { ...seat.info, audio, video, aux })
  }

  async message(op: SayOp): Promise<{ time: number }> {
    return this.once('message', op, () => {
      const { kind, data, to } = op
      const room = this.room(op.room)
      const { userID, userName, userAvatar } = room.person(op.userID).info
      if (to !== undefined && !room.hears(to)) throw new RoomError('USER_NOT_FOUND')
      const time = this.now()
      const from = { userID, userName, userAvatar }
      room.append({ ev: 'message', kind, from, data, time, ...(to === undefined ? {} : { to }) })
      return { time }
    })
  }

  async resume(
    op: Member & { connection: string; epoch: string; seq: number },
  ): Promise<{ room: StoredRoom; notices: readonly StoredNotice[] | null }> {
    if (this.destroyed.get(op.epoch)) throw new RoomError('ROOM_CLOSED')
    const room = this.room(op.room)
    room.resume(op.userID, op.connection)
    return { room: room.snapshot(), notices: room.since(op.epoch, op.seq) }
  }

  async lose(op: Member & { connection: string }): Promise<void> {
    this.rooms.get(op.room)?.lose(op.userID, op.connection)
  }

  async touch(op: Member): Promise<void> {
    this.room(op.room).touch(op.userID)
  }

  async find(op: Member): Promise<{ room: StoredRoom; self: StoredMember; publishes: boolean }> {
    const room = this.room(op.room)
    const self = room.person(op.userID).info
    return { room: room.snapshot(), self, publishes: room.seats.has(op.userID) }
  }

  async link(op: LinkOp & { request: string }): Promise<LinkState> {
    return this.once('link', op, () => this.liveRoom(op.room).link(op))
  }

  async setCustom(op: Member & CustomChange & { request: string }): Promise<Record<string, unknown>> {
    return this.once('setCustom', op, () => this.liveRoom(op.room).setCustom(op.userID, op))
  }

  async audience({
    room: id,
    cnt,
  }: {
    room: string
    cnt: number
  }): Promise<{ audience: StoredViewer[]; count: number }> {
    const room = this.room(id)
    return room instanceof LiveRoom
      ? { audience: room.listAudience(cnt), count: room.audienceCount }
      : { audience: [], count: 0 }
  }

  async get(room: string): Promise<StoredRoom | null> {
    return this.rooms.get(room)?.snapshot() ?? null
  }

  async list(op: ListRooms): Promise<StoredRoom[]> {
    const { kind, roomType } = op
    const active = [...this.rooms.values()].filter(
      ({ options, seats }) =>
        options.kind === kind && seats.size > 0 && (roomType === undefined || options.roomType === roomType),
    )
    return active.slice(op.index, op.index + op.cnt).map((room) => room.snapshot())
  }

  async sweep(): Promise<boolean> {
    const now = this.now()
    let pending = false
    for (const room of [...this.rooms.values()]) {
      if (room.seats.size === 0 && room.options.createdAt + UNENTERED_MS <= now) this.rooms.delete(room.options.room)
      else if (room.seats.size === 0) pending = true
      else {
        if (room.sweep()) pending = true
        this.dropIfOver(room)
      }
    }
    return pending
  }

  async revokeToken(id: string, until: number): Promise<void> {
    this.revoked.set(id, true, until)
  }

  async isTokenRevoked(id: string): Promise<boolean> {
    return this.revoked.get(id) === true
  }

  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.listeners.clear()
    this.rooms.clear()
  }

  private room(id: string): MemoryRoom {
    const room = this.rooms.get(id)
    if (!room) throw new RoomError('ROOM_NOT_FOUND')
    return room
  }

  private build(op: CreateRoom): MemoryRoom {
    if (this.rooms.has(op.room)) throw new RoomError('ROOM_EXISTS')
    const epoch = newId(this.random)
    const Room = op.kind === 'live_room' ? LiveRoom : MemoryRoom
    const emit = (event: StoreEvent): void => this.emit(event)
    const room = new Room({ ...op, epoch, createdAt: this.now(), now: this.now, emit })
    this.rooms.set(op.room, room)
    return room
  }

  private roomToEnter(op: JoinRoom): MemoryRoom {
    if (!op.fresh) return this.existingRoom(op) ?? this.buildFor(op)
    const made = this.once('join', { room: '', userID: op.member.userID, request: op.request }, () => {
      this.buildFor(op)
      return op.room
    })
    return this.rooms.get(made) ?? this.buildFor(op)
  }

  private buildFor({ room, roomName, kind, roomType, role, member }: JoinRoom): MemoryRoom {
    if (role === 'audience') throw new RoomError('ROOM_NOT_FOUND')
    return this.build({ room, roomName, kind, roomType, creator: member.userID })
  }

  private existingRoom(op: JoinRoom): MemoryRoom | undefined {
    const room = this.rooms.get(op.room)
    if (room && (room.options.kind === 'live_room') !== (op.kind === 'live_room')) {
      throw new RoomError(op.role === 'audience' ? 'ROOM_NOT_FOUND' : 'ROOM_EXISTS', 'The room is of another kind')
    }
    return room
  }

  private liveRoom(id: string): LiveRoom {
    const room = this.room(id)
    if (!(room instanceof LiveRoom)) throw new RoomError('NOT_SUPPORTED', 'The room is not a live_room')
    return room
  }

  private dropIfOver(room: MemoryRoom): void {
    if (!room.isOver || !this.rooms.has(room.options.room)) return
    // whoever watches is left without a presenter; in a call nobody is left
    if (room instanceof LiveRoom) this.destroyRoom(room)
    else this.rooms.delete(room.options.room)
  }

  private destroyRoom({ options: { room, epoch } }: MemoryRoom): void {
    this.rooms.delete(room)
    this.destroyed.set(epoch, true, this.now() + REPLAY_MS)
    this.emit({ type: 'destroyed', room, epoch })
  }

  /** Runs once for a request id; asked again, the same answer comes and nothing happens. Failures are not remembered. */
  private once<T>(name: string, op: Member & { request: string }, run: () => T): T {
    if (op.request === '') return run()
    const key = JSON.stringify([name, op.room, op.userID, op.request])
    const earlier = this.answers.get(key) as { answer: T } | undefined
    if (earlier) return earlier.answer
    const answer = run()
    this.answers.set(key, { answer }, this.now() + DEDUPE_MS)
    return answer
  }

  private emit(event: StoreEvent): void {
    for (const listener of [...this.listeners]) listener(event)
  }
}
