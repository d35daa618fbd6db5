import type { MediaStreamTrack, RTCPeerConnection } from 'werift'
import { avcConfigTag, avcTag, flvHeader, metadataTag, opusConfigTag, opusTag } from '../runtime/media/flv-writer'
import { opusHead } from '../runtime/media/opus-head'
import { GatewayPeer } from './gateway-peer'
import { H264Depacketizer } from './h264-depacketizer'
import { MediaLink } from './media-link'
import { answerOf, takeOffer } from './peer'
import { RtpClock } from './rtp-clock'

const VIDEO_RATE = 90_000
const AUDIO_RATE = 48_000
const OPUS_CHANNELS = 2
/** A browser sends key frames only when asked, and new viewers can begin only there. */
const KEY_FRAME_INTERVAL_MS = 1000

/** A browser publishes: RTP in, FLV out, nothing transcoded. */
export class WhipSession extends GatewayPeer {
  private readonly startedAt = performance.now()
  private link: MediaLink | null = null
  private streaming = false
  private keyFrames: ReturnType<typeof setInterval> | undefined
  /** What was offered: players wait for a sound that is announced, and a shared screen has none. */
  private hasAudio = false

  /**
   * Takes the offer and the stream.
   * @param url where the media server takes the stream, signed
   * @throws BadOffer, or Error when the media server refuses
   */
  static async open(
    peer: RTCPeerConnection,
    offer: string,
    url: string,
  ): Promise<{ session: WhipSession; answer: string }> {
    const session = new WhipSession(peer)
    try {
      peer.onTrack.subscribe((track) => session.receive(track))
      await takeOffer(peer, offer)
      session.hasAudio = /^m=audio /m.test(offer)
      const answer = await answerOf(peer)
      session.link = await MediaLink.publish(url, { onClose: () => session.close() })
      if (session.isClosed) throw new Error('closed meanwhile')
      return { session, answer }
    } catch (error) {
      session.close()
      throw error
    }
  }

  protected connected(): void {
    this.askKeyFrame()
    this.keyFrames ??= setInterval(() => this.askKeyFrame(), KEY_FRAME_INTERVAL_MS)
  }

  protected release(): void {
    clearInterval(this.keyFrames)
    this.link?.close()
  }

  private receive(track: MediaStreamTrack): void {
    if (track.kind === 'audio') this.receiveAudio(track)
    else this.receiveVideo(track)
  }

  private receiveAudio(track: MediaStreamTrack): void {
    const clock = new RtpClock(AUDIO_RATE)
    track.onReceiveRtp.subscribe(({ header, payload }) => {
      const ms = clock.msOf(header.timestamp, this.elapsedMs())
      if (this.streaming && payload.length > 0) this.link?.send(opusTag(ms, payload))
    })
  }

  private receiveVideo(track: MediaStreamTrack): void {
    const clock = new RtpClock(VIDEO_RATE)
    const depacketizer = new H264Depacketizer({
      onConfig: (config) => this.begin(config),
      onPicture: ({ timestamp, key, data }) =>
        this.link?.send(avcTag(clock.msOf(timestamp, this.elapsedMs()), key, data)),
      onLoss: () => this.askKeyFrame(),
    })
    track.onReceiveRtp.subscribe(({ header, payload }) => {
      const { sequenceNumber, timestamp, marker } = header
      depacketizer.push({ sequenceNumber, timestamp, marker, payload })
    })
  }

  /** The stream starts with its first key frame; a later change of the picture's size brings a new configuration only. */
  private begin(config: Uint8Array): void {
    const { link, hasAudio } = this
    if (!link) return
    if (!this.streaming) {
      link.send(flvHeader(hasAudio, true))
      link.send(metadataTag({ hasVideo: true, hasAudio, videocodecid: 7, encoder: 'roomlet-gateway' }))
      if (hasAudio) link.send(opusConfigTag(opusHead(OPUS_CHANNELS, AUDIO_RATE)))
    }
    link.send(avcConfigTag(config))
    this.streaming = true
  }

  private askKeyFrame(): void {
    for (const receiver of this.peer.getReceivers()) {
      if (receiver.kind !== 'video') continue
      for (const { ssrc } of receiver.tracks) if (ssrc) receiver.sendRtcpPLI(ssrc).catch(() => undefined)
    }
  }

  private elapsedMs(): number {
    return performance.now() - this.startedAt
  }
}
