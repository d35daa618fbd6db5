import { RoomError } from '../../src/errors'
import type { JoinRequest } from '../../src/provider/provider'
import type { LayoutName } from '../../src/view/layouts'
import type { ViewOptions } from '../../src/view/select-room-view'
import { encodingOf, PROFILES } from './encoding'
import type { Encoding } from './encoding'
import { kindsOf, valuesOf } from './property-parsers'
import type { Kinds, ValuesOf } from './property-parsers'
import { PLAYER_OPTIONS, PUSHER_OPTIONS, tagOptionsOf } from './tag-options'

/** A component's properties, parsed. */
export interface RoomSettings {
  /** What the page has written that cannot be and is left out, each naming it. */
  readonly problems: readonly RoomError[]
  /** Why start() cannot be: a parameter that a room cannot do without is wrong. */
  readonly refusal?: RoomError | null
  /** Name of who carries the room; '' = the component's own choice. */
  readonly provider: string
  readonly view: ViewOptions
  /** Microphone and camera are the publisher's of `view`. */
  readonly request: Omit<JoinRequest, 'audio' | 'video'>
}

const KINDS = kindsOf({
  flag: 'record muted enableCamera debug',
  text: 'provider template roomId roomID roomid roomName roomname roomInfo privateMapKey userName userAvatar profile',
  any: 'pusherOptions playerOptions memberData',
  '0-9': 'beauty whiteness',
  '1-10000': 'minBitrate maxBitrate',
  '3:4 9:16': 'aspect',
  'RTC SD HD FHD': 'mode',
  'front back': 'devicePosition',
  'vertical horizontal': 'orientation',
  'zh en': 'language',
})

/**
 * Lenient on purpose: WeChat turns the literal `muted="false"` of a Boolean property into true, and says "received
 * type-incompatible value" for a number where a String is declared.
 */
export function propertiesOf<K extends Kinds>(kinds: K): { readonly [Name in keyof K]: { type: null } } {
  const properties: Record<string, { type: null }> = {}
  for (const name of Object.keys(kinds)) properties[name] = { type: null }
  return properties as { readonly [Name in keyof K]: { type: null } }
}

/** The attributes that every room component takes, other spellings in circulation included. */
export const roomProperties = propertiesOf(KINDS)

export type RoomProperties = Readonly<Partial<Record<keyof typeof roomProperties, unknown>>>

/** What a page may write, and the layout that it gets. */
export type Templates = Readonly<Record<'1v1' | '1v3' | 'grid' | 'float' | 'bigsmall', LayoutName>>

/** What tells one component's settings from another's. */
export interface RoomDefaults {
  /** tag name, for warnings */
  readonly component: string
  readonly templates: Templates
  readonly template: keyof Templates
  readonly encoding: Encoding
  readonly beauty: number
  /** As the layout wants it when it is missing. */
  readonly aspect?: '3:4' | '9:16'
}

/** What the properties mean at this moment, for a room in which everyone publishes. */
export function roomSettings(properties: RoomProperties, defaults: RoomDefaults): RoomSettings {
  const values = valuesOf(KINDS, properties)
  const problems: RoomError[] = []
  const chosen = <T>(what: string, name: string, table: Readonly<Record<string, T>>, used: string): T | undefined => {
    const names = Object.keys(table)
    if (names.includes(name)) return table[name]
    const problem = `${defaults.component}: there is no ${what} "${name}" (${names.join(', ')}), ${used} is used`
    if (name) problems.push(new RoomError('BAD_PARAMETER', problem))
    return undefined
  }
  const { templates, template } = defaults
  const layout = chosen('template', values.template ?? '', templates, template) ?? templates[template]
  const profile = chosen('profile', values.profile ?? '', PROFILES, 'the default') ?? defaults.encoding
  return {
    provider: values.provider ?? '',
    problems,
    view: {
      layout,
      language: values.language ?? 'zh',
      debug: values.debug ?? false,
      selfName: values.userName ?? '',
      publisher: {
        ...encodingOf(values, profile),
        muted: values.muted ?? false,
        camera: values.enableCamera ?? true,
        beauty: Math.round(values.beauty ?? defaults.beauty),
        whiteness: Math.round(values.whiteness ?? 0),
        aspect: values.aspect ?? defaults.aspect ?? aspectByLayout(layout),
        devicePosition: values.devicePosition ?? 'front',
        orientation: values.orientation ?? 'vertical',
      },
      playback: { objectFit: 'fillCrop', minCache: 1, maxCache: 3 },
      pusherOptions: tagOptionsOf('pusher-options', PUSHER_OPTIONS, properties.pusherOptions, problems),
      playerOptions: tagOptionsOf('player-options', PLAYER_OPTIONS, properties.playerOptions, problems),
    },
    request: requestOf(values, layout),
  }
}

function requestOf(values: ValuesOf<typeof KINDS>, layout: LayoutName): RoomSettings['request'] {
  return {
    roomId: values.roomId || values.roomID || values.roomid || '',
    roomName: values.roomName || values.roomname || values.roomInfo || '',
    role: 'anchor',
    capacity: layout === '1v1' ? 'pair' : 'group',
    userName: values.userName ?? '',
    userAvatar: values.userAvatar ?? '',
    ...(values.record && { record: true }),
    privateMapKey: values.privateMapKey ?? '',
  }
}

/** A tile in a row of tiles is nearly square, a picture over the whole stage is as tall as the phone. */
function aspectByLayout(layout: LayoutName): '3:4' | '9:16' {
  return layout === '1v3' || layout === 'grid' ? '3:4' : '9:16'
}
