import { RoomError } from '../../src/errors'
import type { TrtcConfig } from '../../src/provider/trtc/config'
import { CALL_ENCODING } from '../shared/encoding'
import { kindsOf, textOf, valuesOf } from '../shared/property-parsers'
import type { ValuesOf } from '../shared/property-parsers'
import { propertiesOf, roomProperties, roomSettings } from '../shared/room-settings'
import type { RoomDefaults, RoomSettings } from '../shared/room-settings'

const KINDS = kindsOf({
  flag: 'autoplay enableIM',
  text: 'sdkAppID userID userSig strRoomID roomCreator recordId privateMapKey',
  // read by the WXML
  any: 'smallViewLeft smallViewTop smallViewWidth smallViewHeight waitingImg loadingImg',
  'anchor audience': 'role',
  'rtc videocall live': 'scene',
  '1 2': 'pureAudioPushMod',
})

type Values = ValuesOf<typeof KINDS>

/** Every attribute that `<webrtc-room>` takes, other spellings in circulation included. */
export const webrtcRoomProperties = { ...roomProperties, ...propertiesOf(KINDS) }

export type WebrtcRoomProperties = Readonly<Partial<Record<keyof typeof webrtcRoomProperties, unknown>>>

export interface WebrtcRoomSettings extends RoomSettings {
  /** As the page has written it: the provider checks it and names what is wrong. */
  readonly trtc: { readonly [K in Exclude<keyof TrtcConfig, 'legacy'>]?: unknown }
  readonly userSig: string
  readonly autoplay: boolean
  readonly enableIM: boolean
}

export const WEBRTC_ROOM_TEMPLATES = {
  float: 'float',
  bigsmall: 'bigsmall',
  grid: 'grid',
  '1v1': '1v1',
  '1v3': '1v3',
  '1u3d': '1u3d',
  '1l3r': '1l3r',
} as const

const DEFAULTS: RoomDefaults = {
  component: 'webrtc-room',
  templates: WEBRTC_ROOM_TEMPLATES,
  template: 'float',
  encoding: CALL_ENCODING,
  beauty: 0,
  aspect: '9:16',
}

/** What the properties mean at this moment. */
export function webrtcRoomSettings(properties: WebrtcRoomProperties): WebrtcRoomSettings {
  const values = valuesOf(KINDS, properties)
  const { role = 'anchor', strRoomID, autoplay = false, enableIM = false, userSig = '' } = values
  const settings = roomSettings(properties, DEFAULTS)
  const { view, request } = settings
  const isAudience = role === 'audience'
  // the tag of somebody who only watches has to stand on the page all the same: it is what enters the room
  const muted = view.publisher.muted || isAudience
  const camera = view.publisher.camera && !isAudience && !values.pureAudioPushMod
  return {
    ...settings,
    refusal: refusalOf(properties, values),
    view: { ...view, publisher: { ...view.publisher, muted, camera } },
    request: { ...request, roomId: strRoomID || request.roomId, kind: 'webrtc', role },
    provider: settings.provider || 'trtc',
    trtc: trtcConfigOf(values),
    userSig,
    autoplay,
    enableIM,
  }
}

function trtcConfigOf(values: Values): WebrtcRoomSettings['trtc'] {
  const { sdkAppID, userID, userSig, privateMapKey, recordId, roomCreator, strRoomID, scene, pureAudioPushMod } = values
  return {
    ...{ sdkAppID, userID, userSig, privateMapKey, recordId, roomCreator },
    stringRoom: Boolean(strRoomID),
    scene: scene === 'live' ? 'live' : 'videocall',
    pureAudioMode: pureAudioPushMod && Number(pureAudioPushMod),
  }
}

/** Properties that have only a few values: with any other there is no call. */
const CHOICES = ['role', 'scene', 'pureAudioPushMod'] as const

function refusalOf(properties: WebrtcRoomProperties, values: Values): RoomError | null {
  for (const name of CHOICES) {
    const text = textOf(properties[name])
    if (text === '' || values[name] !== undefined) continue
    return new RoomError('BAD_PARAMETER', `${name}: "${text}" is none of ${KINDS[name].split(' ').join(', ')}`)
  }
  return null
}
