const FU_A = 28
const TYPE_MASK = 0x1f
const FU_START = 0x80
const FU_END = 0x40
/** Leaves room for the headers of RTP, SRTP, UDP and IP in a frame of Ethernet. */
const MAX_PAYLOAD_BYTES = 1180

export interface RtpPayload {
  readonly payload: Uint8Array
  /** last packet of its picture */
  readonly marker: boolean
}

/** The parameter sets in an AVCDecoderConfigurationRecord; none when it is broken. */
export function parameterSetsOf(config: Uint8Array): Uint8Array[] {
  const sets: Uint8Array[] = []
  let at = 5
  for (const countMask of [0x1f, 0xff]) {
    const count = (config[at] ?? 0) & countMask
    at += 1
    for (let index = 0; index < count; index += 1) {
      const size = ((config[at] ?? 0) << 8) | (config[at + 1] ?? 0)
      const set = config.subarray(at + 2, at + 2 + size)
      if (size === 0 || set.length < size) return []
      sets.push(set)
      at += 2 + size
    }
  }
  return sets
}

/** One picture of length-prefixed units → RTP payloads (RFC 6184); a key frame brings the parameter sets along. */
export function packetize(data: Uint8Array, parameterSets: readonly Uint8Array[]): RtpPayload[] {
  const units = [...parameterSets, ...unitsOf(data)]
  const payloads = units.flatMap((unit) => (unit.length <= MAX_PAYLOAD_BYTES ? [unit] : fragmentsOf(unit)))
  return payloads.map((payload, index) => ({ payload, marker: index === payloads.length - 1 }))
}

function unitsOf(data: Uint8Array): Uint8Array[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const units: Uint8Array[] = []
  for (let at = 0; at + 4 < data.length;) {
    const size = view.getUint32(at)
    if (size === 0 || at + 4 + size > data.length) break
    units.push(data.subarray(at + 4, at + 4 + size))
    at += 4 + size
  }
  return units
}

function fragmentsOf(unit: Uint8Array): Uint8Array[] {
  const [head = 0] = unit
  const fragments: Uint8Array[] = []
  for (let at = 1; at < unit.length; at += MAX_PAYLOAD_BYTES) {
    const part = unit.subarray(at, at + MAX_PAYLOAD_BYTES)
    const flags = (at === 1 ? FU_START : 0) | (at + part.length === unit.length ? FU_END : 0)
    const fragment = new Uint8Array(2 + part.length)
    fragment.set([(head & ~TYPE_MASK) | FU_A, flags | (head & TYPE_MASK)])
    fragment.set(part, 2)
    fragments.push(fragment)
  }
  return fragments
}
