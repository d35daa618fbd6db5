import type { Announcement } from '../../events/room-event'
import type { Room, RoomOrigin } from '../room'
import { RoomCell, type CellSurroundings } from '../room-cell'
import { RoomTables, type StoredRow } from '../room-tables'
import { REPLAY_MAX, REPLAY_MS } from '../lifetimes'
import type { StoreEvent } from '../store-event'
import type { LoggedNotice } from '../replay-log'
import { URL_LIFETIME_MS } from '../../stream-urls'
import { isReserved } from '../../tickets/stream-ticket'
import { inPieces, keptList, type Command } from './command'
import { NodeHolds } from './node-holds'
import { PAST_KEPT_MS, PAST_MAX, RECORDS_KEPT_MS, RECORDS_MAX, type RoomTrace } from '../room-records'
import {
  changesKey,
  destroyedKey,
  DUE_KEY,
  HEADCOUNT_KEY,
  listKey,
  logKey,
  pastKey,
  recordsKey,
  roomKey,
  tokenKey,
} from './keys'

/** Changes kept for nodes that know an older state; whoever knows a still older one reads the room anew. */
const CHANGES_MAX = 200
/** Among the events of a change: it has something to tell outside. No connection hears of it. */
export interface OutgoingEvent {
  readonly type: 'outgoing'
  readonly room: string
}

/** Where a room is looked up. */
interface Listing {
  readonly room: Room | null
  readonly due: number
  readonly lists: readonly string[]
  readonly headcount: number
}

/**
 * What this node knows of one room in Redis. Operations run on it as on a room in memory; then `commands` tells what that changes
 * in Redis, and it is kept or taken back.
 */
export class StoredRoomImage {
  readonly cell: RoomCell
  /** null while nothing is known */
  version: { readonly epoch: string; readonly revision: number } | null = null
  /** What has happened since it was last kept. */
  events: (StoreEvent | OutgoingEvent)[] = []
  /** What is written beside the room. */
  private beside: Command[] = []
  /** As it is in Redis. */
  private base: Listing = { room: null, due: Infinity, lists: [], headcount: 0 }
  private readonly holds: NodeHolds
  private readonly now: () => number

  constructor(
    readonly id: string,
    surroundings: Pick<CellSurroundings, 'now' | 'newEpoch'>,
    /** The commands that tell an announcement outside. */
    private readonly outgoing: (what: Announcement) => Command[],
  ) {
    this.now = () => surroundings.now()
    this.holds = new NodeHolds(id, (userID) => this.cell.room?.socketOf(userID) ?? null)
    this.cell = new RoomCell(id, {
      ...surroundings,
      newTables: () => new RoomTables(true),
      emit: (event) => this.events.push(event),
      announce: (what) => this.announce(what),
      keep: (room, record) => this.beside.push(...keptList(recordsKey(room), record, RECORDS_MAX, RECORDS_KEPT_MS)),
    })
  }

  get hasChanged(): boolean {
    const { room } = this.cell
    const isBeside = this.events.length > 0 || this.beside.length > 0
    return room !== this.base.room || isBeside || (room?.tables.changes().length ?? 0) > 0
  }

  /** What is in Redis has been read: all fields of the room. */
  read(fields: readonly string[]): void {
    const tables = new RoomTables(true)
    const about = new Map<string, string>()
    const rows: StoredRow[] = []
    for (let index = 0; index < fields.length; index += 2) {
      const [key, value] = [fields[index] as string, fields[index + 1] as string]
      if (key.startsWith('@')) about.set(key, value)
      else rows.push([key, value])
    }
    const origin = about.get('@origin')
    tables.load(rows)
    if (origin === undefined) this.cell.room = null
    else this.cell.restore(JSON.parse(origin) as RoomOrigin, tables)
    this.version = { epoch: about.get('@epoch') ?? '', revision: Number(about.get('@revision') ?? 0) }
    this.base = listingOf(this.cell)
    this.holds.clear()
    this.holds.keep(this.cell.room?.userIDs() ?? [])
    this.forgetEvents()
  }

  /** What others have changed has been read. */
  follow(changes: readonly string[]): void {
    for (const change of changes) {
      const rows = JSON.parse(change) as StoredRow[]
      this.cell.room?.tables.load(rows)
      this.holds.keep(peopleIn(rows))
    }
    if (this.version) this.version = { ...this.version, revision: this.version.revision + changes.length }
    this.base = listingOf(this.cell)
  }

  takeBack(): void {
    this.cell.room = this.base.room
    this.cell.room?.tables.takeBack()
    this.forgetEvents()
  }

  /** What has been changed is in Redis. */
  keep(): void {
    const { room } = this.cell
    const isSame = room !== null && room === this.base.room
    const revision = room === null ? 0 : isSame ? (this.version?.revision ?? 0) + 1 : 1
    this.version = { epoch: room?.options.epoch ?? '', revision }
    this.holds.keep(this.changedPeople())
    room?.tables.keep()
    this.base = listingOf(this.cell)
    this.forgetEvents()
  }

