import { RTCPeerConnection, RTCRtpCodecParameters } from 'werift'

/** An offer with more lines of a kind than any browser writes is no offer. */
const MAX_MEDIA_SECTIONS = 4
const MAX_CANDIDATES = 64
const LOOPBACK = '127.0.0.1'

/** Thrown for an offer that cannot be answered; the status says why. */
export class BadOffer extends Error {
  constructor(
    /** 400 = no SDP that can be read, 406 = nothing in common: H.264 is needed */
    readonly status: 400 | 406,
    message: string,
  ) {
    super(message)
  }
}

/** A peer for H.264 and Opus. @param loopbackOnly it listens to this machine alone */
export function createPeer(loopbackOnly: boolean): RTCPeerConnection {
  return new RTCPeerConnection({
    codecs: { video: [h264()], audio: [opus()] },
    iceServers: [],
    iceUseIpv4: !loopbackOnly,
    iceUseIpv6: false,
    iceAdditionalHostAddresses: [LOOPBACK],
    bundlePolicy: 'max-bundle',
  })
}

/** Takes an offer that somebody sent. Rejects with BadOffer, however hostile it is. */
export async function takeOffer(peer: RTCPeerConnection, offer: string): Promise<void> {
  const count = (pattern: RegExp): number => offer.match(pattern)?.length ?? 0
  if (!offer.startsWith('v=0') || !/^a=ice-ufrag:/m.test(offer) || !/^a=fingerprint:/m.test(offer))
    throw new BadOffer(400, 'not an offer')
  if (count(/^m=/gm) > MAX_MEDIA_SECTIONS || count(/^a=candidate:/gm) > MAX_CANDIDATES)
    throw new BadOffer(400, 'too much of an offer')
  if (!/^m=video /m.test(offer) || !/^a=rtpmap:\d+ H264\/90000/im.test(offer)) throw new BadOffer(406, 'no H.264 in it')
  try {
    await peer.setRemoteDescription({ type: 'offer', sdp: offer })
  } catch {
    throw new BadOffer(400, 'an offer that cannot be read')
  }
}

export async function answerOf(peer: RTCPeerConnection): Promise<string> {
  try {
    await peer.setLocalDescription(await peer.createAnswer())
  } catch {
    throw new BadOffer(406, 'an offer that cannot be answered')
  }
  return peer.localDescription?.sdp ?? ''
}

function h264(): RTCRtpCodecParameters {
  return new RTCRtpCodecParameters({
    mimeType: 'video/H264',
    clockRate: 90_000,
    payloadType: 96,
    rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'goog-remb' }],
    parameters: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
  })
}

function opus(): RTCRtpCodecParameters {
  return new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48_000, channels: 2, payloadType: 111 })
}
