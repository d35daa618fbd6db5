import type { Clock } from './clock'
import { hmac, type Keys } from './keys'
import { RecentMap } from './recent-map'

export type StreamAction = 'publish' | 'play'

/** How a client reached the server: its streams are reached at the same host. */
export interface Reach {
  /** The Host header: name or address, with a port where the client used one. */
  readonly host: string
  readonly secure: boolean
}

export interface StreamUrls {
  /** rtmp:// URL to publish the stream to. @param ticket see makeTicket */
  push(reach: Reach, stream: string, ticket?: string): string
  /** rtmp:// URL of the low-latency stream. */
  play(reach: Reach, stream: string): string
  /** The same for lists, which name many streams and are asked for often: signed once in ten minutes. */
  listed(reach: Reach, stream: string): string
  /** http(s):// URL of the same stream as FLV, through the port that serves the rooms. */
  playFlv(reach: Reach, stream: string): string
}

export interface StreamUrlOptions {
  readonly keys: Pick<Keys, 'urlKey'>
  readonly clock: Pick<Clock, 'now'>
  readonly rtmpPort?: number
  /** Path the service is mounted under, '' or like `/calls`. */
  readonly basePath?: string
  readonly lifetimeMs?: number
}

const RTMP_PORT = 1935
/** A native player retries with the URL it has, so it should live as long as most calls. */
export const URL_LIFETIME_MS = 6 * 3600_000
/** A list hands out the same URL for this part of its life, and makes that much longer. */
const LISTED_SHARE = 1 / 36
/** Streams whose URL for lists is at hand; the others are signed again. */
const KNOWN_SIGNATURES = 20_000
/** 128 bits are out of reach for guessing, and the URL travels in every setData of a roster. */
const SIGNATURE_BYTES = 16

interface ListedUrl {
  /** Until then it is handed out, ms since 1970. */
  readonly until: number
  readonly signature: string
  /** By which whoever asked last came; most come by one. */
  readonly host: string
  readonly url: string
}

export function createStreamUrls(options: StreamUrlOptions): StreamUrls {
  const { keys, clock, rtmpPort = RTMP_PORT, basePath = '', lifetimeMs = URL_LIFETIME_MS } = options
  const port = rtmpPort === RTMP_PORT ? '' : `:${rtmpPort}`
  const expiryIn = (ms: number): string => Math.ceil((clock.now() + ms) / 1000).toString(16)
  const query = (action: StreamAction, stream: string, expiry: string): string =>
    `e=${expiry}&s=${signStream(keys, action, stream, expiry)}`
  const signed = (action: StreamAction, stream: string): string => query(action, stream, expiryIn(lifetimeMs))

  const listedFor = lifetimeMs * LISTED_SHARE
  const known = new RecentMap<ListedUrl>(KNOWN_SIGNATURES)
  const listed = (reach: Reach, stream: string): string => {
    const now = clock.now()
    const last = known.get(stream)
    const isFresh = last !== undefined && last.until > now
    if (isFresh && last.host === reach.host) return last.url
    const signature = isFresh ? last.signature : query('play', stream, expiryIn(lifetimeMs + listedFor))
    const url = rtmp(reach, stream, signature)
    known.set(stream, { until: isFresh ? last.until : now + listedFor, signature, host: reach.host, url })
    return url
  }
  const rtmp = (reach: Reach, stream: string, signature: string): string =>
    `rtmp://${hostnameOf(reach.host)}${port}/live/${stream}?${signature}`
  return {
    push(reach, stream, ticket = '') {
      const expiry = expiryIn(lifetimeMs)
      const signature = signStream(keys, 'publish', stream, expiry, ticket)
      return rtmp(reach, stream, `e=${expiry}${ticket === '' ? '' : `&k=${ticket}`}&s=${signature}`)
    },
    play: (reach, stream) => rtmp(reach, stream, signed('play', stream)),
    listed,
    playFlv: (reach, stream) =>
      `http${reach.secure ? 's' : ''}://${reach.host}${basePath}/live/${stream}.flv?${signed('play', stream)}`,
  }
}

/** @param expiry hex unix seconds, exactly as it stands in the URL; so the ticket, '' where there is none */
export function signStream(
  keys: Pick<Keys, 'urlKey'>,
  action: StreamAction,
  stream: string,
  expiry: string,
  ticket = '',
): string {
  const content = [action, stream, expiry, ...(ticket === '' ? [] : [ticket])].join('|')
  return hmac(keys.urlKey, content).subarray(0, SIGNATURE_BYTES).toString('base64url')
}

/** The host without its port; an IPv6 address keeps its brackets. */
function hostnameOf(host: string): string {
  return host.replace(/:\d+$/, '')
}
