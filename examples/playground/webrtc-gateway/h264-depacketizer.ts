/** NAL unit types (H.264, table 7-1) and packet types of RFC 6184. */
const SLICE_IDR = 5
const SPS = 7
const PPS = 8
const DELIMITER = 9
const STAP_A = 24
const FU_A = 28
const TYPE_MASK = 0x1f
const FU_START = 0x80
const FU_END = 0x40

export interface RtpSlice {
  readonly sequenceNumber: number
  readonly timestamp: number
  /** last packet of its picture */
  readonly marker: boolean
  readonly payload: Uint8Array
}

/** One picture. `data` has each unit behind its length, as FLV wants it. */
export interface AccessUnit {
  /** of RTP: 90 kHz, 32 bits */
  readonly timestamp: number
  readonly key: boolean
  readonly data: Uint8Array
}

export interface DepacketizerListener {
  /** The AVCDecoderConfigurationRecord of what follows; called again when it changes. */
  onConfig(config: Uint8Array): void
  onPicture(picture: AccessUnit): void
  /** Packets are missing: nothing more is told until the next key frame. */
  onLoss(): void
}

/** RTP packets → H.264 pictures (RFC 6184, non-interleaved). */
export class H264Depacketizer {
  private units: Uint8Array[] = []
  private fragments: Uint8Array[] | null = null
  private timestamp: number | null = null
  private expected: number | null = null
  private sps: Uint8Array | null = null
  private pps: Uint8Array | null = null
  private config = ''
  private waitingForKey = true

  constructor(private readonly listener: DepacketizerListener) {}

  /** Throws nothing, whatever the packet holds. */
  push({ sequenceNumber, timestamp, marker, payload }: RtpSlice): void {
    if (this.expected !== null && sequenceNumber !== this.expected) {
      // an old packet, sent again or late, belongs to a picture that is gone already
      if (((sequenceNumber - this.expected) & 0xffff) > 0x8000) return
      this.lose()
    }
    this.expected = (sequenceNumber + 1) & 0xffff
    if (this.timestamp !== null && timestamp !== this.timestamp) this.finish()
    this.timestamp = timestamp
    if (payload.length > 0) this.take(payload)
    if (marker) this.finish()
  }

  private lose(): void {
    this.units = []
    this.fragments = null
    this.waitingForKey = true
    this.listener.onLoss()
  }

  private take(payload: Uint8Array): void {
    const type = (payload[0] ?? 0) & TYPE_MASK
    if (type === STAP_A) this.takeAggregate(payload)
    else if (type === FU_A) this.takeFragment(payload)
    else if (type < STAP_A) this.units.push(payload)
  }

  private takeAggregate(payload: Uint8Array): void {
    for (let at = 1; at + 2 < payload.length;) {
      const size = ((payload[at] ?? 0) << 8) | (payload[at + 1] ?? 0)
      const unit = payload.subarray(at + 2, at + 2 + size)
      if (size === 0 || unit.length < size) return
      this.units.push(unit)
      at += 2 + size
    }
  }

  private takeFragment(payload: Uint8Array): void {
    const [indicator = 0, header = 0] = payload
    if (payload.length < 3) return
    if (header & FU_START) this.fragments = [Uint8Array.of((indicator & ~TYPE_MASK) | (header & TYPE_MASK))]
    this.fragments?.push(payload.subarray(2))
    if (!(header & FU_END) || !this.fragments) return
    this.units.push(joined(this.fragments))
    this.fragments = null
  }

  private finish(): void {
    const { units, timestamp } = this
    this.units = []
    this.fragments = null
    if (units.length === 0 || timestamp === null) return
    for (const unit of units) {
      if (typeOf(unit) === SPS) this.sps = unit.slice()
      if (typeOf(unit) === PPS) this.pps = unit.slice()
    }
    const key = units.some((unit) => typeOf(unit) === SLICE_IDR)
    if (this.waitingForKey && !key) return
    if (key && !this.tellConfig()) return
    this.waitingForKey = false
    const slices = units.filter((unit) => ![SPS, PPS, DELIMITER].includes(typeOf(unit)))
    if (slices.length > 0) this.listener.onPicture({ timestamp, key, data: lengthPrefixed(slices) })
  }

  /** @returns whether there is one */
  private tellConfig(): boolean {
    const { sps, pps } = this
    if (!sps || sps.length < 4 || !pps) return false
    const config = decoderConfig(sps, pps)
    const text = Buffer.from(config).toString('hex')
    if (text !== this.config) this.listener.onConfig(config)
    this.config = text
    return true
  }
}

function typeOf(unit: Uint8Array): number {
  return (unit[0] ?? 0) & TYPE_MASK
}

/** ISO/IEC 14496-15, 5.2.4.1, with four-byte lengths. */
function decoderConfig(sps: Uint8Array, pps: Uint8Array): Uint8Array {
  const [, profile = 0, compatibility = 0, level = 0] = sps
  const head = [1, profile, compatibility, level, 0xff, 0xe1]
  return Uint8Array.from([
    ...head,
    sps.length >> 8,
    sps.length & 255,
    ...sps,
    1,
    pps.length >> 8,
    pps.length & 255,
    ...pps,
  ])
}

function lengthPrefixed(units: readonly Uint8Array[]): Uint8Array {
  return joined(
    units.flatMap((unit) => {
      const length = new Uint8Array(4)
      new DataView(length.buffer).setUint32(0, unit.length)
      return [length, unit]
    }),
  )
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}
