import { hub } from '../phone-hub'
import { openSocket } from '../phone-socket'
import { answer, type CallbackOptions } from './callback-style'

interface RequestOptions extends CallbackOptions<RequestResult> {
  url: string
  method?: string
  data?: unknown
  header?: Record<string, string>
  /** ms */
  timeout?: number
}

interface RequestResult {
  statusCode: number
  data: unknown
  header: Record<string, string>
}

interface SocketOptions extends CallbackOptions {
  url: string
  protocols?: string[]
}

const REQUEST_TIMEOUT_MS = 60_000

/** wx.request and wx.connectSocket over the browser's own. */
export function networkApi() {
  return { request, connectSocket }
}

function request(options: RequestOptions) {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(new Error('timeout')), options.timeout ?? REQUEST_TIMEOUT_MS)
  const done = answer('request', options, () => fetchLike(options, abort.signal)).finally(() => clearTimeout(timer))
  // whoever gave callbacks looks at no promise
  if (options.success || options.fail || options.complete) done.catch(() => undefined)
  return Object.assign(done, { abort: () => abort.abort(new Error('abort')) })
}

async function fetchLike(options: RequestOptions, signal: AbortSignal): Promise<RequestResult> {
  if (!hub.online) throw new Error('offline')
  const method = (options.method ?? 'GET').toUpperCase()
  const url = new URL(options.url, location.href)
  const withBody = method !== 'GET' && options.data !== undefined
  if (!withBody && options.data && typeof options.data === 'object')
    for (const [name, value] of Object.entries(options.data)) url.searchParams.set(name, String(value))
  const response = await fetch(url, {
    method,
    signal,
    headers: { 'content-type': 'application/json', ...options.header },
    ...(withBody && { body: bodyOf(options.data) }),
  })
  const text = await response.text()
  return { statusCode: response.status, data: parsed(text), header: Object.fromEntries(response.headers) }
}

function bodyOf(data: unknown): string | ArrayBuffer {
  return typeof data === 'string' || data instanceof ArrayBuffer ? data : JSON.stringify(data)
}

/** WeChat parses a JSON answer by itself and hands over anything else as text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function connectSocket(options: SocketOptions) {
  const socket = openSocket(options.url, 'room', options.protocols)
  socket.binaryType = 'arraybuffer'
  void answer('connectSocket', { complete() {}, ...options }, () => {})
  let closed = false
  return {
    onOpen: (listener: (event: { header: object }) => void) =>
      socket.addEventListener('open', () => listener({ header: {} })),
    onMessage: (listener: (event: { data: string | ArrayBuffer }) => void) =>
      socket.addEventListener('message', (event) => listener({ data: event.data as string | ArrayBuffer })),
    onError: (listener: (event: { errMsg: string }) => void) =>
      socket.addEventListener('error', () => listener({ errMsg: 'connectSocket:fail' })),
    onClose: (listener: (event: { code: number; reason: string }) => void) =>
      socket.addEventListener('close', ({ code, reason }) => {
        if (!closed) listener({ code, reason })
        closed = true
      }),
    send: (message: CallbackOptions & { data: string | ArrayBuffer }) =>
      void answer('sendSocketMessage', { complete() {}, ...message }, () => {
        if (socket.readyState !== WebSocket.OPEN) throw new Error('socket is not open')
        socket.send(message.data)
      }),
    close: (how: CallbackOptions & { code?: number; reason?: string } = {}) =>
      void answer('closeSocket', { complete() {}, ...how }, () => socket.close(how.code ?? 1000, how.reason)),
  }
}
