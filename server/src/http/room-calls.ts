import { Type } from '@sinclair/typebox'
import { RoomError } from '../../../src/errors'
import type { RoomKind } from '../../../src/signaling/protocol'
import { checkId, checkProfile, checkRoomInfo } from '../limits'
import { newId, newRoomId } from '../random'
import type { HubContext } from '../room-hub'
import type { JoinRoom } from '../store/store-ops'
import { parseStreamName, streamNameOf } from '../stream-name'
import { makeTicket, readTicket, reservedSeat } from '../tickets/stream-ticket'
import { describeRoom } from './describe-room'
import { recordFiles, RecordTimes } from './record-calls'
import { requireRight } from '../rights'
import { grantIn, InRoom, roomCall, roomOf, WithKey, type RoomCall } from './room-call'

/** A page of the room list: what is given when nothing is asked for, and at most. */
const ROOMS_DEFAULT = 20
const ROOMS_MAX = 100

const Nothing = Type.Object({})

const logout = roomCall(Nothing, async ({ hub, session }) => {
  await hub.identity.logout(session)
  hub.endToken(session.id)
  return {}
})

const getPushUrl = roomCall(
  Type.Object({ roomID: Type.Optional(Type.String()), ...WithKey }),
  async ({ hub, session, reach, body }) => {
    // clients ask before they have a room: the stream is then named after an id that no other stream has
    const roomID = body.roomID || newRoomId(hub.random)
    checkId('roomID', roomID)
    requireRight('sit', { grant: grantIn(hub, session, roomID, body) })
    // it publishes before it enters the room, see add_pusher
    const ticket = makeTicket({ login: session.id, seat: reservedSeat(newId(hub.random)) })
    return { pushURL: hub.urls.push(reach, streamNameOf({ roomID, userID: session.userID }), ticket) }
  },
)

