import { createHmac } from 'node:crypto'
import { equalSecrets } from '../keys'
import { proven, refused, type TicketResult } from '../tickets/ticket-result'

/** Headers of a webhook, as the Standard Webhooks specification names them. */
export const WEBHOOK_HEADERS = {
  id: 'webhook-id',
  timestamp: 'webhook-timestamp',
  signature: 'webhook-signature',
} as const

const VERSION = 'v1,'
/** Marks a secret that is base64 of bytes; any other one is its own UTF-8 bytes. */
const BASE64_SECRET = 'whsec_'
/** How far the clocks of sender and receiver may be apart, and how long a webhook may be on its way. */
const TOLERANCE_SECONDS = 300

export interface WebhookSignRequest {
  /** `whsec_` and base64, or any text. */
  readonly secret: string
  /** Of the event. */
  readonly id: string
  /** Unix seconds at which it is sent. */
  readonly timestamp: number
  /** The body as it is sent, byte by byte. */
  readonly body: string | Uint8Array
}

/** One signature of header `webhook-signature`: HMAC-SHA256 over `{id}.{timestamp}.{body}`, base64, after `v1,`. */
export function makeWebhookSign({ secret, id, timestamp, body }: WebhookSignRequest): string {
  const hmac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body)
  return `${VERSION}${hmac.digest('base64')}`
}

export interface WebhookClaim {
  /** Headers by their names in lower case, as Node has them. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The body as it came, byte by byte: parsing it and writing it again changes what is signed. */
  readonly body: string | Uint8Array
  readonly secret: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** How old a webhook may be, or how far ahead of this clock; 300 by default. */
  readonly toleranceSeconds?: number
}

/**
 * Whether a webhook comes from whoever has the secret, and is no old one again; compares in constant time. The `id` of the claim is
 * the same each time an event is delivered, so that a receiver can tell what it has already.
 */
export function verifyWebhookSign(
  claim: WebhookClaim,
): TicketResult<{ readonly id: string; readonly timestamp: number }> {
  const { headers, body, secret, now, toleranceSeconds = TOLERANCE_SECONDS } = claim
  const { id, timestamp: sentAt, signature } = headersIn(headers)
  if (id === '' || signature === '' || !/^\d{1,12}$/.test(sentAt)) return refused('format')
  const timestamp = Number(sentAt)
  const expected = makeWebhookSign({ secret, id, timestamp, body })
  // each is compared: which one it was would show in the time
  const matching = signature.split(' ').filter((each) => equalSecrets(each, expected))
  if (matching.length === 0) return refused('signature')
  return Math.abs(now / 1000 - timestamp) > toleranceSeconds ? refused('expired') : proven({ id, timestamp })
}

function headersIn(headers: WebhookClaim['headers']): Record<keyof typeof WEBHOOK_HEADERS, string> {
  const text = (name: string): string => {
    const value = headers[name]
    return typeof value === 'string' ? value : ''
  }
  const { id, timestamp, signature } = WEBHOOK_HEADERS
  return { id: text(id), timestamp: text(timestamp), signature: text(signature) }
}

function keyOf(secret: string): Buffer {
  return secret.startsWith(BASE64_SECRET)
    ? Buffer.from(secret.slice(BASE64_SECRET.length), 'base64')
    : Buffer.from(secret, 'utf8')
}
