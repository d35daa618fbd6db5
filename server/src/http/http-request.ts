import '../../../src/service-errors'
import type { FastifyRequest } from 'fastify'
import { RoomError } from '../../../src/errors'
import type { Session } from '../identity'
import { reachOf } from '../reach'
import type { HubContext } from '../room-hub'
import type { Reach } from '../stream-urls'

export type Query = Readonly<Record<string, string | string[] | undefined>>

/** Whoever the token says; a body that names somebody else is refused, never obeyed. */
export async function sessionOf(hub: HubContext, request: FastifyRequest): Promise<Session> {
  const query = request.query as Query
  const userID = text(query, 'userID')
  const token = text(query, 'token')
  if (!userID || !token) throw new RoomError('NOT_LOGGED_IN', 'userID or token is missing in the query')
  const named = (request.body as { userID?: unknown } | undefined)?.userID
  if (named !== undefined && nameIn(named) !== userID)
    throw new RoomError('NOT_LOGGED_IN', 'The token is for another userID')
  return hub.identity.verify(userID, token)
}

/** A userID of a body, which clients write as a number as well; '' when it is something else, which may not even be text. */
export function nameIn(named: unknown): string {
  return typeof named === 'string' || typeof named === 'number' ? String(named) : ''
}

export function reachOfRequest(request: FastifyRequest): Reach {
  return reachOf(request.headers, request.protocol === 'https')
}

/** A parameter given twice is not given. */
export function text(query: Query, name: string): string {
  const value = query[name]
  return typeof value === 'string' ? value : ''
}
