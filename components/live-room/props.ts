import { RoomError } from '../../src/errors'
import type { LayoutName } from '../../src/view/layouts'
import { PROFILES } from '../shared/encoding'
import { choiceOf, flagOf, numberOf, textOf } from '../shared/property-parsers'
import type { RoomSettings } from '../shared/room-controller'
import { lenient, roomProperties, roomSettings } from '../shared/room-settings'
import type { RoomDefaults } from '../shared/room-settings'

/** Every attribute that `<live-room>` takes, other spellings in circulation included. */
export const liveRoomProperties = {
  ...roomProperties,
  role: lenient,
  pureaudio: lenient,
  pureAudio: lenient,
  objectFit: lenient,
  minCache: lenient,
  maxCache: lenient,
}

export type LiveRoomProperties = Readonly<Partial<Record<keyof typeof liveRoomProperties, unknown>>>

/** The layouts in which the presenter leads, whoever looks at it. */
export const LIVE_ROOM_TEMPLATES: ReadonlyMap<string, LayoutName> = new Map([
  ['1v1', '1v1'],
  ['1v3', 'presenter'],
  ['float', 'aside'],
  ['grid', 'grid'],
  ['bigsmall', 'bigsmall'],
])

const DEFAULT_TEMPLATE = '1v3'
const PRESENTER: RoomDefaults = {
  component: 'live-room',
  templates: LIVE_ROOM_TEMPLATES,
  template: DEFAULT_TEMPLATE,
  encoding: PROFILES['live-hd'],
}
/** A guest talks with the presenter: echo has to be cancelled and latency low, whatever the presenter publishes with. */
const AUDIENCE: RoomDefaults = { ...PRESENTER, encoding: PROFILES.service }

const CACHE_S = { least: 0, most: 30 }
/** From this bitrate on a player of the broadcast needs the larger cache, kbps. */
const HIGH_BITRATE_KBPS = 2000
const USUAL_CACHE = { min: 1, max: 3 }
const LARGE_CACHE = { min: 3, max: 5 }

/** What the properties mean at this moment. */
export function liveRoomSettings(properties: LiveRoomProperties): RoomSettings {
  const roleText = textOf(properties.role)
  const isAudience = roleText === 'audience'
  const settings = roomSettings(
    isAudience && !textOf(properties.aspect) ? { ...properties, aspect: '3:4' } : properties,
    isAudience ? AUDIENCE : PRESENTER,
  )
  const { view, request } = settings
  const camera = view.publisher.camera && !flagOf(properties.pureaudio ?? properties.pureAudio, false)
  const cache = view.publisher.maxBitrate >= HIGH_BITRATE_KBPS ? LARGE_CACHE : USUAL_CACHE
  const minCache = numberOf(properties.minCache, cache.min, CACHE_S)
  return {
    ...settings,
    refusal: refusalOf(roleText, request.roomId),
    view: {
      ...view,
      publisher: { ...view.publisher, camera },
      playback: {
        objectFit: choiceOf(properties.objectFit, ['contain', 'fillCrop'], 'fillCrop'),
        minCache,
        maxCache: Math.max(minCache, numberOf(properties.maxCache, cache.max, CACHE_S)),
      },
    },
    request: { ...request, kind: 'live', role: isAudience ? 'audience' : 'anchor', capacity: 'group', video: camera },
  }
}

function refusalOf(role: string, roomId: string): RoomError | null {
  if (role === 'audience') return roomId ? null : new RoomError('BAD_PARAMETER', 'roomId: an audience needs a room')
  if (role === '' || role === 'presenter') return null
  return new RoomError('BAD_PARAMETER', `role: "${role}" is neither presenter nor audience`)
}
