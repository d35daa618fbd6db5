import { choiceOf, integerOf, textOf } from './property-parsers'

/** How the live-pusher encodes: `mode` and `audioQuality` are its attributes, bitrates are kbps. */
export interface Encoding {
  readonly mode: EncodingMode
  readonly minBitrate: number
  readonly maxBitrate: number
  readonly audioQuality: 'high' | 'low'
}

/** `RTC` is for talking (echo is cancelled, latency is low), the others are for one who presents. */
export type EncodingMode = (typeof MODES)[number]

const MODES = ['RTC', 'SD', 'HD', 'FHD'] as const
const BITRATE_KBPS = { least: 1, most: 10_000 }

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

const PROFILE_NAMES = Object.keys(PROFILES) as ProfileName[]

export interface EncodingProperties {
  readonly profile?: unknown
  readonly mode?: unknown
  readonly minBitrate?: unknown
  readonly maxBitrate?: unknown
}

/** The profile, corrected by what is said beside it; without a profile `byDefault` takes its place. */
export function encodingOf(properties: EncodingProperties, byDefault: Encoding): Encoding {
  const name = PROFILE_NAMES.find((profile) => profile === textOf(properties.profile))
  const base: Encoding = name ? PROFILES[name] : byDefault
  const minBitrate = integerOf(properties.minBitrate, base.minBitrate, BITRATE_KBPS)
  return {
    mode: choiceOf(properties.mode, MODES, base.mode),
    minBitrate,
    maxBitrate: Math.max(minBitrate, integerOf(properties.maxBitrate, base.maxBitrate, BITRATE_KBPS)),
    audioQuality: base.audioQuality,
  }
}

/** For the page's developer; '' when nothing is wrong. */
export function profileWarning(component: string, value: unknown): string {
  const name = textOf(value)
  if (name === '' || PROFILE_NAMES.some((profile) => profile === name)) return ''
  return `${component}: there is no profile "${name}" (${PROFILE_NAMES.join(', ')}), the default is used`
}
