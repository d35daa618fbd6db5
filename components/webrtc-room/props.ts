import { RoomError } from '../../src/errors'
import type { TrtcConfig } from '../../src/provider/trtc/config'
import type { LayoutName } from '../../src/view/layouts'
import type { Encoding } from '../shared/encoding'
import { choiceOf, flagOf, integerOf, textOf } from '../shared/property-parsers'
import type { RoomSettings } from '../shared/room-controller'
import { lenient, roomProperties, roomSettings } from '../shared/room-settings'

/** Every attribute that `<webrtc-room>` takes, other spellings in circulation included. */
export const webrtcRoomProperties = {
  ...roomProperties,
  sdkAppID: lenient,
  userID: lenient,
  userSig: lenient,
  strRoomID: lenient,
  role: lenient,
  scene: lenient,
  roomCreator: lenient,
  autoplay: lenient,
  enableIM: lenient,
  pureAudioPushMod: lenient,
  recordId: lenient,
  smallViewLeft: lenient,
  smallViewTop: lenient,
  smallViewWidth: lenient,
  smallViewHeight: lenient,
  waitingImg: lenient,
  loadingImg: lenient,
}

export type WebrtcRoomProperties = Readonly<Partial<Record<keyof typeof webrtcRoomProperties, unknown>>>

export interface WebrtcRoomSettings extends RoomSettings {
  /** As the page has written it: the provider checks it and names what is wrong. */
  readonly trtc: { readonly [K in Exclude<keyof TrtcConfig, 'legacy'>]?: unknown }
  readonly userSig: string
  readonly autoplay: boolean
  readonly enableIM: boolean
}

/** Values of `template`; each is a layout of the same name. */
export const WEBRTC_ROOM_TEMPLATES = [
  'float',
  'bigsmall',
  'grid',
  '1v1',
  '1v3',
  '1u3d',
  '1l3r',
] as const satisfies readonly LayoutName[]

const ENCODING: Encoding = { mode: 'RTC', minBitrate: 200, maxBitrate: 400, audioQuality: 'high' }
const FILTER_STRENGTH = { least: 0, most: 9 }

/** What the properties mean at this moment. */
export function webrtcRoomSettings(properties: WebrtcRoomProperties): WebrtcRoomSettings {
  const settings = roomSettings(properties, {
    component: 'webrtc-room',
    templates: new Map(WEBRTC_ROOM_TEMPLATES.map((name) => [name, name])),
    template: 'float',
    encoding: ENCODING,
  })
  const { view, request } = settings
  const isAudience = textOf(properties.role) === 'audience'
  // the tag of somebody who only watches has to stand on the page all the same: it is what enters the room
  const muted = view.publisher.muted || isAudience
  const camera = view.publisher.camera && !isAudience && textOf(properties.pureAudioPushMod) === ''
  const stringRoom = textOf(properties.strRoomID)
  return {
    ...settings,
    refusal: refusalOf(properties),
    view: {
      ...view,
      publisher: {
        ...view.publisher,
        muted,
        camera,
        beauty: integerOf(properties.beauty, 0, FILTER_STRENGTH),
        aspect: choiceOf(properties.aspect, ['3:4', '9:16'], '9:16'),
      },
    },
    request: {
      ...request,
      roomId: stringRoom || request.roomId,
      kind: 'webrtc',
      role: isAudience ? 'audience' : 'anchor',
      audio: !muted,
      video: camera,
    },
    provider: settings.provider || 'trtc',
    trtc: trtcConfigOf(properties, stringRoom !== ''),
    userSig: textOf(properties.userSig),
    autoplay: flagOf(properties.autoplay, false),
    enableIM: flagOf(properties.enableIM, false),
  }
}

function trtcConfigOf(properties: WebrtcRoomProperties, stringRoom: boolean): WebrtcRoomSettings['trtc'] {
  const pureAudio = textOf(properties.pureAudioPushMod)
  return {
    sdkAppID: textOf(properties.sdkAppID),
    userID: textOf(properties.userID),
    userSig: textOf(properties.userSig),
    stringRoom,
    privateMapKey: textOf(properties.privateMapKey),
    scene: textOf(properties.scene) === 'live' ? 'live' : 'videocall',
    pureAudioMode: pureAudio === '' ? undefined : Number(pureAudio),
    recordId: textOf(properties.recordId),
    roomCreator: textOf(properties.roomCreator),
  }
}

/** Of each property that has only a few values, those that are left; '' is the default. */
const CHOICES = {
  role: ['', 'anchor', 'audience'],
  scene: ['', 'rtc', 'videocall', 'live'],
  pureAudioPushMod: ['', '1', '2'],
} as const satisfies Partial<Record<keyof WebrtcRoomProperties, readonly string[]>>

function refusalOf(properties: WebrtcRoomProperties): RoomError | null {
  for (const name of Object.keys(CHOICES) as (keyof typeof CHOICES)[]) {
    const choices: readonly string[] = CHOICES[name]
    const text = textOf(properties[name])
    if (choices.includes(text)) continue
    return new RoomError('BAD_PARAMETER', `${name}: "${text}" is none of ${choices.filter(Boolean).join(', ')}`)
  }
  return null
}
