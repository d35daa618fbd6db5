import type { Language } from '../../src/errors'
import { DEFAULT_LAYOUT } from '../../src/view/layouts'
import type { LayoutName } from '../../src/view/layouts'
import { encodingOf, profileWarning } from './encoding'
import type { Encoding } from './encoding'
import { choiceOf, firstTextOf, flagOf, integerOf, textOf } from './property-parsers'
import type { RoomSettings } from './room-controller'
import { PLAYER_OPTIONS, PUSHER_OPTIONS, tagOptionsOf } from './tag-options'

/**
 * Lenient on purpose: WeChat turns the literal `muted="false"` of a Boolean property into true, and says "received
 * type-incompatible value" for a number where a String is declared.
 */
export const lenient = { type: null }

/** The attributes that every room component takes, other spellings in circulation included. */
export const roomProperties = {
  provider: lenient,
  template: lenient,
  roomId: lenient,
  roomID: lenient,
  roomid: lenient,
  roomName: lenient,
  record: lenient,
  privateMapKey: lenient,
  roomname: lenient,
  roomInfo: lenient,
  userName: lenient,
  userAvatar: lenient,
  beauty: lenient,
  whiteness: lenient,
  muted: lenient,
  enableCamera: lenient,
  aspect: lenient,
  mode: lenient,
  profile: lenient,
  minBitrate: lenient,
  maxBitrate: lenient,
  devicePosition: lenient,
  orientation: lenient,
  debug: lenient,
  language: lenient,
  pusherOptions: lenient,
  playerOptions: lenient,
  memberData: lenient,
}

export type RoomProperties = Readonly<Partial<Record<keyof typeof roomProperties, unknown>>>

/** What tells one component's settings from another's. */
export interface RoomDefaults {
  /** tag name, for warnings */
  readonly component: string
  /** The layout of each `template`. */
  readonly templates: ReadonlyMap<string, LayoutName>
  readonly template: string
  readonly encoding: Encoding
}

const FILTER_STRENGTH = { least: 0, most: 9 }
const DEFAULT_BEAUTY = 5
const ASPECTS = ['3:4', '9:16'] as const
const LANGUAGES: readonly Language[] = ['zh', 'en']

/** What the properties mean at this moment, for a room in which everyone publishes. */
export function roomSettings(properties: RoomProperties, defaults: RoomDefaults): RoomSettings {
  const { layout, warning } = templateOf(properties.template, defaults)
  const userName = textOf(properties.userName)
  const muted = flagOf(properties.muted, false)
  const camera = flagOf(properties.enableCamera, true)
  const pusher = tagOptionsOf('pusher-options', PUSHER_OPTIONS, properties.pusherOptions)
  const player = tagOptionsOf('player-options', PLAYER_OPTIONS, properties.playerOptions)
  return {
    warning: warning || profileWarning(defaults.component, properties.profile),
    provider: textOf(properties.provider),
    problems: [...pusher.problems, ...player.problems],
    view: {
      layout,
      language: choiceOf(properties.language, LANGUAGES, 'zh'),
      debug: flagOf(properties.debug, false),
      selfName: userName,
      publisher: {
        ...encodingOf(properties, defaults.encoding),
        muted,
        camera,
        beauty: integerOf(properties.beauty, DEFAULT_BEAUTY, FILTER_STRENGTH),
        whiteness: integerOf(properties.whiteness, 0, FILTER_STRENGTH),
        aspect: choiceOf(properties.aspect, ASPECTS, aspectByLayout(layout)),
        devicePosition: choiceOf(properties.devicePosition, ['front', 'back'], 'front'),
        orientation: choiceOf(properties.orientation, ['vertical', 'horizontal'], 'vertical'),
      },
      playback: CALL_PLAYBACK,
      pusherOptions: pusher.options,
      playerOptions: player.options,
    },
    request: {
      roomId: firstTextOf(properties.roomId, properties.roomID, properties.roomid),
      roomName: firstTextOf(properties.roomName, properties.roomname, properties.roomInfo),
      role: 'anchor',
      capacity: layout === '1v1' ? 'pair' : 'group',
      userName,
      userAvatar: textOf(properties.userAvatar),
      audio: !muted,
      video: camera,
      ...(flagOf(properties.record, false) && { record: true }),
      privateMapKey: textOf(properties.privateMapKey),
    },
  }
}

/** Cache of a player in RTC mode, s; live mode has its own. */
export const CALL_PLAYBACK = { objectFit: 'fillCrop', minCache: 1, maxCache: 3 } as const

function templateOf(value: unknown, defaults: RoomDefaults): { layout: LayoutName; warning: string } {
  const name = textOf(value)
  const { component, templates, template } = defaults
  const layout = templates.get(name)
  if (layout) return { layout, warning: '' }
  const names = [...templates.keys()].join(', ')
  return {
    layout: templates.get(template) ?? DEFAULT_LAYOUT,
    warning: name && `${component}: there is no template "${name}" (${names}), ${template} is used`,
  }
}

/** A tile in a row of tiles is nearly square, a picture over the whole stage is as tall as the phone. */
function aspectByLayout(layout: LayoutName): (typeof ASPECTS)[number] {
  return layout === '1v3' || layout === 'grid' ? '3:4' : '9:16'
}