  /** What has to be written because of what has been changed; nothing when nothing has. */
  commands(): Command[] {
    const { room } = this.cell
    const { room: before } = this.base
    if (!this.hasChanged) return []
    return [
      ...(before && before !== room ? [['DEL', roomKey(this.id), changesKey(this.id), logKey(this.id)]] : []),
      ...(room ? [...this.rows(room, room === before), ...this.log()] : []),
      ...this.lookups(listingOf(this.cell)),
      ...this.holds.commands(this.changedPeople()),
      ...(before && before !== room ? past(before.options) : []),
      ...this.beside,
      ...this.events.flatMap((event): Command[] => this.reminders(event)),
    ]
  }

  private announce(what: Announcement): void {
    const commands = this.outgoing(what)
    if (commands.length === 0) return
    if (!this.events.some(({ type }) => type === 'outgoing')) this.events.push({ type: 'outgoing', room: this.id })
    this.beside.push(...commands)
  }

  private forgetEvents(): void {
    this.events = []
    this.beside = []
  }

  /** What others have to know of an event after the room has forgotten it. */
  private reminders(event: StoreEvent | OutgoingEvent): Command[] {
    const now = this.now()
    if (event.type === 'destroyed') return [['SET', destroyedKey(event.epoch), now + REPLAY_MS, 'PX', 2 * REPLAY_MS]]
    if (event.type !== 'unseated' || !isReserved(event.seat)) return []
    return [['SET', tokenKey(event.seat), now + URL_LIFETIME_MS, 'PX', URL_LIFETIME_MS]]
  }

  private rows(room: Room, isKnown: boolean): Command[] {
    const changes = room.tables.changes()
    const { now: _now, emit: _emit, announce: _announce, ...origin } = room.options
    const about = isKnown
      ? ['@revision', (this.version?.revision ?? 0) + 1]
      : ['@revision', 1, '@epoch', origin.epoch, '@origin', JSON.stringify(origin)]
    const set = changes.flatMap(([key, json]) => (json === null ? [] : [key, json]))
    const gone = changes.flatMap(([key, json]) => (json === null ? [key] : []))
    return [
      ...inPieces(['HSET', roomKey(this.id)], [...about, ...set]),
      ...inPieces(['HDEL', roomKey(this.id)], gone),
      ...(isKnown
        ? [
            ['RPUSH', changesKey(this.id), JSON.stringify(changes)],
            ['LTRIM', changesKey(this.id), -CHANGES_MAX, -1],
          ]
        : []),
    ]
  }

  private log(): Command[] {
    const at = this.now()
    const epoch = this.cell.room?.options.epoch
    const entries = this.events.flatMap((event) => {
      if (event.type !== 'notice' || event.epoch !== epoch) return []
      const entry: LoggedNotice = { notice: event.notice, at }
      return [JSON.stringify(entry)]
    })
    if (entries.length === 0) return []
    return [...inPieces(['RPUSH', logKey(this.id)], entries), ['LTRIM', logKey(this.id), -REPLAY_MAX, -1]]
  }

  private lookups({ due, lists, room, headcount }: Listing): Command[] {
    const { base } = this
    const createdAt = room?.options.createdAt ?? 0
    const dueAt: Command = due < Infinity ? ['ZADD', DUE_KEY, due, this.id] : ['ZREM', DUE_KEY, this.id]
    return [
      ...(due === base.due ? [] : [dueAt]),
      ...(headcount === base.headcount ? [] : [['INCRBY', HEADCOUNT_KEY, headcount - base.headcount]]),
      ...base.lists.filter((list) => !lists.includes(list)).map((list): Command => ['ZREM', list, this.id]),
      ...lists.filter((list) => !base.lists.includes(list)).map((list): Command => ['ZADD', list, createdAt, this.id]),
    ]
  }

  /** Whoever may be held by another node than is written down. */
  private changedPeople(): Iterable<string> {
    const { room } = this.cell
    if (room && room === this.base.room) return peopleIn(room.tables.changes())
    return new Set([...this.holds.userIDs(), ...(room?.userIDs() ?? [])])
  }
}

function listingOf(cell: RoomCell): Listing {
  const { room } = cell
  const headcount = room?.headcount ?? 0
  if (!room || room.seats.size === 0) return { room, due: cell.nextDue, lists: [], headcount }
  const { kind, roomType } = room.options
  const lists = roomType === undefined ? [listKey(kind)] : [listKey(kind), listKey(kind, roomType)]
  return { room, due: cell.nextDue, lists, headcount }
}

/** Whose rows are among these, as far as they tell what holds somebody. */
function peopleIn(rows: readonly StoredRow[]): Set<string> {
  const userIDs = new Set<string>()
  for (const [key] of rows) {
    const [, table, userID = ''] = /^(person|lapse):(.*)$/s.exec(key) ?? []
    if (table !== undefined) userIDs.add(userID)
  }
  return userIDs
}

/** Who made a room, for the files of it that come when it is closed. */
function past({ room, creator, createdAt }: RoomOrigin): Command[] {
  const trace: RoomTrace = { creator, createdAt }
  return keptList(pastKey(room), trace, PAST_MAX, PAST_KEPT_MS)
}
