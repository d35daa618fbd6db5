/** How the live-pusher encodes: `mode` and `audioQuality` are its attributes, bitrates are kbps. */
export interface Encoding {
  readonly mode: EncodingMode
  readonly minBitrate: number
  readonly maxBitrate: number
  readonly audioQuality: 'high' | 'low'
}

/** `RTC` is for talking (echo is cancelled, latency is low), the others are for one who presents. */
export type EncodingMode = 'RTC' | 'SD' | 'HD' | 'FHD'

function preset(mode: EncodingMode, minBitrate: number, maxBitrate: number, audioQuality: 'high' | 'low'): Encoding {
  return { mode, minBitrate, maxBitrate, audioQuality }
}

/** Values of the property `profile`: what fits which kind of room. */
export const PROFILES = {
  'live-sd': preset('SD', 300, 800, 'high'),
  'live-hd': preset('HD', 600, 1200, 'high'),
  'live-fhd': preset('FHD', 600, 1800, 'high'),
  service: preset('RTC', 200, 500, 'high'),
  claims: preset('RTC', 200, 1200, 'high'),
  'meeting-speaker': preset('RTC', 200, 1000, 'high'),
  'meeting-member': preset('RTC', 150, 300, 'low'),
} as const satisfies Record<string, Encoding>

export type ProfileName = keyof typeof PROFILES

/** What a call has unless the page says otherwise. */
export const CALL_ENCODING = preset('RTC', 200, 400, 'high')

export interface EncodingValues {
  readonly mode?: EncodingMode
  readonly minBitrate?: number
  readonly maxBitrate?: number
}

/** A profile, corrected by what is said beside it. */
export function encodingOf(values: EncodingValues, profile: Encoding): Encoding {
  const { mode, minBitrate, maxBitrate } = { ...profile, ...values }
  const least = Math.round(minBitrate)
  return { ...profile, mode, minBitrate: least, maxBitrate: Math.max(least, Math.round(maxBitrate)) }
}
