import WebSocket from 'ws'

/** Bytes waiting for the media server after which pictures are dropped: it is a process of the same machine. */
const MAX_BACKLOG_BYTES = 4 * 1024 * 1024
const OPEN_TIMEOUT_MS = 5000

export interface MediaLinkListener {
  onData(data: Buffer): void
  /** Called once, also when close() was called here. */
  onClose(): void
}

/** A connection to the media server as any FLV client has one: its gate and its rules hold for the gateway too. */
export class MediaLink {
  private constructor(private readonly socket: WebSocket) {}

  /** Plays the stream. Rejects when the media server refuses. */
  static async play(url: string, listener: MediaLinkListener): Promise<MediaLink> {
    const socket = new WebSocket(url, { handshakeTimeout: OPEN_TIMEOUT_MS })
    const link = MediaLink.listening(socket, listener)
    await until(socket, 'open')
    return link
  }

  /** Publishes it. Resolves once the stream is ours. */
  static async publish(url: string, listener: Pick<MediaLinkListener, 'onClose'>): Promise<MediaLink> {
    const socket = new WebSocket(url, 'publisher', { handshakeTimeout: OPEN_TIMEOUT_MS })
    const link = MediaLink.listening(socket, { ...listener, onData: () => undefined })
    // the server's only message says so
    await until(socket, 'message')
    return link
  }

  private static listening(socket: WebSocket, listener: MediaLinkListener): MediaLink {
    socket.on('error', () => undefined)
    socket.on('message', (data: Buffer) => listener.onData(data))
    socket.on('close', () => listener.onClose())
    return new MediaLink(socket)
  }

  send(data: Uint8Array): void {
    if (this.socket.readyState === WebSocket.OPEN && this.socket.bufferedAmount < MAX_BACKLOG_BYTES)
      this.socket.send(data)
  }

  close(): void {
    this.socket.close()
  }
}

function until(socket: WebSocket, event: 'open' | 'message'): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => socket.terminate(), OPEN_TIMEOUT_MS)
    socket.once(event, () => {
      clearTimeout(timer)
      resolve()
    })
    socket.once('close', () => {
      clearTimeout(timer)
      reject(new Error('the media server refused'))
    })
  })
}
