const FULL_SCALE = 0x8000
/** What counts as silence, dB below full scale. */
const FLOOR_DB = -60

/** How loud 16-bit samples are, 0 (silence) to 100 (full scale), on the ear's scale. */
export function levelOf(samples: ArrayBuffer): number {
  const view = new Int16Array(samples, 0, Math.floor(samples.byteLength / 2))
  let sum = 0
  for (const sample of view) sum += (sample / FULL_SCALE) ** 2
  if (sum === 0) return 0
  const decibels = 10 * Math.log10(sum / view.length)
  return Math.round(Math.max(0, Math.min(1, 1 - decibels / FLOOR_DB)) * 100)
}
