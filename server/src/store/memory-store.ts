import '../../../src/service-errors'
import { RoomError } from '../../../src/errors'
import type { LinkState } from '../../../src/model'
import { newId, systemRandom, type RandomBytes } from '../random'
import type { RecordFile } from '../events/record-file'
import type { Announcement } from '../events/room-event'
import { URL_LIFETIME_MS } from '../stream-urls'
import { isReserved } from '../tickets/stream-ticket'
import type { CustomChange } from './custom-fields'
import { ExpiringMap } from './expiring-map'
import { MemoryListing } from './memory-listing'
import { MemoryNotices } from './memory-notices'
import { MemoryStreams } from './memory-streams'
import type { Room } from './room'
import type { Outbox, OutboxReader } from './outbox'
import { RoomCell, type CellSurroundings } from './room-cell'
import { MemoryRecords } from './memory-records'
import { creatorOf, recordsFor, type RoomTrace } from './room-records'
import { RoomTables } from './room-tables'
import { DEDUPE_MS, REPLAY_MS } from './lifetimes'
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
import type { StoreEvent } from './store-event'
import type { Store } from './store'

export interface MemoryStoreOptions {
  readonly now: () => number
  readonly random?: RandomBytes
}

type Asked = Member & { readonly request: string }

/**
 * Rooms in the memory of one process. Each operation runs to its end before it yields, which makes it atomic; events
 * are heard before the operation's promise settles.
 */
export class MemoryStore implements Store {
  readonly isAvailable = true
  /** Those that a room is in, oldest first. */
  private readonly cells = new Map<string, RoomCell>()
  private readonly listing = new MemoryListing()
  private readonly notices = new MemoryNotices()
  private readonly answers: ExpiringMap<unknown>
  private readonly revoked: ExpiringMap<true>
  /** Epochs of rooms that were destroyed. */
  private readonly destroyed: ExpiringMap<true>
  private readonly listeners = new Set<(event: StoreEvent) => void>()
  readonly streams = new MemoryStreams()
  private readonly surroundings: CellSurroundings
  private readonly files = new MemoryRecords()
  private readonly outboxes = new Set<OutboxReader>()
  private readonly now: () => number
  private readonly newId: () => string

  constructor({ now, random = systemRandom }: MemoryStoreOptions) {
    this.now = now
    this.answers = new ExpiringMap(now)
    this.revoked = new ExpiringMap(now)
    this.destroyed = new ExpiringMap(now)
    this.surroundings = {
      now,
      newEpoch: () => this.newId(),
      newTables: () => new RoomTables(),
      emit: (event) => this.emit(event),
      announce: (what) => this.announce(what),
      keep: (room, record) => this.files.keep(room, record),
    }
    this.newId = () => newId(random)
  }

  async create(op: CreateRoom): Promise<void> {
    this.at(op.room, (cell) => cell.create(op))
  }

  async join(op: JoinRoom): Promise<StoredRoom & InRoom> {
    if (!op.fresh || op.request === '') return this.at(op.room, (cell) => cell.join(op))
    const key = keyOf('join', { room: '', userID: op.member.userID, request: op.request })
    const made = (this.answers.get(key) as { answer: string } | undefined)?.answer
    if (made !== undefined && this.cells.has(made)) {
      return this.at(made, (cell) => cell.join({ ...op, room: made, fresh: false }))
    }
    const stored = this.at(op.room, (cell) => cell.join(op))
    this.answers.set(key, { answer: op.room }, this.now() + DEDUPE_MS)
    return stored
  }

  async leave(op: Asked): Promise<{ left: boolean }> {
    let left = false
    this.once('leave', op, (cell) => {
      cell.leave(op.userID)
      left = true
    })
    return { left }
  }

  async destroy(op: Member): Promise<void> {
    this.at(op.room, (cell) => cell.destroy(op.userID))
  }

  async update(op: Member & MemberChange): Promise<void> {
    this.at(op.room, (cell) => cell.update(op))
  }

  async message(op: SayOp): Promise<{ time: number }> {
    return this.once('message', op, (cell) => cell.message(op))
  }

  async resume(
    op: Member & { connection: string; epoch: string; seq: number },
  ): Promise<InRoom & { room: StoredRoom; notices: readonly StoredNotice[] | null }> {
    if (this.destroyed.get(op.epoch)) throw new RoomError('ROOM_CLOSED')
    const { room, seat } = this.at(op.room, (cell) => cell.resume(op))
    if (op.epoch !== room.epoch) return { room, seat, notices: null }
    return { room, seat, notices: this.notices.since(op.seq, room) }
  }

  async lose(op: Member & { connection: string }): Promise<void> {
    this.at(op.room, (cell) => cell.lose(op))
  }

  async touch(op: TouchOp): Promise<void> {
    this.at(op.room, (cell) => cell.touch(op))
  }

  async find(op: Member): Promise<InRoom & { room: StoredRoom; self: StoredMember; publishes: boolean }> {
    return this.at(op.room, (cell) => cell.find(op.userID))
  }

