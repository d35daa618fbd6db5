import { limitsOf, type Limits } from '../config/limits'

export interface HttpServerOptions {
  /** Headers are here within this, ms; a connection that says nothing at all has no longer. */
  readonly headersTimeout: number
  /** The whole request is here within this, ms. */
  readonly requestTimeout: number
  /** How often both are looked after, ms. */
  readonly connectionsCheckingInterval: number
  /** An idle connection is kept this long for the next request, ms. */
  readonly keepAliveTimeout: number
}

const CHECK_MS = 2_000
const KEEP_ALIVE_MS = 20_000

/**
 * For the HTTP server in front of RoomService: a client that sends its request drop by drop, or none at all, gives its
 * connection back. `fastify({ http: httpServerOptions({ requestSeconds: 15 }) })`
 */
export function httpServerOptions(
  given: Partial<Pick<Limits, 'headersSeconds' | 'requestSeconds'>> = {},
): HttpServerOptions {
  const { headersSeconds, requestSeconds } = limitsOf(given)
  const requestTimeout = requestSeconds * 1000
  // node takes no longer time for the headers than for all
  const headersTimeout = Math.min(headersSeconds * 1000, requestTimeout)
  const connectionsCheckingInterval = Math.min(CHECK_MS, headersTimeout / 4)
  return { headersTimeout, requestTimeout, connectionsCheckingInterval, keepAliveTimeout: KEEP_ALIVE_MS }
}

/** With the usual limits. */
export const HTTP_SERVER_OPTIONS = httpServerOptions()
