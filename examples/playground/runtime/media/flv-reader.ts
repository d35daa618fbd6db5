const FILE_HEADER_BYTES = 13
const TAG_HEADER_BYTES = 11
const PREVIOUS_SIZE_BYTES = 4
const CODEC_AVC = 7
const CODEC_AAC = 10
/** Enhanced RTMP: the codec's four letters follow, `Opus` here */
const CODEC_EXTENDED = 9
const FOURCC_BYTES = 4
const OPUS = 0x4f707573

export type FlvTag =
  | { readonly type: 'avcConfig'; readonly data: Uint8Array }
  /** `timestamp` is the decoding time, ms; the composition offset is added for display */
  | {
      readonly type: 'avc'
      readonly timestamp: number
      readonly offset: number
      readonly key: boolean
      readonly data: Uint8Array
    }
  | { readonly type: 'aacConfig'; readonly data: Uint8Array }
  | { readonly type: 'aac'; readonly timestamp: number; readonly data: Uint8Array }
  | { readonly type: 'opusConfig'; readonly data: Uint8Array }
  | { readonly type: 'opus'; readonly timestamp: number; readonly data: Uint8Array }

/** Cuts a stream of bytes into FLV tags, however the bytes were split. Codecs other than H.264, AAC and Opus are passed over. */
export class FlvReader {
  private rest = new Uint8Array(0)
  private headerSeen = false

  constructor(private readonly onTag: (tag: FlvTag) => void) {}

  /** Throws when the bytes are no FLV. */
  push(chunk: Uint8Array): void {
    const bytes = this.rest.length ? concat(this.rest, chunk) : chunk
    let at = 0
    if (!this.headerSeen) {
      if (bytes.length < FILE_HEADER_BYTES) {
        this.rest = bytes.slice()
        return
      }
      if (bytes[0] !== 0x46 || bytes[1] !== 0x4c || bytes[2] !== 0x56) throw new Error('not an FLV stream')
      this.headerSeen = true
      at = FILE_HEADER_BYTES
    }
    at = this.readTags(bytes, at)
    this.rest = bytes.slice(at)
  }

  private readTags(bytes: Uint8Array, from: number): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let at = from
    while (bytes.length - at >= TAG_HEADER_BYTES) {
      const size = view.getUint32(at) & 0xffffff
      const end = at + TAG_HEADER_BYTES + size + PREVIOUS_SIZE_BYTES
      if (end > bytes.length) break
      const time = view.getUint32(at + 4)
      const timestamp = ((time >>> 8) | ((time & 0xff) << 24)) >>> 0
      const body = bytes.slice(at + TAG_HEADER_BYTES, at + TAG_HEADER_BYTES + size)
      const tag = parse(view.getUint8(at), timestamp, body)
      if (tag) this.onTag(tag)
      at = end
    }
    return at
  }
}

function parse(type: number, timestamp: number, body: Uint8Array): FlvTag | null {
  const [first = 0, packet = 0] = body
  if (type === 9 && (first & 15) === CODEC_AVC) {
    if (packet === 0) return { type: 'avcConfig', data: body.subarray(5) }
    if (packet !== 1) return null
    const offset = (((body[2] ?? 0) << 24) | ((body[3] ?? 0) << 16) | ((body[4] ?? 0) << 8)) >> 8
    return { type: 'avc', timestamp, offset, key: first >> 4 === 1, data: body.subarray(5) }
  }
  if (type === 8 && first >> 4 === CODEC_AAC)
    return packet === 0
      ? { type: 'aacConfig', data: body.subarray(2) }
      : { type: 'aac', timestamp, data: body.subarray(2) }
  return type === 8 && first >> 4 === CODEC_EXTENDED ? parseExtended(first & 15, timestamp, body) : null
}

function parseExtended(packet: number, timestamp: number, body: Uint8Array): FlvTag | null {
  const [, a = 0, b = 0, c = 0, d = 0] = body
  if (((a << 24) | (b << 16) | (c << 8) | d) >>> 0 !== OPUS) return null
  const data = body.subarray(1 + FOURCC_BYTES)
  if (packet === 0) return { type: 'opusConfig', data }
  return packet === 1 ? { type: 'opus', timestamp, data } : null
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
