/**
 * A small strip of black and white cells, burned into the picture at capture, that says who was filmed and when. Tests and the
 * latency figure read it back after encoding, network and decoding: the fake camera looks the same on every phone.
 */
const COLUMNS = 16
const ROWS = 3
const CLOCK_BITS = 24
const ID_BITS = 16
const CHECK_BITS = 8
/** In units of a picture whose shorter side is 360; the cells must survive H.264 at low rates. */
const REFERENCE_SIDE = 360
const CELL = 7
const PLATE_CENTRE = 0.12
/** from the centre of the plate down to the strip */
const STRIP_OFFSET = 20
const BRIGHT = 128

export interface ClockReading {
  /** {@link idHash} of the publisher's userID */
  readonly idHash: number
  /** the clock's ms, modulo {@link CLOCK_PERIOD_MS} */
  readonly clockMs: number
}

export const CLOCK_PERIOD_MS = 2 ** CLOCK_BITS

/** FNV-1a folded to 16 bits. */
export function idHash(userId: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(userId)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return (hash ^ (hash >>> 16)) & 0xffff
}

/** ms from the reading to `nowMs`, both of the same clock. */
export function ageOf(reading: ClockReading, nowMs: number): number {
  const age = (Math.round(nowMs) - reading.clockMs) % CLOCK_PERIOD_MS
  return age < 0 ? age + CLOCK_PERIOD_MS : age
}

export interface StripRect {
  readonly x: number
  readonly y: number
  readonly cell: number
}

/** One unit of the burned-in plate in a picture of this size, px: a picture that lies has no larger plate than one that stands. */
export function plateUnit(width: number, height: number): number {
  return Math.min(width, height) / REFERENCE_SIDE
}

/** Where the strip stands in a picture of this size, px. */
export function stripRect(width: number, height: number): StripRect {
  const unit = plateUnit(width, height)
  const cell = CELL * unit
  return { x: (width - COLUMNS * cell) / 2, y: height * PLATE_CENTRE + STRIP_OFFSET * unit, cell }
}

export const STRIP_COLUMNS = COLUMNS
export const STRIP_ROWS = ROWS

/** The cells row by row, true = white. */
export function encodeClock(userId: string, nowMs: number): boolean[] {
  const hash = idHash(userId)
  const clock = Math.round(nowMs) % CLOCK_PERIOD_MS
  const bits: boolean[] = []
  push(bits, clock, CLOCK_BITS)
  push(bits, hash, ID_BITS)
  push(bits, checkOf(clock, hash), CHECK_BITS)
  return bits
}

/** null when the picture shows no intact strip. `rgba` covers the whole strip: `columns × scale` by `rows × scale` pixels. */
export function decodeClock(rgba: Uint8ClampedArray, scale: number): ClockReading | null {
  const rowPixels = COLUMNS * scale
  const bits = Array.from({ length: COLUMNS * ROWS }, (_, index) => {
    const x = (index % COLUMNS) * scale + (scale >> 1)
    const y = Math.floor(index / COLUMNS) * scale + (scale >> 1)
    const at = (y * rowPixels + x) * 4
    return ((rgba[at] ?? 0) + (rgba[at + 1] ?? 0) + (rgba[at + 2] ?? 0)) / 3 > BRIGHT
  })
  const clockMs = pull(bits, 0, CLOCK_BITS)
  const hash = pull(bits, CLOCK_BITS, ID_BITS)
  const check = pull(bits, CLOCK_BITS + ID_BITS, CHECK_BITS)
  return check === checkOf(clockMs, hash) ? { idHash: hash, clockMs } : null
}

/** Never 0 for all zeros, so that a black picture is not a reading. */
function checkOf(clock: number, hash: number): number {
  let check = 0x5a
  for (const byte of [clock, clock >>> 8, clock >>> 16, hash, hash >>> 8])
    check = (Math.imul(check ^ (byte & 0xff), 31) + 7) & 0xff
  return check
}

function push(bits: boolean[], value: number, count: number): void {
  for (let bit = count - 1; bit >= 0; bit -= 1) bits.push(((value >>> bit) & 1) === 1)
}

function pull(bits: readonly boolean[], from: number, count: number): number {
  return bits.slice(from, from + count).reduce((value, bit) => value * 2 + (bit ? 1 : 0), 0)
}
