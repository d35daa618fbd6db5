import { RoomError } from '../../src/errors'
import type { TagOptions } from '../../src/view/room-view'
import { flagOf, numberOf, textOf } from './property-parsers'

/**
 * What each option takes: 'flag', 'text', 'routes' (what of leaving a page opens the small window), '0-7' for a number in this
 * range, or words of which it takes one.
 */
export type Kinds = Readonly<Record<string, string>>

/** Attributes of live-pusher that have no property of their own. */
export const PUSHER_OPTIONS = kindsOf({
  flag: 'autoFocus zoom backgroundMute mirror remoteMirror enableMic enableAgc enableAns customEffect enableVideoCustomRender debug enableEarMonitor',
  text: 'waitingImage waitingImageHash',
  routes: 'pictureInPictureMode',
  '0-1': 'skinWhiteness skinSmoothness faceThinness eyeBigness',
  '0-7': 'audioReverbType',
  '0-11': 'voiceChangerType',
  '1-30': 'fps',
  '1-4096': 'videoWidth videoHeight',
  'high low': 'audioQuality',
  'auto enable disable': 'localMirror',
  'auto media voicecall': 'audioVolumeType',
  'smooth nature': 'beautyStyle',
  'standard pink nostalgia blues romantic cool fresher solor aestheticism whitening cerisered': 'filter',
})

/** Attributes of live-player that a room does not decide by itself. */
export const PLAYER_OPTIONS = kindsOf({
  flag: 'muted muteAudio muteVideo backgroundMute autoPauseIfNavigate autoPauseIfOpenNative enableAutoRotation enableCasting enableRecvMessage enableSystemPip enableMetadata debug',
  text: 'pictureInPictureInitPosition',
  routes: 'pictureInPictureMode',
  '0-30': 'minCache maxCache',
  'vertical horizontal': 'orientation',
  'contain fillCrop': 'objectFit',
  'speaker ear': 'soundMode',
  'origin no-referrer': 'referrerPolicy',
})

export interface ReadOptions {
  readonly options: TagOptions
  /** One for each option that is left out, naming it. */
  readonly problems: readonly RoomError[]
}

/**
 * Reads `pusher-options` or `player-options`: names in camelCase or as attributes are written, values or their text.
 * What is unknown or cannot be read is left out and told of; numbers out of range are clamped.
 */
export function tagOptionsOf(attribute: string, kinds: Kinds, written: unknown): ReadOptions {
  const options: Record<string, unknown> = {}
  const problems: RoomError[] = []
  const complain = (what: string): void => void problems.push(new RoomError('BAD_PARAMETER', `${attribute}${what}`))
  if (typeof written !== 'object') {
    if (textOf(written)) complain(': an object is needed')
    return { options, problems }
  }
  for (const [name, value] of Object.entries(written ?? {})) {
    const key = name.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())
    const kind = Object.prototype.hasOwnProperty.call(kinds, key) ? kinds[key] : undefined
    if (kind === undefined) complain(`: there is no option ${name}`)
    else if (value !== undefined && value !== null) {
      const read = valueOf(kind, value)
      if (read === undefined) complain(`: ${name} cannot be ${JSON.stringify(value)}`)
      else options[key] = read
    }
  }
  return { options, problems }
}

/** undefined = mistyped */
function valueOf(kind: string, value: unknown): unknown {
  const text = textOf(value)
  if (kind === 'flag') {
    const flag = flagOf(value, true)
    return flag === flagOf(value, false) ? flag : undefined
  }
  if (kind === 'text') return text || (value === '' ? '' : undefined)
  if (kind === 'routes') return isRoutes(value) ? value : undefined
  const [least = NaN, most = NaN] = kind.split('-').map(Number)
  if (Number.isNaN(most)) return kind.split(' ').find((word) => word === text)
  const number = numberOf(value, NaN, { least, most })
  return Number.isNaN(number) ? undefined : number
}

function isRoutes(value: unknown): boolean {
  const routes: unknown[] = Array.isArray(value) ? value : [value]
  return routes.every((route) => route === '' || route === 'push' || route === 'pop')
}

function kindsOf(names: Kinds): Kinds {
  const kinds: Record<string, string> = {}
  for (const kind of Object.keys(names)) for (const name of (names[kind] ?? '').split(' ')) kinds[name] = kind
  return kinds
}
