import { RoomError } from '../../src/errors'
import type { TagOptions } from '../../src/view/room-view'
import { flagOf, numberOf, textOf } from './property-parsers'

/** What an option takes: a flag, a text, words for when a small window opens, a number from least to most, or one of these words. */
type Kind = 'flag' | 'text' | 'routes' | readonly [least: number, most: number] | { readonly words: string }
type Kinds = Readonly<Record<string, Kind>>

const PIXELS: Kind = [1, 4096]
const SHARE: Kind = [0, 1]

/** Attributes of live-pusher that have no property of their own. */
export const PUSHER_OPTIONS: Kinds = {
  ...flags(
    'autoFocus zoom backgroundMute mirror remoteMirror enableMic enableAgc enableAns customEffect enableVideoCustomRender debug enableEarMonitor',
  ),
  audioQuality: { words: 'high low' },
  waitingImage: 'text',
  waitingImageHash: 'text',
  localMirror: { words: 'auto enable disable' },
  audioReverbType: [0, 7],
  voiceChangerType: [0, 11],
  audioVolumeType: { words: 'auto media voicecall' },
  videoWidth: PIXELS,
  videoHeight: PIXELS,
  fps: [1, 30],
  beautyStyle: { words: 'smooth nature' },
  filter: {
    words: 'standard pink nostalgia blues romantic cool fresher solor aestheticism whitening cerisered',
  },
  skinWhiteness: SHARE,
  skinSmoothness: SHARE,
  faceThinness: SHARE,
  eyeBigness: SHARE,
  pictureInPictureMode: 'routes',
}

/** Attributes of live-player that a room does not decide by itself. */
export const PLAYER_OPTIONS: Kinds = {
  ...flags(
    'muted muteAudio muteVideo backgroundMute autoPauseIfNavigate autoPauseIfOpenNative enableAutoRotation enableCasting enableRecvMessage enableSystemPip enableMetadata debug',
  ),
  orientation: { words: 'vertical horizontal' },
  objectFit: { words: 'contain fillCrop' },
  minCache: [0, 30],
  maxCache: [0, 30],
  soundMode: { words: 'speaker ear' },
  referrerPolicy: { words: 'origin no-referrer' },
  pictureInPictureInitPosition: 'text',
  pictureInPictureMode: 'routes',
}

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
function valueOf(kind: Kind, value: unknown): unknown {
  if (kind === 'flag') {
    const flag = flagOf(value, true)
    return flag === flagOf(value, false) ? flag : undefined
  }
  if (kind === 'text') return value === '' ? '' : textOf(value) || undefined
  if (kind === 'routes') return isRoutes(value) ? value : undefined
  if ('words' in kind) return kind.words.split(' ').find((word) => word === textOf(value))
  const [least, most] = kind
  const number = numberOf(value, NaN, { least, most })
  return Number.isNaN(number) ? undefined : number
}

/** '', 'push', 'pop', or a list of them: the way of leaving the page that opens the small window. */
function isRoutes(value: unknown): boolean {
  const routes: unknown[] = Array.isArray(value) ? value : [value]
  return routes.every((route) => route === '' || route === 'push' || route === 'pop')
}

function flags(names: string): Kinds {
  const kinds: Record<string, Kind> = {}
  for (const name of names.split(' ')) kinds[name] = 'flag'
  return kinds
}
