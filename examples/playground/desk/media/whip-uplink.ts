import { PUSH_CODE } from '../../runtime/media/native-codes'
import type { TagListener } from './desk-tags'
import { GatewaySession, preferH264 } from './gateway-session'
import { gatewayUrl } from './stream-sound'

const NETSTATUS_INTERVAL_MS = 2000

export interface WhipContent {
  readonly picture: MediaStreamTrack
  /** null = pictures alone */
  readonly sound: MediaStreamTrack | null
  /** kbit/s */
  readonly maxBitrate: number
}

/** One published stream over WebRTC, H.264 and Opus. The tracks stay their owner's. */
export class WhipUplink {
  private session: GatewaySession | null = null
  private timer: ReturnType<typeof setInterval> | undefined
  private sentBefore = 0
  private closed = false

  /** @param lost it is over, and only a new one may do better */
  constructor(
    private readonly listener: Pick<TagListener, 'onCode' | 'onNetStatus'>,
    private readonly lost: (reason: string) => void,
  ) {}

  /** Resolves once offer and answer are exchanged. Rejects with GatewayRefused, or as fetch does. */
  async publish(url: string, { picture, sound, maxBitrate }: WhipContent): Promise<void> {
    const address = gatewayUrl('whip', url)
    if (!address) throw new Error('not a URL to publish to')
    const session = new GatewaySession(new RTCPeerConnection({ bundlePolicy: 'max-bundle' }))
    this.session = session
    const { peer } = session
    const sendEncodings = [{ maxBitrate: maxBitrate * 1000 }]
    const transceiver = peer.addTransceiver(picture, { direction: 'sendonly', sendEncodings })
    preferH264(transceiver)
    await keepSize(transceiver.sender)
    if (sound) peer.addTransceiver(sound, { direction: 'sendonly' })
    peer.addEventListener('connectionstatechange', () => this.connectionChanged(peer))
    await session.negotiate(address)
    if (!this.closed) this.timer = setInterval(() => void this.measure(peer), NETSTATUS_INTERVAL_MS)
  }

  close(): void {
    this.closed = true
    clearInterval(this.timer)
    this.session?.close()
  }

  private connectionChanged(peer: RTCPeerConnection): void {
    if (this.closed) return
    if (peer.connectionState === 'connected') {
      this.listener.onCode(PUSH_CODE.CONNECTED, 'connected')
      this.listener.onCode(PUSH_CODE.PUBLISHED, 'push begin')
    } else if (peer.connectionState === 'failed') this.lost('the connection was lost')
  }

  private async measure(peer: RTCPeerConnection): Promise<void> {
    const reports = [...(await peer.getStats()).values()] as Record<string, unknown>[]
    if (this.closed) return
    const number = (type: string, field: string): number =>
      Number(reports.find((report) => report.type === type && report[field] !== undefined)?.[field] ?? 0)
    const sent = number('transport', 'bytesSent')
    const netSpeed = Math.round(((sent - this.sentBefore) * 8) / NETSTATUS_INTERVAL_MS)
    this.sentBefore = sent
    const videoFPS = number('outbound-rtp', 'framesPerSecond')
    this.listener.onNetStatus({ netSpeed, videoBitrate: netSpeed, videoFPS, netQualityLevel: netSpeed > 0 ? 1 : 6 })
  }
}

/** What a weak uplink costs is frames: players start their decoders anew whenever the picture changes its size. */
async function keepSize(sender: RTCRtpSender): Promise<void> {
  await sender.setParameters({ ...sender.getParameters(), degradationPreference: 'maintain-resolution' })
}
