import { createHash } from 'node:crypto'
import type { Clock } from '../clock'
import { DeliveryError, type Destination } from './destination'
import type { RoomEvent } from './room-event'
import { unreachable } from './unreachable'
import { makeWebhookSign, WEBHOOK_HEADERS } from './webhook-signature'

/** A receiver may ask to be left alone for this long at most. */
const LONGEST_PAUSE_SECONDS = 3600

export interface WebhookOptions {
  /** http:// or https://, without user and password. */
  readonly url: string
  /** What the body is signed with, see makeWebhookSign; with several there are several signatures, while a secret is changed. */
  readonly secrets: readonly string[]
  readonly sdkAppID: number
  readonly clock: Pick<Clock, 'now'>
  readonly fetch?: typeof fetch
}

/** Posts each room event to a URL as JSON, signed as Standard Webhooks are. Any 2xx says that it has arrived. */
export function createWebhook(options: WebhookOptions): Destination {
  const { url, secrets, sdkAppID, clock, fetch: ask = fetch } = options
  return {
    name: `webhook-${createHash('sha256').update(url).digest('hex').slice(0, 16)}`,
    async deliver(event, signal) {
      const { id } = event
      const body = webhookBody(event, sdkAppID)
      const timestamp = Math.floor(clock.now() / 1000)
      const headers = {
        'content-type': 'application/json',
        [WEBHOOK_HEADERS.id]: id,
        [WEBHOOK_HEADERS.timestamp]: String(timestamp),
        [WEBHOOK_HEADERS.signature]: secrets
          .map((secret) => makeWebhookSign({ secret, id, timestamp, body }))
          .join(' '),
      }
      // a redirect is none of a receiver's answers: the body would go where nobody has sent it
      const request = ask(url, { method: 'POST', headers, body, signal, redirect: 'manual' })
      const answer = await request.catch((error: unknown) => {
        throw unreachable(error)
      })
      await answer.body?.cancel().catch(() => undefined)
      if (!answer.ok) throw new DeliveryError(`HTTP ${answer.status}`, pauseIn(answer))
    },
  }
}

/** What a receiver gets. */
function webhookBody({ room, id, type, time, ...rest }: RoomEvent, appId: number): string {
  return JSON.stringify({ id, type, time, appId, roomID: room, ...rest })
}

function pauseIn({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after') ?? '')
  return Number.isInteger(seconds) && seconds > 0 ? Math.min(seconds, LONGEST_PAUSE_SECONDS) * 1000 : 0
}
