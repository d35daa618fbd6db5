import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { RoomKind } from '../../../src/signaling/protocol'
import type { Session } from '../identity'
import { MAX_FRAME_BYTES } from '../limits'
import type { HubContext } from '../room-hub'
import { LOGIN_PARAMETERS_MISSING, OK } from './http-codes'
import { CodedError } from './http-protocol'
import { reachOfRequest, sessionOf, text, type Query } from './http-request'
import { LIVE_CALLS } from './live-calls'
import type { RoomCall } from './room-call'
import { ROOM_CALLS } from './room-calls'

const KINDS: readonly RoomKind[] = ['multi_room', 'double_room', 'live_room']

/** The room calls of the public protocol, for an encapsulated instance whose prefix ends in `/weapp`. */
export function registerRoomCalls(app: FastifyInstance, hub: HubContext): void {
  for (const kind of KINDS) {
    app.post(`/${kind}/login`, async (request) => ({ ...OK, ...(await login(hub, request.query as Query)) }))
    for (const [name, { body, run }] of callsOf(kind)) {
      const sessions = new WeakMap<FastifyRequest, Session>()
      app.post(`/${kind}/${name}`, {
        schema: { body },
        bodyLimit: MAX_FRAME_BYTES,
        // who asks comes before what is asked
        preValidation: async (request) => void sessions.set(request, await sessionOf(hub, request)),
        handler: async (request) => {
          const session = sessions.get(request) as Session
          const call = {
            hub,
            kind,
            session,
            reach: reachOfRequest(request),
            body: request.body as Record<string, unknown>,
          }
          return { ...OK, ...(await run(call)) }
        },
      })
    }
  }
}

function callsOf(kind: RoomKind): [string, RoomCall][] {
  return Object.entries(kind === 'live_room' ? { ...ROOM_CALLS, ...LIVE_CALLS } : ROOM_CALLS)
}

async function login(hub: HubContext, query: Query): Promise<{ userID: string; token: string }> {
  const userID = text(query, 'userID')
  const userSig = text(query, 'userSig')
  const sdkAppID = text(query, 'sdkAppID')
  if (!userID || !userSig || !sdkAppID)
    throw new CodedError(LOGIN_PARAMETERS_MISSING, 'sdkAppID, userID or userSig is missing')
  const { token } = await hub.identity.login({ userID, userSig, sdkAppID })
  return { userID, token }
}
