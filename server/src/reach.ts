import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Reach } from './stream-urls'

const HOST = /^([\w.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i

/** By which host a request came. It ends up in URLs, so a Host header that is no host is not believed. */
export function reachOf(headers: IncomingHttpHeaders, encrypted: boolean): Reach {
  const host = headers.host ?? ''
  return {
    host: HOST.test(host) ? host : 'localhost',
    // a proxy in front ends TLS; the header only changes URLs that go back to whoever sent it
    secure: encrypted || headers['x-forwarded-proto'] === 'https',
  }
}

/** Where a client is: what the proxy nearest to us has seen, when it is believed, else the other end of the connection. */
export function addressOf(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  trustProxy: boolean,
): string {
  const forwarded = headers['x-forwarded-for']
  const seen = trustProxy
    ? String(forwarded ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : ''
  return seen || (socket.remoteAddress ?? '')
}
