import { CALL_ENCODING } from '../shared/encoding'
import { roomProperties, roomSettings } from '../shared/room-settings'
import type { RoomDefaults, RoomProperties, RoomSettings, Templates } from '../shared/room-settings'

/** Every attribute that `<rtc-room>` takes, other spellings in circulation included. */
export const rtcRoomProperties = roomProperties

export type RtcRoomProperties = RoomProperties

export const RTC_ROOM_TEMPLATES: Templates = {
  '1v1': '1v1',
  '1v3': '1v3',
  grid: 'grid',
  float: 'float',
  bigsmall: 'bigsmall',
}

const DEFAULTS: RoomDefaults = {
  component: 'rtc-room',
  templates: RTC_ROOM_TEMPLATES,
  template: '1v3',
  encoding: CALL_ENCODING,
  beauty: 5,
}

/** What the properties mean at this moment. */
export function rtcRoomSettings(properties: RtcRoomProperties): RoomSettings {
  return roomSettings(properties, DEFAULTS)
}