const getRoomList = roomCall(
  Type.Object({
    cnt: Type.Optional(Type.Integer({ minimum: 0 })),
    index: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
  async ({ hub, kind, reach, body }) => {
    const cnt = Math.min(body.cnt ?? ROOMS_DEFAULT, ROOMS_MAX)
    const rooms = await hub.store.list({ kind, index: body.index ?? 0, cnt })
    // a key is for one room, and a list names many
    return { rooms: rooms.map((room) => describeRoom(hub, reach, room, !hub.grants.areRequired)) }
  },
)

const getPushers = roomCall(
  Type.Object({ roomID: Type.String({ minLength: 1 }), ...WithKey }),
  async ({ hub, session, kind, reach, body }) => {
    requireRight('play', { grant: grantIn(hub, session, body.roomID, body) })
    return describeRoom(hub, reach, await roomOf(hub, kind, body.roomID), true)
  },
)

const createRoom = roomCall(
  Type.Object({
    roomInfo: Type.String(),
    roomID: Type.Optional(Type.String()),
    record: Type.Optional(Type.Boolean()),
    ...WithKey,
  }),
  async ({ hub, session, kind, body }) => {
    const room = body.roomID || newRoomId(hub.random)
    checkId('roomID', room)
    checkRoomInfo(hub.limits, body.roomInfo)
    const creator = session.userID
    requireRight('create', { grant: grantIn(hub, session, room, body) })
    await hub.quota.around(creator, room, async () => {
      await hub.store.create({ room, roomName: body.roomInfo, kind, creator, record: body.record })
      return { room, creator }
    })
    hub.sweeper.wake()
    return { roomID: room }
  },
)

const destroyRoom = roomCall(InRoom, async ({ hub, session, kind, body }) => {
  const { room } = await roomOf(hub, kind, body.roomID)
  await hub.store.destroy({ room, userID: session.userID })
  return {}
})

const addPusher = roomCall(
  Type.Object({
    roomID: Type.String({ minLength: 1 }),
    roomInfo: Type.Optional(Type.String()),
    userName: Type.Optional(Type.String()),
    userAvatar: Type.Optional(Type.String()),
    pushURL: Type.String({ minLength: 1 }),
    record: Type.Optional(Type.Boolean()),
    ...WithKey,
  }),
  async ({ hub, session, kind, body }) => {
    const { roomID: room, roomInfo: roomName = '', userName = '', userAvatar = '' } = body
    checkId('roomID', room)
    checkRoomInfo(hub.limits, roomName)
    checkProfile(hub.limits, { userName, userAvatar })
    await refuseOtherKind(hub, kind, room)
    const { stream, seat } = publishedAt(hub, body.pushURL, session.userID, room)
    const join: JoinRoom = {
      room,
      fresh: false,
      role: 'pusher',
      roomName,
      kind,
      record: body.record,
      capacity: hub.capacity,
      maxAudience: hub.maxAudience,
      member: { userID: session.userID, userName, userAvatar, audio: true, video: true, aux: false, stream },
      holder: { via: 'http' },
      request: '',
      grant: grantIn(hub, session, room, body),
      ...(seat && { seat }),
    }
    await hub.quota.around(session.userID, room, () => hub.store.join(join))
    hub.sweeper.wake()
    return {}
  },
)

const deletePusher = roomCall(InRoom, async ({ hub, session, kind, body }) => {
  const { room, live, creator, members } = await roomOf(hub, kind, body.roomID)
  const { userID } = session
  if (!live || creator === userID) await hub.store.leave({ room, userID, request: '' })
  else if (!members.some((member) => member.userID === userID)) throw new RoomError('NOT_MEMBER')
  // a guest gives up the seat and goes on watching
  else await giveUpSeat(hub, room, userID)
  return {}
})

const pusherHeartbeat = roomCall(InRoom, async ({ hub, session, kind, body }) => {
  await hub.store.touch({ room: body.roomID, kind, userID: session.userID })
  return {}
})

const getRecordFiles = roomCall(
  Type.Object({ roomID: Type.String({ minLength: 1 }), ...RecordTimes }),
  ({ hub, session, body }) => recordFiles(hub, session.userID, body.roomID, body),
)

/** The calls of the public RoomService protocol on a room, by their name in the path. All but `login` need a token. */
export const ROOM_CALLS: Readonly<Record<string, RoomCall>> = {
  logout,
  get_push_url: getPushUrl,
  get_room_list: getRoomList,
  get_pushers: getPushers,
  create_room: createRoom,
  destroy_room: destroyRoom,
  add_pusher: addPusher,
  delete_pusher: deletePusher,
  pusher_heartbeat: pusherHeartbeat,
  get_record_files: getRecordFiles,
}

async function giveUpSeat({ store, clock, capacity }: HubContext, room: string, userID: string): Promise<void> {
  const seats = capacity.live_room
  await store.link({ room, userID, target: userID, action: 'leave', expiresAt: clock.now(), seats, request: '' })
}

async function refuseOtherKind(hub: HubContext, kind: RoomKind, id: string): Promise<void> {
  const room = await hub.store.get(id)
  if (room && room.kind !== kind) throw new RoomError('ROOM_NOT_FOUND', `The room is not a ${kind}`)
}

/** What the member of `room` publishes, as the store wants it, and from which seat; only a stream of one's own is accepted. */
function publishedAt(hub: HubContext, pushURL: string, userID: string, room: string): { stream: string; seat: string } {
  const [, stream = '', query = ''] = /^rtmp:\/\/[^/?#]+\/live\/([^/?#]+)(?:\?(.*))?/.exec(pushURL) ?? []
  const owner = parseStreamName(stream)
  if (owner?.userID !== userID || owner.kind !== 'main') {
    throw new RoomError('BAD_PARAMETER', 'pushURL: not one that get_push_url gave to this user')
  }
  const params = new URLSearchParams(query)
  const answer = hub.gate.check('publish', stream, params)
  // whatever is not signed could name somebody else's seat
  const isOurs = answer.ok || answer.reason === 'expired'
  const seat = isOurs ? (readTicket(params.get('k') ?? '')?.seat ?? '') : ''
  return { stream: stream === streamNameOf({ roomID: room, userID }) ? '' : stream, seat }
}
