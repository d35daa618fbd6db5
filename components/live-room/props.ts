import { RoomError } from '../../src/errors'
import { PROFILES } from '../shared/encoding'
import { kindsOf, valuesOf } from '../shared/property-parsers'
import { propertiesOf, roomProperties, roomSettings } from '../shared/room-settings'
import type { RoomDefaults, RoomSettings, Templates } from '../shared/room-settings'

const KINDS = kindsOf({
  text: 'role',
  flag: 'pureaudio pureAudio',
  'contain fillCrop': 'objectFit',
  '0-30': 'minCache maxCache',
})

/** Every attribute that `<live-room>` takes, other spellings in circulation included. */
export const liveRoomProperties = { ...roomProperties, ...propertiesOf(KINDS) }

export type LiveRoomProperties = Readonly<Partial<Record<keyof typeof liveRoomProperties, unknown>>>

/** The presenter leads, whoever looks at it. */
export const LIVE_ROOM_TEMPLATES: Templates = {
  '1v1': '1v1',
  '1v3': 'presenter',
  float: 'aside',
  grid: 'grid',
  bigsmall: 'bigsmall',
}

const PRESENTER: RoomDefaults = {
  component: 'live-room',
  templates: LIVE_ROOM_TEMPLATES,
  template: '1v3',
  encoding: PROFILES['live-hd'],
  beauty: 5,
}
/** A guest talks with the presenter: echo has to be cancelled and latency low, whatever the presenter publishes with. */
const AUDIENCE: RoomDefaults = { ...PRESENTER, encoding: PROFILES.service, aspect: '3:4' }

/** From this bitrate on a player of the broadcast needs the larger cache, kbps. */
const HIGH_BITRATE_KBPS = 2000
const LARGE_CACHE = { minCache: 3, maxCache: 5 }

/** What the properties mean at this moment. */
export function liveRoomSettings(properties: LiveRoomProperties): RoomSettings {
  const { role = '', pureAudio, pureaudio = pureAudio, ...written } = valuesOf(KINDS, properties)
  const isAudience = role === 'audience'
  const settings = roomSettings(properties, isAudience ? AUDIENCE : PRESENTER)
  const { view, request } = settings
  const { publisher } = view
  const camera = publisher.camera && !pureaudio
  const playback = { ...view.playback, ...(publisher.maxBitrate >= HIGH_BITRATE_KBPS && LARGE_CACHE), ...written }
  return {
    ...settings,
    refusal: refusalOf(role, request.roomId),
    view: {
      ...view,
      publisher: { ...publisher, camera },
      playback: { ...playback, maxCache: Math.max(playback.minCache, playback.maxCache) },
    },
    request: { ...request, kind: 'live', role: isAudience ? 'audience' : 'anchor', capacity: 'group' },
  }
}

function refusalOf(role: string, roomId: string): RoomError | null {
  if (role === 'audience') return roomId ? null : new RoomError('BAD_PARAMETER', 'roomId: an audience needs a room')
  if (role === '' || role === 'presenter') return null
  return new RoomError('BAD_PARAMETER', `role: "${role}" is neither presenter nor audience`)
}
