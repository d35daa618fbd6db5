import { MediaStreamTrack, RtpHeader, RtpPacket, type RTCPeerConnection } from 'werift'
import { FlvReader, type FlvTag } from '../runtime/media/flv-reader'
import { GatewayPeer } from './gateway-peer'
import { packetize, parameterSetsOf } from './h264-packetizer'
import { MediaLink } from './media-link'
import { answerOf, takeOffer } from './peer'

const VIDEO_TICKS_PER_MS = 90
const AUDIO_TICKS_PER_MS = 48

/** A browser plays: FLV in, RTP out. Sound other than Opus stays behind. */
export class WhepSession extends GatewayPeer {
  private readonly video = new OutgoingTrack('video')
  private readonly audio = new OutgoingTrack('audio')
  private readonly reader = new FlvReader((tag) => this.forward(tag))
  private parameterSets: Uint8Array[] = []
  private link: MediaLink | null = null
  private linking = false

  private constructor(
    peer: RTCPeerConnection,
    private readonly url: string,
  ) {
    super(peer)
  }

  /** @param url where the media server gives the stream, signed. @throws BadOffer */
  static async open(
    peer: RTCPeerConnection,
    offer: string,
    url: string,
  ): Promise<{ session: WhepSession; answer: string }> {
    const session = new WhepSession(peer, url)
    try {
      await takeOffer(peer, offer)
      for (const transceiver of peer.getTransceivers()) {
        const { track } = transceiver.kind === 'video' ? session.video : session.audio
        await transceiver.sender.replaceTrack(track)
        transceiver.setDirection('sendonly')
      }
      return { session, answer: await answerOf(peer) }
    } catch (error) {
      session.close()
      throw error
    }
  }

  /** Only now: what came before would be lost, and a stream begins with its key frame. */
  protected connected(): void {
    if (this.linking) return
    this.linking = true
    const listener = { onData: (data: Buffer) => this.read(data), onClose: () => this.close() }
    MediaLink.play(this.url, listener).then(
      (link) => {
        this.link = link
        if (this.isClosed) link.close()
      },
      () => this.close(),
    )
  }

  protected release(): void {
    this.link?.close()
  }

  private read(data: Buffer): void {
    try {
      this.reader.push(data)
    } catch {
      this.close()
    }
  }

  private forward(tag: FlvTag): void {
    if (this.isClosed) return
    if (tag.type === 'avcConfig') this.parameterSets = parameterSetsOf(tag.data)
    else if (tag.type === 'opus') this.audio.write(tag.timestamp * AUDIO_TICKS_PER_MS, tag.data, false)
    else if (tag.type === 'avc') {
      const timestamp = (tag.timestamp + tag.offset) * VIDEO_TICKS_PER_MS
      for (const { payload, marker } of packetize(tag.data, tag.key ? this.parameterSets : []))
        this.video.write(timestamp, payload, marker)
    }
  }
}

/** Numbers the packets of one track; payload type and source are the sender's to fill in. */
class OutgoingTrack {
  readonly track: MediaStreamTrack
  private sequenceNumber = 0

  constructor(kind: 'audio' | 'video') {
    this.track = new MediaStreamTrack({ kind })
  }

  write(timestamp: number, payload: Uint8Array, marker: boolean): void {
    const header = new RtpHeader({ sequenceNumber: this.sequenceNumber, timestamp: timestamp >>> 0, marker })
    this.sequenceNumber = (this.sequenceNumber + 1) & 0xffff
    this.track.writeRtp(new RtpPacket(header, Buffer.from(payload)))
  }
}
