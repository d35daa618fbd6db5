import type { FastifyInstance } from 'fastify'

/** For whoever watches over the process: `/healthz` while it lives, `/readyz` while clients may be sent to it. */
export function registerHealth(app: FastifyInstance, isReady: () => boolean): void {
  app.get('/healthz', { logLevel: 'warn' }, async () => ({ status: 'ok' }))
  app.get('/readyz', { logLevel: 'warn' }, async (_request, reply) => {
    if (isReady()) return { status: 'ready' }
    return reply.code(503).send({ status: 'not ready' })
  })
}
