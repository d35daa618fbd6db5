import fastify from 'fastify'
import { HTTP_SERVER_OPTIONS, httpServerOptions } from '../../server/src/http/http-server-options'

it('reaches the server as it is written: Fastify has defaults of its own for most of it', () => {
  const { server } = fastify(HTTP_SERVER_OPTIONS)
  expect(server).toMatchObject({
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    timeout: 30_000,
    keepAliveTimeout: 72_000,
  })
})

it('follows the limits, and gives the headers no longer time than all', () => {
  const limits = { headersSeconds: 20, requestSeconds: 5, answerSeconds: 7 }
  expect(httpServerOptions(limits)).toMatchObject({
    requestTimeout: 5_000,
    connectionTimeout: 7_000,
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_250 },
  })
})
