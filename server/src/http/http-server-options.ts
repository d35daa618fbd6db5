import { limitsOf, type Limits } from '../config/limits'

/** What Fastify takes for the connections of its server. */
export interface HttpServerOptions {
  /** The whole request is here within this, ms. */
  readonly requestTimeout: number
  /** A connection on which nothing moves ends after this, ms: whoever asks reads the answer. */
  readonly connectionTimeout: number
  /** An idle connection is kept this long for the next request, ms. */
  readonly keepAliveTimeout: number
  readonly http: {
    /** Headers are here within this, ms; a connection that says nothing at all has no longer. */
    readonly headersTimeout: number
    /** How often headers and requests are looked after, ms. */
    readonly connectionsCheckingInterval: number
  }
}

const CHECK_MS = 2_000
/** Longer than balancers keep theirs, which is a minute: none of them asks on a connection that is just being closed. */
const KEEP_ALIVE_MS = 72_000

/**
 * For the HTTP server in front of RoomService: a client that sends its request drop by drop, or none at all, or reads no
 * answer, gives its connection back. `fastify(httpServerOptions({ requestSeconds: 15 }))`
 */
export function httpServerOptions(
  given: Partial<Pick<Limits, 'headersSeconds' | 'requestSeconds' | 'answerSeconds'>> = {},
): HttpServerOptions {
  const { headersSeconds, requestSeconds, answerSeconds } = limitsOf(given)
  const requestTimeout = requestSeconds * 1000
  // node takes no longer time for the headers than for all
  const headersTimeout = Math.min(headersSeconds * 1000, requestTimeout)
  return {
    requestTimeout,
    connectionTimeout: answerSeconds * 1000,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: { headersTimeout, connectionsCheckingInterval: Math.min(CHECK_MS, headersTimeout / 4) },
  }
}

/** With the usual limits. */
export const HTTP_SERVER_OPTIONS = httpServerOptions()
