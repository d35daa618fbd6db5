import { Type } from '@sinclair/typebox'
import { RoomError } from '../../../src/errors'
import type { Session } from '../identity'
import { checkId, checkProfile, checkRoomInfo, checkRoomType } from '../limits'
import { newRoomId } from '../random'
import type { HubContext } from '../room-hub'
import { trtcRoomOf, type TrtcRoom } from '../room-keys'
import type { JoinRoom } from '../store/store-ops'
import type { StoredRoom } from '../store/stored-room'
import { NO_STREAM } from '../stream-name'
import { recordIdOf } from '../record-id'
import { recordFiles, RecordTimes } from './record-calls'
import { grantIn, roomCall, WithKey, type HttpCall, type RoomCall } from './room-call'

const ROOMS_DEFAULT = 20
const ROOMS_MAX = 100

/** Of the two the second names a string room of TRTC, whatever it looks like. */
const NamedRoom = { roomID: Type.Optional(Type.String()), strRoomID: Type.Optional(Type.String()) }
const InRoom = Type.Object(NamedRoom)

interface RoomName {
  readonly roomID?: string
  readonly strRoomID?: string
}

const createRoom = roomCall(
  Type.Object({
    ...NamedRoom,
    roomInfo: Type.String({ minLength: 1 }),
    nickName: Type.Optional(Type.String()),
    roomType: Type.Optional(Type.String()),
    record: Type.Optional(Type.Boolean()),
    ...WithKey,
  }),
  async (call) => {
    const { hub, session, body } = call
    const { roomInfo, roomType = '' } = body
    checkRoomInfo(hub.limits, roomInfo)
    checkRoomType(roomType)
    const { room, trtcRoom } = namedRoom(body) ?? numbered(newRoomId(hub.random))
    const privateMapKey = keyFor(call, trtcRoom)
    const entry = { room, roomName: roomInfo, record: body.record, ...(roomType ? { roomType } : {}), fresh: true }
    const stored = await sitDown(call, entry)
    return { roomID: room, roomInfo, privateMapKey, ...recordIdIn(stored, session) }
  },
)

const EnterRoom = Type.Object({ ...NamedRoom, nickName: Type.Optional(Type.String()), ...WithKey })

const enterRoom = roomCall(EnterRoom, async (call) => {
  const { hub, session, body } = call
  const { userID } = session
  const { room, trtcRoom } = required(body)
  await callOf(hub, room)
  const privateMapKey = keyFor(call, trtcRoom)
  const stored = await sitDown(call, { room, roomName: '', fresh: false })
  return { userID, roomID: room, privateMapKey, ...recordIdIn(stored, session) }
})

const quitRoom = roomCall(InRoom, async ({ hub, session, body }) => {
  const { room } = required(body)
  await callOf(hub, room)
  await hub.store.leave({ room, userID: session.userID, request: '' })
  return {}
})

const heartbeat = roomCall(InRoom, async ({ hub, session, body }) => {
  const { room } = required(body)
  await callOf(hub, room)
  await hub.store.touch({ room, userID: session.userID })
  return {}
})

const getRoomList = roomCall(
  Type.Object({
    index: Type.Optional(Type.Integer({ minimum: 0 })),
    count: Type.Optional(Type.Integer({ minimum: 0 })),
    roomType: Type.Optional(Type.String()),
  }),
  async ({ hub, kind, body: { index = 0, count = ROOMS_DEFAULT, roomType = '' } }) => {
    const cnt = Math.min(count, ROOMS_MAX)
    const rooms = await hub.store.list({ kind, index, cnt, ...(roomType ? { roomType } : {}) })
    return {
      rooms: rooms.map(({ room, roomName, creator }) => ({ roomID: room, roomInfo: roomName, roomCreator: creator })),
    }
  },
)

const getRoomMembers = roomCall(InRoom, async ({ hub, body }) => {
  const { members } = await callOf(hub, required(body).room)
  return { members: members.map(({ userID, userName }) => ({ userID, nickName: userName })) }
})

const getRecordFiles = roomCall(Type.Object({ ...NamedRoom, ...RecordTimes }), ({ hub, session, body }) =>
  recordFiles(hub, session.userID, required(body).room, body),
)

/** The calls of the public protocol's `webrtc_room`, by their name in the path: rooms whose streams TRTC carries. */
export const WEBRTC_CALLS: Readonly<Record<string, RoomCall>> = {
  create_room: createRoom,
  enter_room: enterRoom,
  quit_room: quitRoom,
  heartbeat,
  get_room_list: getRoomList,
  get_room_members: getRoomMembers,
  get_record_files: getRecordFiles,
}

interface Entry {
  readonly room: string
  readonly roomName: string
  readonly roomType?: string
  readonly record?: boolean
  readonly fresh: boolean
}

interface Keyed {
  readonly nickName?: string
  readonly privateMapKey?: string
}

/** Where keys are asked for whoever has one goes on with it: nobody is given more than the application gave. */
function keyFor({ hub, session, body }: HttpCall<Keyed>, trtcRoom: TrtcRoom): string {
  return hub.grants.areRequired ? (body.privateMapKey ?? '') : hub.roomKeys.issue(session.userID, trtcRoom)
}

async function sitDown(call: HttpCall<Keyed>, entry: Entry): Promise<StoredRoom> {
  const { hub, session, kind, body } = call
  const userName = body.nickName ?? ''
  checkProfile(hub.limits, { userName, userAvatar: '' })
  const { userID } = session
  const join: JoinRoom = {
    ...entry,
    kind,
    role: 'anchor',
    capacity: hub.capacity,
    maxAudience: hub.maxAudience,
    member: { userID, userName, userAvatar: '', audio: true, video: true, aux: false, stream: NO_STREAM },
    holder: { via: 'http' },
    request: '',
    grant: grantIn(hub, session, entry.room, body),
  }
  const stored = await hub.quota.around(userID, entry.room, () => hub.store.join(join))
  hub.sweeper.wake()
  return stored
}

/** What whoever enters a room that is to be recorded gives TRTC as `userdefinerecordid`. */
function recordIdIn({ room: roomID, record }: StoredRoom, { userID }: Session): { recordId?: string } {
  return record ? { recordId: recordIdOf({ roomID, userID }) } : {}
}

/** Any call may be entered, by whatever kind it was made; a broadcast is none. */
async function callOf({ store }: HubContext, id: string): Promise<StoredRoom> {
  const room = await store.get(id)
  if (!room || room.kind === 'live_room') throw new RoomError('ROOM_NOT_FOUND')
  return room
}

interface BothNames {
  /** Of the service. */
  readonly room: string
  readonly trtcRoom: TrtcRoom
}

/** undefined when the body names no room. */
function namedRoom({ roomID = '', strRoomID = '' }: RoomName): BothNames | undefined {
  if (strRoomID) {
    checkId('strRoomID', strRoomID)
    return { room: strRoomID, trtcRoom: strRoomID }
  }
  if (!roomID) return undefined
  checkId('roomID', roomID)
  return numbered(roomID)
}

function numbered(room: string): BothNames {
  return { room, trtcRoom: trtcRoomOf(room) }
}

function required(body: RoomName): BothNames {
  const named = namedRoom(body)
  if (!named) throw new RoomError('BAD_PARAMETER', 'roomID is missing')
  return named
}
