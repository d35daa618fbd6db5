import { systemClock, type Clock } from '../../clock'
import type { RoomKind } from '../../../../src/signaling/protocol'
import type { LinkState } from '../../../../src/model'
import type { Log } from '../../log'
import { newId, systemRandom, type RandomBytes } from '../../random'
import { RoomError } from '../../../../src/errors'
import type { RecordFile } from '../../events/record-file'
import type { CustomChange } from '../custom-fields'
import type { Outbox, OutboxReader } from '../outbox'
import type { RoomCell } from '../room-cell'
import type {
  Census,
  CreateRoom,
  Holder,
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
} from '../store-ops'
import type { MemberChange, StoredMember, StoredNotice, StoredRoom, StoredViewer } from '../stored-room'
import type { Store } from '../store'
import type { StoreEvent } from '../store-event'
import { StoreUnavailable } from '../store-unavailable'
import { fullName, ownName } from './connection-name'
import { clearDeadNodes } from './dead-nodes'
import type { EventBatch } from './event-reader'
import { HoldGuard } from './hold-guard'
import { creatorOf, RECORDS_KEPT_MS, recordsFor } from '../room-records'
import { answerKey, destroyedKey, DUE_KEY, HEADCOUNT_KEY, listKey, tokenKey } from './keys'
import { noticesSince } from './notice-log'
import { RedisLink } from './redis-link'
import { RedisOutboxes } from './redis-outboxes'
import { RedisRecords } from './redis-records'
import { RedisStreams } from './redis-streams'
import { revokeLogin } from './revoke-script'
import { RoomImages } from './room-images'
import type { Done } from './room-transactions'

const LEASE_MS = 15_000
/** Rooms swept at a time at most. */
const SWEEP_MAX = 500

/** All there are, as the compiler knows. */
const KINDS: Readonly<Record<RoomKind, true>> = {
  multi_room: true,
  double_room: true,
  live_room: true,
  webrtc_room: true,
}

export interface RedisStoreOptions {
  /** `redis://[[user]:password@]host[:port][/db]`, or `rediss://` for TLS */
  readonly url: string
  readonly clock?: Clock
  readonly random?: RandomBytes
  readonly log?: Log
  /** A node that has said nothing for this long is dead, and its members are lost; 15 s by default. */
  readonly leaseMs?: number
}

type Asked = Member & { readonly request: string }

/**
 * Rooms in Redis, for several nodes. A node works on images of the rooms by the same rules as in memory, and writes down what
 * has changed if nobody else was faster. Events reach every node through one stream, in one order.
 */
export class RedisStore implements Store {
  private readonly redis: RedisLink
  readonly streams: RedisStreams
  private readonly rooms: RoomImages
  private readonly listeners = new Set<(event: StoreEvent) => void>()
  private readonly interruptions = new Set<() => void>()
  private readonly files: RedisRecords
  private readonly outboxes: RedisOutboxes
  private readonly holds = new HoldGuard((event) => this.tell(event))
  private readonly clock: Clock
  private readonly log: Log

  constructor(options: RedisStoreOptions) {
    const { url, clock = systemClock, random = systemRandom, log = () => undefined, leaseMs = LEASE_MS } = options
    this.clock = clock
    this.log = log
    this.redis = new RedisLink(
      { url, random, log, leaseMs },
      {
        tend: () => this.tend(),
        down: () => this.interrupt(),
        heard: (batch) => this.hear(batch),
      },
    )
    this.streams = new RedisStreams(this.redis)
    this.rooms = new RoomImages({
      redis: this.redis,
      surroundings: { now: () => clock.now(), newEpoch: () => newId(random) },
      outgoing: (what) => this.outboxes.commands(what),
    })
    this.outboxes = new RedisOutboxes({ redis: this.redis, log, now: () => clock.now(), newId: () => newId(random) })
    this.files = new RedisRecords(this.redis, (room) => this.rooms.at(room, (cell) => cell.trace))
  }

  get isAvailable(): boolean {
    return this.redis.isUp
  }

  /** Resolves as soon as Redis can be asked. */
  ready(): Promise<void> {
    return this.redis.ready()
  }

  /** Resolves when every event so far, of whatever node, has been heard here. */
  caughtUp(): Promise<void> {
    return this.redis.caughtUp()
  }

