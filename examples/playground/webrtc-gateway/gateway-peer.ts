import type { RTCPeerConnection } from 'werift'

/** A session whose media do not begin within this is given up. */
const CONNECT_TIMEOUT_MS = 15_000

/** What every session has: a peer, a life, an end. */
export abstract class GatewayPeer {
  private readonly timer: ReturnType<typeof setTimeout>
  private closed = false
  /** Called once, at the end. */
  onClosed: () => void = () => undefined

  constructor(protected readonly peer: RTCPeerConnection) {
    this.timer = setTimeout(() => this.close(), CONNECT_TIMEOUT_MS)
    peer.connectionStateChange.subscribe((state) => {
      if (state === 'connected') {
        clearTimeout(this.timer)
        this.connected()
      } else if (state === 'closed' || state === 'failed' || state === 'disconnected') this.close()
    })
  }

  get isClosed(): boolean {
    return this.closed
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    clearTimeout(this.timer)
    this.release()
    this.peer.close().catch(() => undefined)
    this.onClosed()
  }

  protected abstract connected(): void
  protected abstract release(): void
}
