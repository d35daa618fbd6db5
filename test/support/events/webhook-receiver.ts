import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReceivedWebhook {
  readonly id: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly event: Readonly<Record<string, unknown>>
  /** What it was answered; null when it was not. */
  readonly status: number | null
}

/** A receiver of webhooks on a free port of this machine, which answers as it is told. */
export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = []
  /** The status to answer with, null = no answer. */
  answer: (webhook: Omit<ReceivedWebhook, 'status'>) => number | null = () => 204
  private readonly server = createServer((request, response) => void this.take(request, response))

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver()
    receiver.server.listen(0, '127.0.0.1')
    await once(receiver.server, 'listening')
    return receiver
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`
  }

  /** What was answered with 2xx, in order. */
  get taken(): ReceivedWebhook[] {
    return this.received.filter(({ status }) => status !== null && status < 300)
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve))
    this.server.closeAllConnections()
    await closed
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const event = JSON.parse(body) as Record<string, unknown>
    const webhook = { id: String(request.headers['webhook-id']), headers: request.headers, body, event }
    const status = this.answer(webhook)
    this.received.push({ ...webhook, status })
    if (status !== null) response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('words')
  }
}
