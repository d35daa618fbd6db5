import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Session } from '../identity'
import type { HubContext } from '../room-hub'
import { registerCall, registerLogin } from './call-route'
import { demoLogin } from './demo-login'
import { OK } from './http-codes'
import { nameIn, sessionOf, text, type Query } from './http-request'
import { ROOM_CALLS } from './room-calls'
import type { UtilsOptions } from './utils-routes'
import { WEBRTC_CALLS } from './webrtc-calls'

const KIND = 'webrtc_room'

/**
 * `webrtc_room` of the public protocol. Its clients send no token; a server that is not a demo wants one all the same,
 * because a body that merely names a user proves nothing.
 */
export function registerWebrtcCalls(app: FastifyInstance, { hub, keys, demo }: UtilsOptions): void {
  registerLogin(app, hub, KIND)
  const calls = { ...WEBRTC_CALLS, logout: ROOM_CALLS.logout as (typeof ROOM_CALLS)[string] }
  for (const [name, call] of Object.entries(calls)) {
    registerCall(app, { hub, kind: KIND, name, call, sessionOf: (request) => whoAsks(hub, demo, request) })
  }
  if (!demo) return
  app.post(`/${KIND}/get_login_info`, async (request) => {
    const { sdkAppID, userID, userSig } = demoLogin(hub, keys, namedIn(request))
    return { ...OK, sdkAppID: String(sdkAppID), accountType: '', accType: '', userID, userSig }
  })
}

async function whoAsks(hub: HubContext, demo: boolean, request: FastifyRequest): Promise<Session> {
  const userID = namedIn(request)
  if (!demo || !userID || text(request.query as Query, 'token')) return sessionOf(hub, request)
  return { userID, id: '', token: '', expiresAt: hub.clock.now() }
}

function namedIn(request: FastifyRequest): string {
  return nameIn((request.body as { userID?: unknown }).userID)
}
