/** What sound is encoded as. Phones speak AAC to any RTMP server; over TRTC, and in browsers, it is Opus. */
export type SoundCodec = 'aac' | 'opus'

/** `sound=opus` in the address: a phone that speaks and hears Opus, so that it shares a room with WebRTC. */
export function soundCodec(): SoundCodec {
  return new URLSearchParams(location.search).get('sound') === 'opus' ? 'opus' : 'aac'
}
