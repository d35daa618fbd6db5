import type { FastifyInstance, FastifyReply } from 'fastify'
import { RoomError } from '../../../src/errors'
import type { Guard } from '../guard/guard'
import { equalSecrets } from '../keys'
import type { Log } from '../log'
import type { HookAnswer } from '../media/hook-answer'
import { answerNginxRtmp } from '../media/nginx-rtmp-hook'
import { answerSrs } from '../media/srs-hook'
import type { StreamGate } from '../media/stream-gate'
import { addressOf } from '../reach'
import { StoreUnavailable } from '../store/store-unavailable'
import { TOO_MANY } from './http-codes'

/** What a media server says of one client is a few hundred bytes, its URL included. */
const HOOK_BYTES = 16_384

export interface MediaHooksOptions {
  readonly gate: StreamGate
  /** Whoever does not know it is not answered. */
  readonly secret: string
  readonly guard: Guard
  readonly trustProxy: boolean
  readonly log: Log
}

const HOOKS: Readonly<Record<string, (gate: StreamGate, body: string) => Promise<HookAnswer>>> = {
  srs: answerSrs,
  'nginx-rtmp': answerNginxRtmp,
}

/**
 * `/{server}/{secret}`, for the hooks of media servers. The secret is a part of the path, because neither of them can send a header
 * and old ones drop a query.
 */
export function registerMediaHooks(
  app: FastifyInstance,
  { gate, secret, guard, trustProxy, log }: MediaHooksOptions,
): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: HOOK_BYTES }, (_request, body, done) =>
    done(null, body),
  )
  app.setErrorHandler((error, _request, reply) => answerFailure(error as Error, reply, log))
  for (const [server, answer] of Object.entries(HOOKS)) {
    app.post<{ Params: { secret: string }; Body: unknown }>(`/${server}/:secret`, {
      onRequest: (request, reply, done) => {
        if (equalSecrets(request.params.secret, secret)) return done()
        // one that guesses is as slow as anyone else
        guard.request({ address: addressOf(request.raw, trustProxy), userID: '' })
        void reply.code(403).send({ code: 403, message: 'This is for media servers' })
      },
      handler: async (request, reply) => {
        const { status, body } = await answer(gate, typeof request.body === 'string' ? request.body : '')
        return reply.code(status).send(body)
      },
    })
  }
}

function answerFailure(error: Error & { statusCode?: number }, reply: FastifyReply, log: Log): FastifyReply {
  const tooMany = error instanceof RoomError && error.code === 'RATE_LIMITED'
  const status = tooMany ? TOO_MANY : error instanceof StoreUnavailable ? 503 : (error.statusCode ?? 500)
  if (status === 500) log('error', 'The hook of a media server failed', { error })
  return reply.code(status).send({ code: status, message: status === 500 ? 'The server failed' : error.message })
}
