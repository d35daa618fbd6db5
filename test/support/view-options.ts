import type { ViewOptions } from '../../src/view/select-room-view'

/** How rtc-room is configured when a page sets nothing. */
export const VIEW_OPTIONS: ViewOptions = {
  layout: '1v3',
  language: 'zh',
  debug: false,
  selfName: '我',
  publisher: {
    muted: false,
    camera: true,
    beauty: 5,
    whiteness: 0,
    aspect: '3:4',
    minBitrate: 200,
    maxBitrate: 400,
    devicePosition: 'front',
    orientation: 'vertical',
    mode: 'RTC',
    audioQuality: 'high',
  },
  playback: { objectFit: 'fillCrop', minCache: 1, maxCache: 3 },
}