  async create(op: CreateRoom): Promise<void> {
    await this.rooms.at(op.room, (cell) => void cell.create(op))
  }

  async join(op: JoinRoom): Promise<StoredRoom & InRoom> {
    let stored: (StoredRoom & InRoom) | null = null
    const key = op.fresh ? requestKey('join', { room: '', userID: op.member.userID, request: op.request }) : ''
    // what is remembered is the id: the room is another one by the time that it is asked for again
    const { answer: made, isRepeated } = await this.hold(op.room, op.holder, (holder) =>
      this.rooms.transact(op.room, key, (cell) => {
        stored = cell.join({ ...op, holder })
        return op.room
      }),
    )
    if (!isRepeated && stored) return stored
    const again = await this.hold(made, op.holder, (holder) =>
      this.rooms.transact(made, '', (cell) =>
        cell.room ? cell.join({ ...op, room: made, fresh: false, holder }) : null,
      ),
    )
    return again.answer ?? this.join({ ...op, request: '' })
  }

  async leave(op: Asked): Promise<{ left: boolean }> {
    const { isRepeated } = await this.rooms.transact(op.room, requestKey('leave', op), (cell) => cell.leave(op.userID))
    return { left: !isRepeated }
  }

  async destroy(op: Member): Promise<void> {
    await this.rooms.at(op.room, (cell) => cell.destroy(op.userID))
  }

  async update(op: Member & MemberChange): Promise<void> {
    await this.rooms.at(op.room, (cell) => cell.update(op))
  }

  async message(op: SayOp): Promise<{ time: number }> {
    return (await this.rooms.transact(op.room, requestKey('message', op), (cell) => cell.message(op))).answer
  }

  async resume(
    op: Member & { connection: string; epoch: string; seq: number },
  ): Promise<InRoom & { room: StoredRoom; notices: readonly StoredNotice[] | null }> {
    await this.refuseDestroyed(op.epoch)
    try {
      const { answer } = await this.hold(op.room, { via: 'socket', connection: op.connection }, (_holder, name) =>
        this.rooms.transact(op.room, '', (cell) => cell.resume({ userID: op.userID, connection: name })),
      )
      const { room, seat } = answer
      return { room, seat, notices: room.epoch === op.epoch ? await noticesSince(this.redis, op.seq, room) : null }
    } catch (error) {
      // it may have been destroyed meanwhile
      if (error instanceof RoomError) await this.refuseDestroyed(op.epoch)
      throw error
    }
  }

  async lose({ room, userID, connection }: Member & { connection: string }): Promise<void> {
    const name = fullName(this.redis.node, connection)
    try {
      await this.rooms.at(room, (cell) => cell.lose({ userID, connection: name }))
    } catch (error) {
      // whatever the node held is lost with its name
      if (!(error instanceof StoreUnavailable)) throw error
    }
  }

  async touch(op: TouchOp): Promise<void> {
    await this.rooms.at(op.room, (cell) => cell.touch(op))
  }

  async find(op: Member): Promise<InRoom & { room: StoredRoom; self: StoredMember; publishes: boolean }> {
    return this.rooms.at(op.room, (cell) => cell.find(op.userID))
  }

  async link(op: LinkOp & { request: string }): Promise<LinkState> {
    return (await this.rooms.transact(op.room, requestKey('link', op), (cell) => cell.link(op))).answer
  }

  async setCustom(op: Asked & CustomChange): Promise<Record<string, unknown>> {
    return (await this.rooms.transact(op.room, requestKey('setCustom', op), (cell) => cell.setCustom(op))).answer
  }

  async audience(op: { room: string; cnt: number }): Promise<{ audience: StoredViewer[]; count: number }> {
    return this.rooms.at(op.room, (cell) => cell.audience(op.cnt))
  }

  async get(room: string): Promise<StoredRoom | null> {
    return this.rooms.at(room, (cell) => cell.room?.snapshot() ?? null)
  }

  async list({ kind, roomType, index, cnt }: ListRooms): Promise<StoredRoom[]> {
    // so far Redis does not count
    if (cnt === 0 || !Number.isSafeInteger(index + cnt)) return []
    const key = listKey(kind, roomType)
    const ids = await this.redis.ask((redis) => redis.zrange(key, index, index + cnt - 1))
    const rooms = await Promise.all(ids.map((id) => this.get(id)))
    return rooms.filter((room) => room !== null)
  }

