import { hub } from './phone-hub'

/** Folder that the playground is served from, without a trailing slash: '' or the BASE_PATH. */
export const SITE_BASE = location.pathname.replace(/\/[^/]*$/, '')

const open = new Set<WebSocket>()

/** The socket of a phone without a route: fails at once, without a packet and without a word on the browser's console. */
class UnreachableSocket extends EventTarget {
  binaryType: BinaryType = 'blob'
  readonly bufferedAmount = 0
  readyState: WebSocket['readyState'] = WebSocket.CONNECTING

  constructor() {
    super()
    setTimeout(() => {
      this.readyState = WebSocket.CLOSED
      this.dispatchEvent(new Event('error'))
      this.dispatchEvent(new CloseEvent('close', { code: 1006, reason: '', wasClean: false }))
    })
  }

  send(): void {
    throw new DOMException('The phone is offline', 'InvalidStateError')
  }

  /** It closes by itself. */
  close(): void {}
}

/** Closed while it connects it waits for the connection first: a browser reports the contrary as a failure, URL and all. */
class PatientSocket extends WebSocket {
  override close(code?: number, reason?: string): void {
    if (this.readyState !== WebSocket.CONNECTING) return super.close(code, reason)
    this.addEventListener('open', () => super.close(code, reason), { once: true })
  }
}

/** What the runtime uses of a WebSocket. */
export type PhoneSocket = Pick<
  WebSocket,
  'binaryType' | 'bufferedAmount' | 'readyState' | 'send' | 'close' | 'addEventListener'
>

/** A WebSocket that the phone's network switch can cut; while the phone is offline it fails like one without a route. */
export function openSocket(url: string, protocols?: string | string[]): PhoneSocket {
  if (!hub.online) return new UnreachableSocket()
  const socket = new PatientSocket(url, protocols)
  open.add(socket)
  socket.addEventListener('close', () => open.delete(socket))
  return socket
}

hub.on('onlineChanged', (online) => {
  if (online) return
  for (const socket of open) {
    socket.close(4000, 'offline')
    // close() waits for the peer's answer; a network that is gone tells nobody
    socket.dispatchEvent(new CloseEvent('close', { code: 1006, reason: 'offline', wasClean: false }))
  }
})

/**
 * The FLV WebSocket that serves a media URL: rtmp:// exists in no browser, so the page's own host stands in, with the same
 * path and query. http(s) URLs keep their host. null when the URL is not one a live-pusher or live-player takes.
 */
export function flvSocketUrl(url: string, page: Location = location): string | null {
  const match = /^(rtmps?|https?|wss?):\/\/([^/?#]+)\/([^?#]+?)(?:\.flv)?(\?[^#]*)?$/.exec(url)
  if (!match) return null
  const [, scheme = '', host = '', path = '', query = ''] = match
  const secure = page.protocol === 'https:' ? 'wss' : 'ws'
  if (!scheme.startsWith('rtmp'))
    return `${scheme === 'https' || scheme === 'wss' ? 'wss' : 'ws'}://${host}/${path}.flv${query}`
  const base = SITE_BASE && !`/${path}`.startsWith(`${SITE_BASE}/`) ? SITE_BASE : ''
  return `${secure}://${page.host}${base}/${path}.flv${query}`
}

/** `{enc(room)}.{enc(user)}_main` → the user; enc writes everything but letters, digits, _ and - as ~XX. '' when it is none. */
export function userIdOf(url: string): string {
  const name = /\/([^/?#]+?)(?:\.flv)?(?:\?|#|$)/.exec(url)?.[1] ?? ''
  const encoded = /\.([A-Za-z0-9_~-]+)_(?:main|aux|small)$/.exec(name)?.[1] ?? name.replace(/_(?:main|aux|small)$/, '')
  const bytes = encoded.replace(/%/g, '%25').replace(/~([0-9A-Fa-f]{2})/g, '%$1')
  try {
    return decodeURIComponent(bytes)
  } catch {
    return encoded
  }
}
