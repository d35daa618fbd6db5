import { TAG_PAGE_DATA } from '../../tag-page'

export type PushMode = 'RTC' | 'SD' | 'HD' | 'FHD'

/** per cent */
export const FULL_VOLUME = 100

/** What the page shows; the attributes of its live-pusher by their names. */
export const PUSH_PAGE_DATA = {
  ...TAG_PAGE_DATA,
  mode: 'RTC' as PushMode,
  modes: ['RTC', 'SD', 'HD', 'FHD'] as readonly PushMode[],
  orientation: 'vertical' as 'vertical' | 'horizontal',
  /** kbit/s */
  minBitrate: 200,
  /** kbit/s */
  maxBitrate: 1000,
  beauty: 5,
  beautySteps: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  mirror: false,
  camera: true,
  torch: false,
  bgmUrl: '',
  bgm: 'off' as 'off' | 'loading' | 'playing' | 'paused',
  /** How far the music is, '' while there is none. */
  bgmText: '',
  /** The same as a share of its length. */
  bgmPercent: 0,
  /** per cent */
  bgmVolume: 60,
  micVolume: FULL_VOLUME,
}
