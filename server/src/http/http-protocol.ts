import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import { RoomError } from '../../../src/errors'
import { isTooDeep } from '../limits'
import type { Log } from '../log'
import { StoreUnavailable } from '../store/store-unavailable'
import { HTTP_CODES, MISSING_PARAMETER, TOO_MANY } from './http-codes'

/** Bodies are JSON whatever their content type says; errors have the protocol's shape. */
export function speakProtocol(app: FastifyInstance, log: Log): void {
  app.removeAllContentTypeParsers()
  app.decorateRequest('session', null)
  // the usual one by its name as well, which is found sooner
  app.addContentTypeParser(['application/json', '*'], { parseAs: 'string' }, (_request, text, done) => {
    const body = parsed(String(text))
    if (body === undefined) done(notJson())
    else if (isTooDeep(body)) done(new CodedError(MISSING_PARAMETER, 'The body is nested too deeply', 400))
    else done(null, body)
  })
  app.addHook('preValidation', (request, _reply, done) => {
    const isObject = typeof request.body === 'object' && request.body !== null
    done(request.method === 'POST' && !request.is404 && !isObject ? notJson() : undefined)
  })
  app.setErrorHandler((error: FastifyError | RoomError, _request, reply) => answerError(error, reply, log))
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 404, message: 'No such call' }))
  allowOtherOrigins(app)
  // one log for all requests instead of one made for each; at this level none of them is a line of its own
  const quiet = app.log.child({}, { level: 'warn' })
  app.setChildLoggerFactory(() => quiet)
}

/** Web clients are served from anywhere; there are no cookies, the token is in the query. */
function allowOtherOrigins(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('access-control-allow-origin', '*')
    done()
  })
  app.options('/*', async (_request, reply) =>
    reply.header('access-control-allow-headers', 'content-type').code(204).send(),
  )
}

/** An error whose number has no counterpart among the catalogue's codes. */
export class CodedError extends Error {
  constructor(
    readonly number: number,
    message: string,
    readonly statusCode = 200,
  ) {
    super(message)
  }
}

/** undefined when it is no JSON */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function notJson(): CodedError {
  return new CodedError(MISSING_PARAMETER, 'The body is not a JSON object', 415)
}

/** For Fastify's `frameworkErrors`: an address that cannot be decoded reaches no route and no error handler. */
export function answerBadAddress(_error: FastifyError, _request: unknown, reply: FastifyReply): void {
  void reply.code(400).send({ code: MISSING_PARAMETER, message: 'The address is not a valid URL' })
}

function answerError(
  error: FastifyError | RoomError | CodedError | StoreUnavailable,
  reply: FastifyReply,
  log: Log,
): FastifyReply {
  const { message } = error
  if (error instanceof CodedError) return reply.code(error.statusCode).send({ code: error.number, message })
  if (error instanceof StoreUnavailable) return reply.code(503).send({ code: 503, message })
  const code = error instanceof RoomError ? HTTP_CODES[error.code] : undefined
  if (code === TOO_MANY) return reply.code(TOO_MANY).header('retry-after', 1).send({ code, message })
  if (code !== undefined) return reply.code(200).send({ code, message })
  const status = error instanceof RoomError ? 500 : (error.statusCode ?? 500)
  if (status < 500) return reply.code(status).send({ code: MISSING_PARAMETER, message })
  log('error', 'An HTTP call failed', { error })
  return reply.code(500).send({ code: 500, message: 'The server failed' })
}
