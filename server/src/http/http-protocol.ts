import '../../../src/service-errors'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RoomError } from '../../../src/errors'
import type { Limits } from '../config/limits'
import { isTooDeep } from '../limits'
import type { Log } from '../log'
import { StoreUnavailable } from '../store/store-unavailable'
import { HTTP_CODES, MISSING_PARAMETER, TOO_MANY } from './http-codes'
import { observeRequests, type Observers } from './observe-requests'
import { REQUEST_ID_HEADER } from './request-id'

/** Bodies are JSON whatever their content type says; errors have the protocol's shape. */
export function speakProtocol(
  app: FastifyInstance,
  observers: Observers,
  { frameBytes }: Pick<Limits, 'frameBytes'>,
): void {
  app.removeAllContentTypeParsers()
  app.decorateRequest('session', null)
  // the usual one by its name as well, which is found sooner
  const types = ['application/json', '*']
  app.addContentTypeParser(types, { parseAs: 'string', bodyLimit: frameBytes }, (_request, text, done) => {
    const body = parsed(String(text))
    if (body === undefined) done(notJson())
    else if (isTooDeep(body)) done(new CodedError(MISSING_PARAMETER, 'The body is nested too deeply', 400))
    else done(null, body)
  })
  app.addHook('preValidation', (request, _reply, done) => {
    const isObject = typeof request.body === 'object' && request.body !== null
    done(request.method === 'POST' && !request.is404 && !isObject ? notJson() : undefined)
  })
  app.setErrorHandler((error: FastifyError | RoomError, request, reply) => {
    observers.meter?.failed('http', nameOf(error))
    return answerError(error, request, reply, observers.log)
  })
  app.setNotFoundHandler((request, reply) => answer(request, reply, 404, 404, 'No such call'))
  allowOtherOrigins(app)
  observeRequests(app, observers)
  // one log for all requests instead of one made for each; at this level none of them is a line of its own
  const quiet = app.log.child({}, { level: 'warn' })
  app.setChildLoggerFactory(() => quiet)
}

/** Web clients are served from anywhere; there are no cookies, the token is in the query. */
function allowOtherOrigins(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('access-control-allow-origin', '*')
    reply.header(REQUEST_ID_HEADER, request.id)
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
export function answerBadAddress(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  answer(request, reply, 400, MISSING_PARAMETER, 'The address is not a valid URL')
}

/**
 * By its `requestID` an operator finds in the log what has become of a request. Answers of the protocol itself, which come
 * with 200, bear it in their header alone.
 */
function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  code: number,
  message: string,
): FastifyReply {
  return reply.code(status).send(status === 200 ? { code, message } : { code, message, requestID: request.id })
}

/** What an error is counted as. */
function nameOf(error: FastifyError | RoomError | CodedError | StoreUnavailable): string {
  if (error instanceof RoomError) return error.code
  if (error instanceof StoreUnavailable) return '503'
  return String(error instanceof CodedError ? error.number : (error.statusCode ?? 500))
}

function answerError(
  error: FastifyError | RoomError | CodedError | StoreUnavailable,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
): FastifyReply {
  const { message } = error
  if (error instanceof CodedError) return answer(request, reply, error.statusCode, error.number, message)
  if (error instanceof StoreUnavailable) return answer(request, reply, 503, 503, message)
  const code = error instanceof RoomError ? HTTP_CODES[error.code] : undefined
  if (code === TOO_MANY) reply.header('retry-after', 1)
  if (code !== undefined) return answer(request, reply, code === TOO_MANY ? TOO_MANY : 200, code, message)
  const status = error instanceof RoomError ? 500 : (error.statusCode ?? 500)
  if (status < 500) return answer(request, reply, status, MISSING_PARAMETER, message)
  log('error', 'An HTTP call failed', { requestID: request.id, route: request.routeOptions.url, error })
  return answer(request, reply, 500, 500, 'The server failed')
}
