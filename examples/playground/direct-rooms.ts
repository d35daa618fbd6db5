import type { FastifyInstance, FastifyRequest } from 'fastify'
import { reachOfRequest } from '../../server/src/http/http-request'
import { parseStreamName, streamNameOf, type StreamUrls } from '../../server/src/index'
import { limitsOf } from '../../server/src/config/limits'
import { checkId, checkProfile } from '../../server/src/limits'

/** Names of members are remembered for as many streams; one that falls out is called by its userID. */
const NAMES_KEPT = 1000

export interface DirectRoomsOptions {
  /** '' or like `/calls` */
  readonly basePath: string
  readonly urls: StreamUrls
  /** Names of the streams that are published at this moment. */
  publishing(): readonly string[]
}

interface Call {
  Params: { room: string }
  Querystring: { userID?: string; userName?: string }
}

/**
 * What an app's own server does for rooms of the direct provider: it signs URLs, and whoever publishes a stream of a room is
 * its member, whatever they publish with. Anyone may be anyone here, as everywhere in the playground.
 */
export function registerDirectRooms(app: FastifyInstance, { basePath, urls, publishing }: DirectRoomsOptions): void {
  const names = new Map<string, string>()
  app.register(
    async (rooms) => {
      rooms.setErrorHandler(({ message }: Error, _request, reply) => reply.code(400).send({ code: 400, message }))

      rooms.get<Call>('/:room/push', { preHandler: checkRoom }, async (request) => {
        const { userID = '', userName = '' } = request.query
        checkId('userID', userID)
        checkProfile(limitsOf(), { userName, userAvatar: '' })
        const stream = streamNameOf({ roomID: request.params.room, userID })
        names.delete(stream)
        names.set(stream, userName || userID)
        const [oldest = ''] = names.keys()
        if (names.size > NAMES_KEPT) names.delete(oldest)
        const reach = reachOfRequest(request)
        return { pushUrl: urls.push(reach, stream), playUrl: urls.play(reach, stream) }
      })

      rooms.get<Call>('/:room/members', { preHandler: checkRoom }, async (request) => {
        const reach = reachOfRequest(request)
        const members = publishing().flatMap((stream) => {
          const { roomID, userID = '' } = parseStreamName(stream) ?? {}
          if (roomID !== request.params.room) return []
          return [{ userID, userName: names.get(stream) ?? userID, playUrl: urls.play(reach, stream) }]
        })
        return { members }
      })
    },
    { prefix: `${basePath}/direct` },
  )
}

async function checkRoom(request: FastifyRequest<Call>): Promise<void> {
  checkId('roomID', request.params.room)
}
