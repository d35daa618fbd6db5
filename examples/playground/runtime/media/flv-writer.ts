/** Writes FLV: H.264 video and AAC or Opus audio, one tag at a time. Timestamps are ms. */
const TAG_AUDIO = 8
const TAG_VIDEO = 9
const TAG_SCRIPT = 18
const TAG_HEADER_BYTES = 11
const PREVIOUS_SIZE_BYTES = 4
const AVC_KEY_FRAME = 0x17
const AVC_INTER_FRAME = 0x27
/** AAC, 44 kHz flag, 16 bit, stereo flag: fixed for AAC, whatever it really is */
const AAC_SOUND = 0xaf
/** Enhanced RTMP: sound format 9, then what the packet is, then the codec's four letters */
const OPUS_CONFIG = [0x90, ...ascii('Opus')]
const OPUS_FRAME = [0x91, ...ascii('Opus')]
const AMF_NUMBER = 0
const AMF_BOOLEAN = 1
const AMF_STRING = 2
const AMF_ECMA_ARRAY = 8

export type FlvMetadata = Record<string, number | boolean | string>

export function flvHeader(hasAudio: boolean, hasVideo: boolean): Uint8Array {
  const flags = (hasAudio ? 4 : 0) | (hasVideo ? 1 : 0)
  return new Uint8Array([0x46, 0x4c, 0x56, 1, flags, 0, 0, 0, 9, 0, 0, 0, 0])
}

export function metadataTag(metadata: FlvMetadata): Uint8Array {
  const entries = Object.entries(metadata)
  const bytes: number[] = [AMF_STRING, ...amfText('onMetaData'), AMF_ECMA_ARRAY, ...uint32(entries.length)]
  for (const [name, value] of entries) bytes.push(...amfText(name), ...amfValue(value))
  return tag(TAG_SCRIPT, 0, [...bytes, 0, 0, 9], new Uint8Array(0))
}

export function avcConfigTag(config: Uint8Array): Uint8Array {
  return tag(TAG_VIDEO, 0, [AVC_KEY_FRAME, 0, 0, 0, 0], config)
}

export function avcTag(timestamp: number, key: boolean, data: Uint8Array): Uint8Array {
  return tag(TAG_VIDEO, timestamp, [key ? AVC_KEY_FRAME : AVC_INTER_FRAME, 1, 0, 0, 0], data)
}

export function aacConfigTag(config: Uint8Array): Uint8Array {
  return tag(TAG_AUDIO, 0, [AAC_SOUND, 0], config)
}

export function aacTag(timestamp: number, data: Uint8Array): Uint8Array {
  return tag(TAG_AUDIO, timestamp, [AAC_SOUND, 1], data)
}

/** `head` is the OpusHead of RFC 7845. */
export function opusConfigTag(head: Uint8Array): Uint8Array {
  return tag(TAG_AUDIO, 0, OPUS_CONFIG, head)
}

export function opusTag(timestamp: number, data: Uint8Array): Uint8Array {
  return tag(TAG_AUDIO, timestamp, OPUS_FRAME, data)
}

function ascii(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0))
}

function tag(type: number, timestamp: number, prefix: readonly number[], data: Uint8Array): Uint8Array {
  const size = prefix.length + data.length
  const bytes = new Uint8Array(TAG_HEADER_BYTES + size + PREVIOUS_SIZE_BYTES)
  const view = new DataView(bytes.buffer)
  const ms = Math.max(0, Math.round(timestamp))
  view.setUint32(0, (type << 24) | size)
  view.setUint32(4, ((ms & 0xffffff) << 8) | ((ms >>> 24) & 0xff))
  bytes.set(prefix, TAG_HEADER_BYTES)
  bytes.set(data, TAG_HEADER_BYTES + prefix.length)
  view.setUint32(TAG_HEADER_BYTES + size, TAG_HEADER_BYTES + size)
  return bytes
}

function amfText(text: string): number[] {
  const bytes = new TextEncoder().encode(text)
  return [bytes.length >> 8, bytes.length & 0xff, ...bytes]
}

function amfValue(value: number | boolean | string): number[] {
  if (typeof value === 'boolean') return [AMF_BOOLEAN, value ? 1 : 0]
  if (typeof value === 'string') return [AMF_STRING, ...amfText(value)]
  const number = new DataView(new ArrayBuffer(8))
  number.setFloat64(0, value)
  return [AMF_NUMBER, ...new Uint8Array(number.buffer)]
}

function uint32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff]
}
