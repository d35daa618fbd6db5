import { PLAY_CODE } from '../../runtime/media/native-codes'
import { hub } from '../../runtime/phone-hub'
import type { DeskPlayer, PlayerListener } from './desk-tags'
import { GatewaySession, preferH264 } from './gateway-session'
import { gatewayUrl } from './stream-sound'

const WATCH_INTERVAL_MS = 300
const NETSTATUS_INTERVAL_MS = 2000
/** Without a new picture for this long the player is loading. */
const STALL_MS = 900
/** Without a byte or a picture for this long the stream counts as lost; also the time for the first one. */
const SILENCE_MS = 7000

/** Plays H.264 and Opus over WebRTC. */
export function createWhepPlayer(url: string, userId: string, listener: PlayerListener): DeskPlayer {
  return new WhepPlayer(url, userId, listener)
}

class WhepPlayer implements DeskPlayer {
  readonly transport = 'webrtc'
  private readonly session = new GatewaySession(new RTCPeerConnection({ bundlePolicy: 'max-bundle' }))
  private readonly picture = document.createElement('video')
  private readonly stream = new MediaStream()
  private readonly timers: ReturnType<typeof setInterval>[]
  private readonly startedAt = performance.now()
  private drawnAt = performance.now()
  private receivedAt = performance.now()
  private drawn = 0
  private measured = { frames: 0, bytes: 0 }
  private stalled = false
  private closed = false

  constructor(
    url: string,
    userId: string,
    private readonly listener: PlayerListener,
  ) {
    const { peer } = this.session
    Object.assign(this.picture.dataset, { userId, remote: '1', state: 'loading' })
    this.picture.playsInline = true
    this.picture.autoplay = true
    this.picture.srcObject = this.stream
    preferH264(peer.addTransceiver('video', { direction: 'recvonly' }))
    peer.addTransceiver('audio', { direction: 'recvonly' })
    peer.addEventListener('track', ({ track }) => this.stream.addTrack(track))
    peer.addEventListener('connectionstatechange', () => this.connectionChanged())
    this.timers = [
      setInterval(() => this.watch(), WATCH_INTERVAL_MS),
      setInterval(() => void this.measure(), NETSTATUS_INTERVAL_MS),
    ]
    this.watchFrames()
    this.open(url).catch((error: unknown) => this.lose((error as Error).message))
  }

  sound(): MediaStream | null {
    const tracks = this.stream.getAudioTracks()
    return tracks.length > 0 ? new MediaStream(tracks) : null
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    for (const timer of this.timers) clearInterval(timer)
    this.session.close()
  }

  private async open(url: string): Promise<void> {
    const address = gatewayUrl('whep', url)
    if (!address) throw new Error('not a URL to play')
    await this.session.negotiate(address)
    if (this.closed) return
    this.watchTransport()
    this.listener.onPicture(this.picture)
    this.picture.play().catch(() => this.playMuted())
  }

  /** A browser refuses sound before the first tap: show the picture without it meanwhile. */
  private playMuted(): void {
    if (this.closed) return
    this.picture.muted = true
    this.picture.play().catch(() => undefined)
    document.addEventListener('pointerdown', () => (this.picture.muted = false), { once: true })
  }

  private connectionChanged(): void {
    if (this.closed) return
    const { connectionState } = this.session.peer
    if (connectionState === 'connected') {
      this.listener.onCode(PLAY_CODE.CONNECTED, 'connected')
      this.listener.onCode(PLAY_CODE.RECEIVING, 'receiving')
    } else if (connectionState === 'failed' || connectionState === 'closed') this.lose('the connection was lost')
  }

  /** The gateway ends a session whose stream has ended; the connection's own state says so only much later. */
  private watchTransport(): void {
    const transport = this.session.peer.getReceivers()[0]?.transport
    transport?.addEventListener('statechange', () => {
      if (transport.state === 'closed' || transport.state === 'failed') this.lose('the stream has ended')
    })
  }

  private watchFrames(): void {
    this.picture.requestVideoFrameCallback(() => {
      if (this.closed) return
      this.onDrawn()
      this.watchFrames()
    })
  }

  private onDrawn(): void {
    this.drawn += 1
    this.drawnAt = performance.now()
    if (this.drawn > 1 && !this.stalled) return
    this.stalled = false
    this.picture.dataset.state = 'playing'
    this.listener.onCode(PLAY_CODE.PLAYING, 'playing')
    if (this.drawn > 1) return
    const ms = performance.now() - this.startedAt
    hub.report({ type: 'measure', name: 'playToFirstFrame', userId: this.picture.dataset.userId ?? '', ms })
    this.listener.onCode(PLAY_CODE.FIRST_FRAME_DRAWN, 'first frame drawn')
  }

  private watch(): void {
    const now = performance.now()
    if (now - Math.max(this.drawnAt, this.receivedAt) > SILENCE_MS) this.lose('nothing received')
    else if (this.drawn > 0 && !this.stalled && now - this.drawnAt > STALL_MS) {
      this.stalled = true
      this.picture.dataset.state = 'stalled'
      this.listener.onCode(PLAY_CODE.LOADING, 'loading')
    }
  }

  private async measure(): Promise<void> {
    let bytes = 0
    let jitterMs = 0
    for (const report of (await this.session.peer.getStats()).values() as Iterable<Record<string, unknown>>) {
      if (report.type !== 'inbound-rtp') continue
      bytes += Number(report.bytesReceived ?? 0)
      jitterMs = Math.max(jitterMs, Number(report.jitter ?? 0) * 1000)
    }
    if (this.closed) return
    const before = this.measured
    if (bytes > before.bytes) this.receivedAt = performance.now()
    this.measured = { frames: this.drawn, bytes }
    const netSpeed = Math.round(((bytes - before.bytes) * 8) / NETSTATUS_INTERVAL_MS)
    this.listener.onNetStatus({
      netSpeed,
      videoFPS: Math.round(((this.drawn - before.frames) * 1000) / NETSTATUS_INTERVAL_MS),
      netJitter: Math.round(jitterMs),
      netQualityLevel: netSpeed === 0 ? 6 : jitterMs < 30 ? 1 : jitterMs < 60 ? 2 : jitterMs < 120 ? 3 : 4,
    })
  }

  private lose(reason: string): void {
    if (this.closed) return
    this.close()
    this.picture.dataset.state = 'failed'
    this.listener.onCode(PLAY_CODE.GAVE_UP, reason)
  }
}
