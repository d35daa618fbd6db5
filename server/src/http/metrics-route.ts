import { createServer, type Server } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { equalSecrets } from '../keys'
import type { Metrics } from '../metrics/metrics'
import { HTTP_SERVER_OPTIONS } from './http-server-options'

type Reader = Pick<Metrics, 'read' | 'contentType'>

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** `/metrics` beside everything else, for whoever knows the token. */
export function registerMetrics(app: FastifyInstance, metrics: Reader, token: string): void {
  app.get('/metrics', { logLevel: 'warn' }, async (request, reply) => {
    const { status, headers, body } = await answer(metrics, token, request.headers.authorization)
    return reply.code(status).headers(headers).send(body)
  })
}

/** `/metrics` and nothing else, for a port that strangers do not reach. @param token '' = nobody is asked for one */
export function metricsServer(metrics: Reader, token: string): Server {
  const { http, connectionTimeout, ...timeouts } = HTTP_SERVER_OPTIONS
  const server = createServer({ ...http, ...timeouts }, (request, response) => {
    const isMetrics = request.method === 'GET' && request.url?.split('?')[0] === '/metrics'
    const answered = isMetrics ? answer(metrics, token, request.headers.authorization) : Promise.resolve(NOT_FOUND)
    answered.then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      () => response.writeHead(500).end(),
    )
  })
  return server.setTimeout(connectionTimeout)
}

const NOT_FOUND: Answer = { status: 404, headers: {}, body: '' }

async function answer(metrics: Reader, token: string, authorization = ''): Promise<Answer> {
  if (token !== '' && !equalSecrets(authorization, `Bearer ${token}`)) {
    return { status: 401, headers: { 'www-authenticate': 'Bearer' }, body: '' }
  }
  return { status: 200, headers: { 'content-type': metrics.contentType }, body: await metrics.read() }
}
