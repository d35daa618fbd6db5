import { RoomError } from '../../../src/errors'
import type { CallName, Calls } from '../../../src/signaling/protocol'
import type { Session } from '../identity'
import { LIVE_HANDLERS } from './live-handlers'
import { requireRight } from '../rights'
import { checkId, checkMessage, checkProfile, checkRoomInfo } from '../limits'
import { newRoomId } from '../random'
import type { InRoom, JoinRoom } from '../store/store-ops'
import type { StoredRoom } from '../store/stored-room'
import type { Connection } from './connection'
import type { HubContext } from '../room-hub'

/** A page of the room list is at most this long, whatever was asked for. */
const MAX_ROOMS = 100

export interface CallContext {
  readonly hub: HubContext
  readonly connection: Connection
  readonly session: Session
  /** Id of the request, for the store to recognise it when it is asked again. */
  readonly request: string
}

export type Handler<K extends CallName, Context> = (
  context: Context,
  params: Calls[K]['params'],
) => Promise<Calls[K]['result']>

/** The one call that is open to everyone. */
export async function login(
  { hub, connection }: Omit<CallContext, 'session'>,
  params: Calls['login']['params'],
): Promise<Calls['login']['result']> {
  checkId('userID', params.userID)
  checkProfile(hub.limits, params)
  const before = connection.session
  if (before && before.userID !== params.userID) {
    throw new RoomError('FORBIDDEN', 'This connection belongs to another user')
  }
  const session = await hub.identity.login(params)
  connection.logIn(session)
  return { userID: session.userID, token: session.token }
}

/** Every call acts as the user of the connection's session; a call without a handler does not compile. */
export const HANDLERS: { readonly [K in Exclude<CallName, 'login'>]: Handler<K, CallContext> } = {
  async logout({ hub, connection, session }) {
    await hub.identity.logout(session)
    connection.afterAnswer(() => hub.endToken(session.id))
    return {}
  },

  async join(context, params) {
    const { hub, connection, session } = context
    const { kind, role = 'anchor' } = params
    if (role === 'audience' && (kind !== 'live_room' || params.room === '')) {
      throw new RoomError('BAD_PARAMETER', 'An audience joins a live_room that exists')
    }
    const fresh = params.room === ''
    const room = fresh ? newRoomId(hub.random) : params.room
    checkId('room', room)
    checkRoomInfo(hub.limits, params.roomName)
    checkProfile(hub.limits, params)
    const { userName, userAvatar, audio, video } = params
    const member = { userID: session.userID, userName, userAvatar, audio, video, aux: false, stream: '' }
    const join: JoinRoom = {
      room,
      fresh,
      role,
      roomName: params.roomName,
      kind,
      record: params.record,
      capacity: hub.capacity,
      maxAudience: hub.maxAudience,
      member,
      holder: { via: 'socket', connection: connection.id },
      request: context.request,
      grant: hub.grants.of({ userID: session.userID, room, privateMapKey: params.privateMapKey }),
    }
    const stored = await hub.quota.around(session.userID, room, () => enter(context, join))
    const { wire } = connection
    const publishes = stored.members.some(({ userID }) => userID === session.userID)
    const pushURL = publishes ? wire.pushURL(stored.room, member, stored.seat) : ''
    return { ...wire.snapshot(stored, session.userID, stored.seat), pushURL }
  },

  async leave({ hub, connection, session, request }, { room }) {
    const feed = hub.feeds.get(room, connection.id)
    feed?.hold()
    if (feed) feed.isLeaving = true
    const { left } = await hub.store.leave({ room, userID: session.userID, request }).catch((error: unknown) => {
      feed?.release()
      throw error
    })
    // a late repetition says nothing about a membership that began after the first try
    if (left) hub.feeds.close(room, connection.id)
    else feed?.release()
    return {}
  },

  async resume({ hub, connection, session }, { room, epoch, seq }) {
    const feed = hub.feeds.open(room, connection.receiver(session.userID))
    try {
      const at = { room, userID: session.userID, connection: connection.id, epoch, seq }
      const { room: stored, notices, seat } = await hub.store.resume(at)
      connection.afterAnswer(() => feed.start(stored))
      const { wire } = connection
      return notices
        ? {
            notices: notices.map((notice) => wire.notice({ room, kind: stored.kind, notice }, session.userID)),
            ...wire.live(stored, session.userID, seat),
          }
        : { snapshot: wire.snapshot(stored, session.userID, seat) }
    } catch (error) {
      hub.feeds.giveBack(feed)
      throw error
    }
  },

  async publishUrl({ hub, connection, session }, { room }) {
    const found = await hub.store.find({ room, userID: session.userID })
    requireRight('publish', found)
    return { pushURL: connection.wire.pushURL(room, found.self, found.seat) }
  },

  async playUrl({ hub, connection, session }, { room, userID }) {
    const { room: stored, grant } = await hub.store.find({ room, userID: session.userID })
    requireRight('play', { grant })
    const member = stored.members.find((candidate) => candidate.userID === userID)
    if (!member) throw new RoomError('NOT_MEMBER', 'That user does not publish in the room')
    const { wire } = connection
    const { playURL, liveURL, auxURL } = wire.member(stored, member)
    return {
      playURL,
      ...(liveURL !== undefined && { liveURL: userID === stored.creator ? wire.liveURL(stored) : liveURL }),
      ...(auxURL !== undefined && { auxURL }),
    }
  },

  async announce({ hub, session }, { room, audio, video }) {
    await hub.store.update({ room, userID: session.userID, audio, video })
    return {}
  },

  async share({ hub, connection, session }, { room, on }) {
    const { userID } = session
    const found = await hub.store.find({ room, userID })
    requireRight('share', found)
    await hub.store.update({ room, userID, aux: on })
    return { pushURL: on ? connection.wire.auxPushURL(room, userID, found.seat) : '' }
  },

  async send({ hub, session, request }, { room, kind, data, to }) {
    checkMessage(hub.limits, kind, data)
    hub.guard.message(session.userID)
    if (to === session.userID) throw new RoomError('BAD_PARAMETER', 'to: a message to oneself')
    return hub.store.message({ room, userID: session.userID, kind, data, to, request })
  },

  ...LIVE_HANDLERS,

  async rooms({ hub }, { kind, index, cnt }) {
    const rooms = await hub.store.list({ kind, index, cnt: Math.min(cnt, MAX_ROOMS) })
    return {
      rooms: rooms.map(({ room, roomName, creator, members, live }) => ({
        room,
        roomName,
        creator,
        members: members.map(({ userID, userName, userAvatar }) => ({ userID, userName, userAvatar })),
        ...(live ? { audienceCount: live.audienceCount } : {}),
      })),
    }
  },

  async ping() {
    return {}
  },
}

/** Joins with the room's notices held, so that none falls between the snapshot and the feed. */
async function enter(context: CallContext, join: JoinRoom): Promise<StoredRoom & InRoom> {
  const { hub, connection, session } = context
  const feed = hub.feeds.open(join.room, connection.receiver(session.userID))
  try {
    const stored = await hub.store.join(join)
    if (stored.room === join.room) {
      connection.afterAnswer(() => feed.start(stored))
      return stored
    }
    // asked again: the room was made by the first try, under another id
    hub.feeds.close(join.room, connection.id)
    return await enter(context, { ...join, room: stored.room, fresh: false })
  } catch (error) {
    hub.feeds.giveBack(feed)
    throw error
  }
}
