import { RoomError } from '../../src/errors'
import type { UserInfo } from '../../src/model'
import type { SignalingConnection } from '../../src/signaling/connection'
import type { RoomKind, RoomSummary } from '../../src/signaling/protocol'
import { logIn, logOut } from './login'
import { moduleCall, type ModuleCallbacks } from './module-call'
import { accountOf, countOf, fieldsOf, type InData, type LoginFields } from './module-options'
import type { AppService } from './app-service'

/** Who logs in, where, and what is called at the end; the fields may stand inside `data`. */
export type LoginOptions = InData<LoginFields> & ModuleCallbacks<UserInfo>
/** What is called at the end. */
export type LogoutOptions = ModuleCallbacks<void>

/** Which part of the list. */
export interface RoomListFields {
  /** Rooms to leave out at the beginning of the list, 0 when it is missing. */
  readonly index?: number | string
  /** Rooms at most, 20 when it is missing. */
  readonly cnt?: number | string
}
/** Which part of the list, and what is called at the end. */
export type RoomListOptions = InData<RoomListFields> & ModuleCallbacks<RoomList>

/** A part of the list of rooms. */
export interface RoomList {
  readonly rooms: readonly RoomListEntry[]
}

/** A room somebody is in. */
export interface RoomListEntry {
  readonly roomID: string
  /** What it is: a call of many or of two, a broadcast, a call that desktop browsers may join. */
  readonly kind: RoomKind
  readonly roomName: string
  /** The same as roomName: pages read either. */
  readonly roomInfo: string
  /** userID of the creator */
  readonly roomCreator: string
  readonly members: readonly UserInfo[]
  /** The same as members: pages read either. */
  readonly pushers: readonly UserInfo[]
  /** People who watch, in rooms that have any. */
  readonly audienceCount?: number
}

/** What a page calls beside the component. Each function takes callbacks, answers a promise, or both. */
export interface RoomModule {
  /** Logs the app in; the component's start() needs it. Resolves with the user as the others will see them. */
  login(options: LoginOptions): Promise<UserInfo>
  /** Ends the login, and every call over it. */
  logout(options?: LogoutOptions): Promise<void>
  /** The rooms somebody is in, oldest first: those of the kind that serverDomain named, or all. */
  getRoomList(options?: RoomListOptions): Promise<RoomList>
}

const DEFAULT_COUNT = 20
/** The server hands out at most this many rooms at once. */
const PAGE_SIZE = 100
const LIST_DEADLINE_MS = 10_000

/** `kinds`: what the rooms of the component can be; serverDomain may name one of them, and only that one is listed then. */
export function createRoomModule(serviceOf: () => AppService, kinds: readonly RoomKind[]): RoomModule {
  let listedKinds = kinds
  const run = <Result>(callbacks: ModuleCallbacks<Result> | undefined, work: () => Promise<Result>): Promise<Result> =>
    moduleCall(serviceOf().platform.log, callbacks, work)
  return {
    login: (options) =>
      run(options, async () => {
        const { account, kind } = accountOf(options)
        listedKinds = kinds.filter((each) => each === kind)
        if (listedKinds.length === 0) listedKinds = kinds
        return logIn(serviceOf(), account)
      }),
    logout: (options) => run(options, () => logOut(serviceOf())),
    getRoomList: (options) =>
      run(options, async () => {
        const fields = fieldsOf(options)
        const index = countOf(fields, 'index', 0)
        const end = index + countOf(fields, 'cnt', DEFAULT_COUNT)
        const { connection } = serviceOf()
        if (!connection) throw new RoomError('NOT_LOGGED_IN')
        const lists = await Promise.all(listedKinds.map((kind) => firstRooms(connection, kind, end)))
        return { rooms: lists.reduce((all, list) => all.concat(list)).slice(index, end) }
      }),
  }
}

/** From the first room on, because the lists of two kinds have to be joined before they can be cut. */
async function firstRooms(connection: SignalingConnection, kind: RoomKind, count: number): Promise<RoomListEntry[]> {
  const found: RoomListEntry[] = []
  while (found.length < count) {
    const cnt = Math.min(PAGE_SIZE, count - found.length)
    const options = { deadlineMs: LIST_DEADLINE_MS }
    const { rooms } = await connection.call('rooms', { kind, index: found.length, cnt }, options)
    found.push(...rooms.map((room) => entryOf(kind, room)))
    if (rooms.length < cnt) break
  }
  return found
}

function entryOf(kind: RoomKind, { room, roomName, creator, members, audienceCount }: RoomSummary): RoomListEntry {
  const entry = { roomID: room, kind, roomName, roomInfo: roomName, roomCreator: creator, members, pushers: members }
  return audienceCount === undefined ? entry : { ...entry, audienceCount }
}
