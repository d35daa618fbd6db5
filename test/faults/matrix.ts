import type { FaultRow } from './fault-row'
import { APP_ROWS } from './rows/app-rows'
import { DEVICE_ROWS } from './rows/device-rows'
import { JOIN_ROWS } from './rows/join-rows'
import { LEAVING_ROWS } from './rows/leaving-rows'
import { LINK_ROWS } from './rows/link-rows'
import { LIVE_ROWS } from './rows/live-rows'
import { MEDIA_ROWS } from './rows/media-rows'
import { ROOM_ROWS } from './rows/room-rows'
import { TWO_ROOMS_ROW } from './rows/two-rooms-row'

/** Every fault that is tried, in the order of the README's table. */
export const MATRIX: readonly FaultRow[] = [
  ...MEDIA_ROWS,
  ...DEVICE_ROWS,
  ...LINK_ROWS,
  ...APP_ROWS,
  ...JOIN_ROWS,
  ...LEAVING_ROWS,
  ...ROOM_ROWS,
  ...LIVE_ROWS,
  TWO_ROOMS_ROW,
]