  async report({ room, event, request }: ReportOp): Promise<void> {
    await this.rooms.transact(room, requestKey('report', { room, userID: '', request }), (cell) => cell.report(event))
  }

  async keepRecord({ room, userID, file }: KeepRecordOp): Promise<boolean> {
    const creator = creatorOf(await this.files.tracesOf(room), file) ?? userID
    const key = answerKey(JSON.stringify(['record', file.file_id]))
    const keep = (cell: RoomCell): void => cell.keepRecord({ creator, file, at: this.clock.now() }, userID)
    return !(await this.rooms.transact(room, key, keep, RECORDS_KEPT_MS)).isRepeated
  }

  async records(op: RecordsOp): Promise<RecordFile[]> {
    return recordsFor(op, await this.files.tracesOf(op.room), await this.files.of(op.room))
  }

  openOutbox(reader: OutboxReader): Outbox {
    return this.outboxes.open(reader)
  }

  async census(): Promise<Census> {
    const { rooms, members } = await this.redis.ask(async (redis) => ({
      rooms: await Promise.all((Object.keys(KINDS) as RoomKind[]).map((kind) => redis.zcard(listKey(kind)))),
      members: Number(await redis.get(HEADCOUNT_KEY)),
    }))
    return { rooms: rooms.reduce((sum, count) => sum + count, 0), members }
  }

  async sweep(): Promise<boolean> {
    const now = this.clock.now()
    const due = await this.redis.ask((redis) => redis.zrangebyscore(DUE_KEY, '-inf', now, 'LIMIT', 0, SWEEP_MAX))
    await Promise.all(due.map((room) => this.rooms.at(room, (cell) => cell.sweep())))
    return (await this.redis.ask((redis) => redis.zcard(DUE_KEY))) > 0
  }

  async revokeToken(id: string, until: number): Promise<void> {
    await this.redis.ask((redis) => revokeLogin(redis, id, until, this.clock.now()))
  }

  async isTokenRevoked(id: string): Promise<boolean> {
    return this.isNoted(tokenKey(id))
  }

  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  onInterrupted(listener: () => void): () => void {
    this.interruptions.add(listener)
    return () => void this.interruptions.delete(listener)
  }

  async close(): Promise<void> {
    this.listeners.clear()
    this.interruptions.clear()
    await this.outboxes.close()
    await this.redis.close()
  }

  /** @param enter is given the holder by the name that all nodes know it by */
  private hold<T>(
    room: string,
    holder: Holder,
    enter: (holder: Holder, name: string) => Promise<Done<T>>,
  ): Promise<Done<T>> {
    if (holder.via === 'http') return enter(holder, '')
    const name = fullName(this.redis.node, holder.connection)
    return this.holds.entering(room, holder.connection, () => enter({ via: 'socket', connection: name }, name))
  }

  private async refuseDestroyed(epoch: string): Promise<void> {
    if (await this.isNoted(destroyedKey(epoch))) throw new RoomError('ROOM_CLOSED')
  }

  /** Whether there is a note that has not run out, by this store's own clock. */
  private async isNoted(key: string): Promise<boolean> {
    return Number(await this.redis.ask((redis) => redis.get(key))) > this.clock.now()
  }

  private hear({ number, events }: EventBatch): void {
    for (const event of events) {
      if (event.type === 'outgoing') this.outboxes.poke()
      else this.holds.pass(number, 'connection' in event ? { ...event, connection: ownName(event.connection) } : event)
    }
    this.holds.passed(number)
  }

  private tell(event: StoreEvent): void {
    for (const listener of [...this.listeners]) listener(event)
  }

  private interrupt(): void {
    this.rooms.clear()
    this.holds.clear()
    this.outboxes.down()
    for (const listener of [...this.interruptions]) listener()
  }

  /** Everything that a node does regularly, for itself and for those that have died. */
  private async tend(): Promise<void> {
    await this.redis.renewLease()
    await clearDeadNodes(this.redis, this.rooms, this.log)
    await this.outboxes.tend()
    await this.sweep()
  }
}

/** '' for a request that is not to be recognised. */
function requestKey(name: string, { room, userID, request }: Asked): string {
  return request === '' ? '' : answerKey(JSON.stringify([name, room, userID, request]))
}
