import type { LayoutName } from '../../src/view/layouts'
import type { Encoding } from '../shared/encoding'
import type { RoomSettings } from '../shared/room-controller'
import { roomProperties, roomSettings } from '../shared/room-settings'
import type { RoomProperties } from '../shared/room-settings'

/** Every attribute that `<rtc-room>` takes, other spellings in circulation included. */
export const rtcRoomProperties = roomProperties

export type RtcRoomProperties = RoomProperties

/** Values of `template`; each is a layout of the same name. */
export const RTC_ROOM_TEMPLATES = ['1v1', '1v3', 'grid', 'float', 'bigsmall'] as const satisfies readonly LayoutName[]

const ENCODING: Encoding = { mode: 'RTC', minBitrate: 200, maxBitrate: 400, audioQuality: 'high' }

/** What the properties mean at this moment. */
export function rtcRoomSettings(properties: RtcRoomProperties): RoomSettings {
  return roomSettings(properties, {
    component: 'rtc-room',
    templates: new Map(RTC_ROOM_TEMPLATES.map((name) => [name, name])),
    template: '1v3',
    encoding: ENCODING,
  })
}
