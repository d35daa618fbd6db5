import { RoomError } from '../../../src/errors'
import type { CallName, LinkMicParams } from '../../../src/signaling/protocol'
import { checkReason } from '../limits'
import type { CallContext, Handler } from './call-handlers'

/** How long a request or an invitation stands when nobody says how long. */
const LINK_TIMEOUT_MS = 30_000
const MAX_LINK_TIMEOUT_MS = 300_000
/** The audience listed at most, which fits into a frame; the count tells them all. */
const MAX_LISTED = 200

type LiveCall = Extract<CallName, 'linkMic' | 'setCustom' | 'audiences'>

/** The calls that only a live_room knows. */
export const LIVE_HANDLERS: { readonly [K in LiveCall]: Handler<K, CallContext> } = {
  async linkMic(context, params) {
    const { hub, connection, session } = context
    const { room, action, userID: target = session.userID, reason = '' } = params
    checkReason(hub.limits, reason)
    const link = await hub.store.link({
      room,
      userID: session.userID,
      action,
      target,
      text: reason,
      expiresAt: hub.clock.now() + timeoutOf(params),
      seats: hub.capacity.live_room,
      request: context.request,
    })
    if (link.expiresAt !== undefined) hub.sweeper.wakeIn(link.expiresAt - hub.clock.now())
    const { userID } = session
    if (link.phase !== 'on' || link.user.userID !== userID) return { link }
    const { self, seat } = await hub.store.find({ room, userID })
    return seat === '' ? { link } : { link, pushURL: connection.wire.pushURL(room, self, seat) }
  },

  setCustom({ hub, session, request }, { room, field, operation, value }) {
    return hub.store
      .setCustom({ room, userID: session.userID, field, operation, value, request })
      .then((custom) => ({ custom }))
  },

  async audiences({ hub, session }, { room }) {
    await hub.store.find({ room, userID: session.userID })
    const { audience, count } = await hub.store.audience({ room, cnt: MAX_LISTED })
    return { audiences: audience.map(({ userID, userName, userAvatar }) => ({ userID, userName, userAvatar })), count }
  },
}

function timeoutOf({ timeoutMs = LINK_TIMEOUT_MS }: LinkMicParams): number {
  if (timeoutMs > MAX_LINK_TIMEOUT_MS) {
    throw new RoomError('BAD_PARAMETER', `timeoutMs: at most ${MAX_LINK_TIMEOUT_MS}`)
  }
  return timeoutMs
}
