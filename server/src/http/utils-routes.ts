import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Keys } from '../keys'
import { checkId } from '../limits'
import type { HubContext } from '../room-hub'
import { streamNameOf } from '../stream-name'
import { makeTicket } from '../tickets/stream-ticket'
import { demoLogin } from './demo-login'
import { OK } from './http-codes'
import { reachOfRequest, sessionOf, text, type Query } from './http-request'

const TEST_ROOM = 'test'

export interface UtilsOptions {
  readonly hub: HubContext
  readonly keys: Keys
  /** Anyone may be anyone: for demos and tests only. */
  readonly demo: boolean
}

/** `utils` of the public protocol. Outside demo mode nobody gets a userSig here, and a test stream is one's own. */
export function registerUtils(app: FastifyInstance, { hub, keys, demo }: UtilsOptions): void {
  const testStream = async (request: FastifyRequest): Promise<{ stream: string; ticket: string }> => {
    const named = { userID: text(request.query as Query, 'userID') || 'test', id: '' }
    const { userID, id: login } = demo ? named : await sessionOf(hub, request)
    checkId('userID', userID)
    return { stream: streamNameOf({ roomID: TEST_ROOM, userID }), ticket: makeTicket({ login, seat: '' }) }
  }

  app.get('/utils/get_test_pushurl', async (request) => {
    const reach = reachOfRequest(request)
    const { stream, ticket } = await testStream(request)
    return {
      ...OK,
      url_push: hub.urls.push(reach, stream, ticket),
      url_play_flv: hub.urls.playFlv(reach, stream),
      url_play_rtmp: hub.urls.play(reach, stream),
      // HLS is not served
      url_play_hls: '',
      url_play_acc: hub.urls.play(reach, stream),
    }
  })

  app.get('/utils/get_test_rtmpaccurl', async (request) => {
    const { stream } = await testStream(request)
    return { ...OK, url_rtmpacc: hub.urls.play(reachOfRequest(request), stream) }
  })

  if (!demo) return
  app.get('/utils/get_login_info', async (request) => {
    const { sdkAppID, userID, userSig } = demoLogin(hub, keys, text(request.query as Query, 'userID'))
    return { ...OK, sdkAppID, accType: '', userID, userSig }
  })
}
