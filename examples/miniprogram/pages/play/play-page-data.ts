import { TAG_PAGE_DATA } from '../../tag-page'

export type PlayMode = 'live' | 'RTC'

/** What the page shows; the attributes of its live-player by their names. */
export const PLAY_PAGE_DATA = {
  ...TAG_PAGE_DATA,
  mode: 'live' as PlayMode,
  modes: ['live', 'RTC'] as readonly PlayMode[],
  orientation: 'vertical' as 'vertical' | 'horizontal',
  objectFit: 'contain' as 'contain' | 'fillCrop',
  /** s */
  minCache: 1,
  /** s */
  maxCache: 3,
  paused: false,
  fullScreen: false,
  /** Leaving the page keeps the picture, in a small window. */
  pipOnLeave: true,
  inPip: false,
}
