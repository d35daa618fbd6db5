import type { FastifyInstance } from 'fastify'

const MAX_BYTES = 2 * 1024 * 1024

/** `POST {base}/speed`: takes what a page of the device test sends, so that it can tell how fast it went, and keeps nothing. */
export function registerDeviceTest(app: FastifyInstance, basePath: string): void {
  app.register(
    async (scope) => {
      scope.addContentTypeParser(
        'application/octet-stream',
        { parseAs: 'buffer', bodyLimit: MAX_BYTES },
        (_request, body, done) => done(null, body),
      )
      scope.post<{ Body: Buffer }>('/speed', async ({ body }) => ({ bytes: body.length }))
    },
    { prefix: basePath },
  )
}
