import type { Clock } from './clock'
import { hmac, type Keys } from './keys'

export type StreamAction = 'publish' | 'play'

/** How a client reached the server: its streams are reached at the same host. */
export interface Reach {
  /** The Host header: name or address, with a port where the client used one. */
  readonly host: string
  readonly secure: boolean
}

export interface StreamUrls {
  /** rtmp:// URL to publish the stream to. */
  push(reach: Reach, stream: string): string
  /** rtmp:// URL of the low-latency stream. */
  play(reach: Reach, stream: string): string
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
const URL_LIFETIME_MS = 6 * 3600_000
/** 128 bits are out of reach for guessing, and the URL travels in every setData of a roster. */
const SIGNATURE_BYTES = 16

export function createStreamUrls(options: StreamUrlOptions): StreamUrls {
  const { keys, clock, rtmpPort = RTMP_PORT, basePath = '', lifetimeMs = URL_LIFETIME_MS } = options
  const port = rtmpPort === RTMP_PORT ? '' : `:${rtmpPort}`
  const signed = (action: StreamAction, stream: string): string => {
    const expiry = Math.ceil((clock.now() + lifetimeMs) / 1000).toString(16)
    return `e=${expiry}&s=${signStream(keys, action, stream, expiry)}`
  }
  const rtmp = (reach: Reach, action: StreamAction, stream: string): string =>
    `rtmp://${hostnameOf(reach.host)}${port}/live/${stream}?${signed(action, stream)}`
  return {
    push: (reach, stream) => rtmp(reach, 'publish', stream),
    play: (reach, stream) => rtmp(reach, 'play', stream),
    playFlv: (reach, stream) =>
      `http${reach.secure ? 's' : ''}://${reach.host}${basePath}/live/${stream}.flv?${signed('play', stream)}`,
  }
}

/** @param expiry hex unix seconds, exactly as it stands in the URL */
export function signStream(keys: Pick<Keys, 'urlKey'>, action: StreamAction, stream: string, expiry: string): string {
  return hmac(keys.urlKey, `${action}|${stream}|${expiry}`).subarray(0, SIGNATURE_BYTES).toString('base64url')
}

/** The host without its port; an IPv6 address keeps its brackets. */
function hostnameOf(host: string): string {
  return host.replace(/:\d+$/, '')
}
