/**
 * For the HTTP server in front of RoomService: a client that sends its request drop by drop, or none at all, gives its
 * connection back. `fastify({ http: HTTP_SERVER_OPTIONS })`
 */
export const HTTP_SERVER_OPTIONS = {
  /** Headers are here within this, ms. */
  headersTimeout: 10_000,
  /** The whole request is here within this, ms. */
  requestTimeout: 15_000,
  /** How often both are looked after, ms. */
  connectionsCheckingInterval: 2_000,
  /** An idle connection is kept this long for the next request, ms. */
  keepAliveTimeout: 20_000,
} as const
