import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { RoomKind } from '../../../src/signaling/protocol'
import type { Session } from '../identity'
import type { HubContext } from '../room-hub'
import { LOGIN_PARAMETERS_MISSING, OK } from './http-codes'
import { CodedError } from './http-protocol'
import { reachOfRequest, text, type Query } from './http-request'
import type { RoomCall } from './room-call'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null where a call is open to everyone. */
    session: Session | null
  }
}

export interface CallRoute {
  readonly hub: HubContext
  readonly kind: RoomKind
  readonly name: string
  readonly call: RoomCall
  /** Who asks. Rejects with a RoomError when that cannot be told. */
  readonly sessionOf: (request: FastifyRequest) => Promise<Session>
}

/** Serves one call of the public protocol at `/{kind}/{name}`. */
export function registerCall(app: FastifyInstance, { hub, kind, name, call, sessionOf }: CallRoute): void {
  app.post(`/${kind}/${name}`, {
    schema: { body: call.body },
    // who asks comes before what is asked
    preValidation: (request, _reply, done) => {
      sessionOf(request).then((session) => {
        request.session = session
        done(hub.guard.refusalOf({ address: '', userID: session.userID }) ?? undefined)
      }, done)
    },
    handler: async (request) => {
      const session = request.session as Session
      const body = request.body as Record<string, unknown>
      const answer = await call.run({
        hub,
        kind,
        session,
        // most calls hand out no URL
        get reach() {
          return reachOfRequest(request)
        },
        body,
      })
      return { ...OK, ...answer }
    },
  })
}

/** Serves the login of a kind of room; whatever kind it is, the token is good for all of them. */
export function registerLogin(app: FastifyInstance, hub: HubContext, kind: RoomKind): void {
  app.post(`/${kind}/login`, async (request) => ({ ...OK, ...(await login(hub, request.query as Query)) }))
}

async function login(hub: HubContext, query: Query): Promise<{ userID: string; token: string }> {
  const userID = text(query, 'userID')
  const userSig = text(query, 'userSig')
  const sdkAppID = text(query, 'sdkAppID')
  const earlier = text(query, 'token')
  if (!userID || !(userSig || earlier) || !sdkAppID)
    throw new CodedError(LOGIN_PARAMETERS_MISSING, 'sdkAppID, userID or userSig is missing')
  const { token } = await hub.identity.login({ userID, userSig, token: earlier || undefined, sdkAppID })
  return { userID, token }
}