  async link(op: LinkOp & { request: string }): Promise<LinkState> {
    return this.once('link', op, (cell) => cell.link(op))
  }

  async setCustom(op: Asked & CustomChange): Promise<Record<string, unknown>> {
    return this.once('setCustom', op, (cell) => cell.setCustom(op))
  }

  async audience(op: { room: string; cnt: number }): Promise<{ audience: StoredViewer[]; count: number }> {
    return this.at(op.room, (cell) => cell.audience(op.cnt))
  }

  async get(room: string): Promise<StoredRoom | null> {
    return this.cells.get(room)?.room?.snapshot() ?? null
  }

  async list(op: ListRooms): Promise<StoredRoom[]> {
    return this.listing.list(op)
  }

  async census(): Promise<Census> {
    return this.listing.census()
  }

  async report({ room, event, request }: ReportOp): Promise<void> {
    this.once('report', { room, userID: '', request }, (cell) => cell.report(event))
  }

  async keepRecord({ room, userID, file }: KeepRecordOp): Promise<boolean> {
    const at = this.now()
    if (!this.files.isNew(file.file_id, at)) return false
    const creator = creatorOf(this.tracesOf(room), file) ?? userID
    this.at(room, (cell) => cell.keepRecord({ creator, file, at }, userID))
    return true
  }

  async records(op: RecordsOp): Promise<RecordFile[]> {
    return recordsFor(op, this.tracesOf(op.room), this.files.of(op.room, this.now()))
  }

  openOutbox(reader: OutboxReader): Outbox {
    this.outboxes.add(reader)
    return { isDurable: false, done: () => undefined, close: async () => void this.outboxes.delete(reader) }
  }

  async sweep(): Promise<boolean> {
    const now = this.now()
    let pending = false
    for (const [id, cell] of this.cells) {
      if (cell.quietUntil <= now) {
        this.at(id, () => cell.sweep())
        cell.quietUntil = cell.nextDue
      }
      pending ||= cell.quietUntil < Infinity
    }
    this.notices.sweep(now)
    return pending
  }

  async revokeToken(id: string, until: number): Promise<void> {
    this.revoked.set(id, true, until)
    this.emit({ type: 'loggedOut', login: id })
  }

  async isTokenRevoked(id: string): Promise<boolean> {
    return this.revoked.get(id) === true
  }

  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  onInterrupted(): () => void {
    return () => undefined
  }

  async close(): Promise<void> {
    this.listeners.clear()
    this.outboxes.clear()
    this.cells.clear()
    this.listing.clear()
    this.notices.clear()
  }

  /** Runs one operation on the room of this id, which may begin or end by it. */
  private at<T>(id: string, operation: (cell: RoomCell) => T): T {
    const cell = this.cells.get(id) ?? new RoomCell(id, this.surroundings)
    const before = cell.room
    try {
      return operation(cell)
    } finally {
      cell.quietUntil = 0
      if (cell.room !== before) this.place(id, cell, before)
      // whether somebody is in the room decides whether it is listed
      if (cell.room) this.listing.note(cell.room)
    }
  }

  /** The id bears another room than before, or none. */
  private place(id: string, cell: RoomCell, before: Room | null): void {
    if (before) {
      this.listing.remove(before)
      this.files.passed(id, before.options, this.now())
    }
    if (cell.room) {
      this.cells.set(id, cell)
    } else {
      this.cells.delete(id)
      this.notices.forget(id)
    }
  }

  /** Runs once for a request id; asked again, the same answer comes and nothing happens. Failures are not remembered. */
  private once<T>(name: string, op: Asked, operation: (cell: RoomCell) => T): T {
    if (op.request === '') return this.at(op.room, operation)
    const key = keyOf(name, op)
    const earlier = this.answers.get(key) as { answer: T } | undefined
    if (earlier) return earlier.answer
    const answer = this.at(op.room, operation)
    this.answers.set(key, { answer }, this.now() + DEDUPE_MS)
    return answer
  }

  private emit(event: StoreEvent): void {
    if (event.type === 'notice') this.notices.add(event, this.now())
    if (event.type === 'destroyed') this.destroyed.set(event.epoch, true, this.now() + REPLAY_MS)
    if (event.type === 'unseated' && isReserved(event.seat)) {
      this.revoked.set(event.seat, true, this.now() + URL_LIFETIME_MS)
    }
    for (const listener of [...this.listeners]) listener(event)
  }

  private tracesOf(room: string): RoomTrace[] {
    const present = this.cells.get(room)?.trace
    return [...this.files.pastOf(room, this.now()), ...(present ? [present] : [])]
  }

  private announce(what: Announcement): void {
    if (this.outboxes.size === 0) return
    const id = this.newId()
    const event = { id, time: this.now(), ...what }
    for (const reader of this.outboxes) reader.take([{ key: id, event }])
  }
}

function keyOf(name: string, { room, userID, request }: Asked): string {
  return JSON.stringify([name, room, userID, request])
}
