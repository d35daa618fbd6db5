/** Time that ICE may take to gather its candidates: they travel in the one offer. */
const GATHERING_TIMEOUT_MS = 2000

/** Thrown when the gateway refuses; `status` says why: 403 not signed, 404 no such stream, 406 nothing in common … */
export class GatewayRefused extends Error {
  constructor(readonly status: number) {
    super(`the gateway answered ${status}`)
  }
}

/** One session at the gateway: offer, answer, and the address that ends it. */
export class GatewaySession {
  private resource: string | null = null
  private closed = false

  constructor(readonly peer: RTCPeerConnection) {}

  /** Sends the offer to `address` and takes the answer. Rejects with GatewayRefused, or as fetch does. */
  async negotiate(address: string): Promise<void> {
    const { peer } = this
    await peer.setLocalDescription()
    await gathered(peer)
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp' },
      body: peer.localDescription?.sdp ?? '',
    })
    if (response.status !== 201) throw new GatewayRefused(response.status)
    const location = response.headers.get('location')
    this.resource = location && new URL(location, address).href
    const sdp = await response.text()
    if (this.closed) this.release()
    else await peer.setRemoteDescription({ type: 'answer', sdp })
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    this.release()
    this.peer.close()
  }

  /** The gateway would notice by itself, but only after a while. */
  private release(): void {
    if (this.resource) fetch(this.resource, { method: 'DELETE', keepalive: true }).catch(() => undefined)
    this.resource = null
  }
}

/** Puts H.264 first and alone: there is no transcoder behind the gateway. */
export function preferH264(transceiver: RTCRtpTransceiver): void {
  const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs ?? []
  const usable = codecs.filter(
    ({ mimeType, sdpFmtpLine = '' }) => mimeType === 'video/H264' && /packetization-mode=1/.test(sdpFmtpLine),
  )
  if (usable.length > 0) transceiver.setCodecPreferences(usable)
}

function gathered(peer: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    if (peer.iceGatheringState === 'complete') return resolve()
    const timer = setTimeout(resolve, GATHERING_TIMEOUT_MS)
    peer.addEventListener('icegatheringstatechange', () => {
      if (peer.iceGatheringState !== 'complete') return
      clearTimeout(timer)
      resolve()
    })
  })
}
