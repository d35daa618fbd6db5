import type { PublisherOptions } from '../../src/view/room-view'

/** How the live-pusher encodes. */
export type Encoding = Pick<PublisherOptions, 'mode' | 'minBitrate' | 'maxBitrate' | 'audioQuality'>

function preset(
  mode: Encoding['mode'],
  minBitrate: number,
  maxBitrate: number,
  audioQuality: Encoding['audioQuality'],
): Encoding {
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

/** A profile, corrected by what is said beside it. */
export function encodingOf(values: Partial<Omit<Encoding, 'audioQuality'>>, profile: Encoding): Encoding {
  const { mode, minBitrate, maxBitrate } = { ...profile, ...values }
  const least = Math.round(minBitrate)
  return { ...profile, mode, minBitrate: least, maxBitrate: Math.max(least, Math.round(maxBitrate)) }
}
