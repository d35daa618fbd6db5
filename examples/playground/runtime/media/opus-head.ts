const SIZE = 19
/** Samples of 48 kHz that the encoder needs before the sound begins (RFC 7845, 4.2). */
const PRE_SKIP = 312

/** The OpusHead of RFC 7845 for one or two channels: what a decoder is configured with. */
export function opusHead(channels: number, sampleRate: number): Uint8Array {
  const head = new Uint8Array(SIZE)
  const view = new DataView(head.buffer)
  for (const [at, letter] of [...'OpusHead'].entries()) view.setUint8(at, letter.charCodeAt(0))
  view.setUint8(8, 1)
  view.setUint8(9, channels)
  view.setUint16(10, PRE_SKIP, true)
  view.setUint32(12, sampleRate, true)
  return head
}

export function channelsOf(head: Uint8Array): number {
  return head[9] || 1
}
