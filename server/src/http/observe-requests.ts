import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '../log'
import type { Meter } from '../metrics/meter'

/** Who wants to know what becomes of requests. */
export interface Observers {
  readonly log: Log
  readonly meter?: Meter
}

/** Tells of each request that was answered. Where nobody wants to know, it costs nothing. */
export function observeRequests(app: FastifyInstance, { log, meter }: Observers): void {
  if (log.isQuiet && !meter) return
  app.addHook('onResponse', (request, reply, done) => {
    if (meter) measure(meter, request, reply)
    if (!log.isQuiet) write(log, request, reply)
    done()
  })
}

function measure(meter: Meter, { method, routeOptions: { url } }: FastifyRequest, reply: FastifyReply): void {
  meter.responded(url, reply.statusCode)
  // the call stands behind the kind of room, which says nothing of what it costs
  if (url !== undefined && method !== 'OPTIONS') {
    meter.answered('http', url.slice(url.lastIndexOf('/') + 1), reply.elapsedTime / 1000)
  }
}

/** By the pattern of its route: tokens are in the query. */
function write(log: Log, request: FastifyRequest, reply: FastifyReply): void {
  log('debug', 'HTTP request', {
    requestID: request.id,
    method: request.method,
    route: request.routeOptions.url,
    userID: request.session?.userID,
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
  })
}
