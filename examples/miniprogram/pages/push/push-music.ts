import type { Publisher } from 'roomlet/media'
import type { TagPage } from '../../tag-page'
import { FULL_VOLUME } from './push-page-data'
import type { PUSH_PAGE_DATA } from './push-page-data'

/** As the platform names its code 10003. */
const LOAD_FAILED = 'BGM_LOAD_FAIL'
const NO_MUSIC = { bgm: 'off', bgmText: '', bgmPercent: 0 } as const

interface MusicPage extends TagPage {
  readonly data: typeof PUSH_PAGE_DATA
  readonly publisher: Publisher | null
  /** Rises with each music that begins or ends; what an earlier one answers late is dropped. */
  musicRun: number
  setMicVolume(): void
  musicEnded(): void
  musicFailed(): void
}

type ProgressEvent = { readonly detail: { readonly progress?: number; readonly duration?: number } }

/** Music that is mixed into what the page publishes. */
export const PUSH_MUSIC_METHODS = {
  onBgmStart(this: MusicPage) {
    this.publisher?.bgmstart()
  },

  onBgmProgress(this: MusicPage, event: ProgressEvent) {
    this.publisher?.bgmprogress(event)
  },

  onBgmComplete(this: MusicPage) {
    this.publisher?.bgmcomplete()
  },

  followMusic(this: MusicPage, publisher: Publisher) {
    publisher.on('bgmStarted', () => this.setData({ bgm: 'playing' }))
    publisher.on('bgmProgressed', ({ progress, duration }) => {
      const seconds = (ms: number): number => Math.round(ms / 1000)
      const bgmPercent = duration > 0 ? Math.round((progress / duration) * 100) : 0
      this.setData({ bgmText: `${seconds(progress)} / ${seconds(duration)} s`, bgmPercent })
    })
    publisher.on('bgmCompleted', () => this.musicEnded())
    // a tag that begins anew has forgotten the volume
    const restore = (): void => {
      if (this.data.micVolume !== FULL_VOLUME) this.setMicVolume()
    }
    publisher.on('connected', restore)
    publisher.on('reconnected', restore)
    publisher.on('errorReported', ({ name }) => {
      if (name === LOAD_FAILED) this.musicFailed()
    })
  },

  async toggleMusic(this: MusicPage) {
    const { publisher } = this
    const { bgm } = this.data
    if (!publisher || bgm === 'loading') return
    if (bgm === 'off') return playMusic(this, publisher)
    try {
      await (bgm === 'playing' ? publisher.pauseBGM() : publisher.resumeBGM())
      this.setData({ bgm: bgm === 'playing' ? 'paused' : 'playing' })
    } catch (error) {
      this.showError(error)
    }
  },

  async stopMusic(this: MusicPage) {
    if (this.data.bgm === 'off') return
    this.musicEnded()
    await this.publisher?.stopBGM().catch((error: unknown) => this.showError(error))
  },

  chooseMusicVolume(this: MusicPage, { detail }: WechatMiniprogram.SliderChange) {
    this.setData({ bgmVolume: detail.value })
    if (this.data.bgm === 'off') return
    this.publisher
      ?.setBGMVolume({ volume: detail.value / FULL_VOLUME })
      .catch((error: unknown) => this.showError(error))
  },

  chooseMicVolume(this: MusicPage, { detail }: WechatMiniprogram.SliderChange) {
    this.setData({ micVolume: detail.value })
    this.setMicVolume()
  },

  setMicVolume(this: MusicPage) {
    const volume = this.data.micVolume / FULL_VOLUME
    this.publisher?.setMICVolume({ volume }).catch((error: unknown) => this.showError(error))
  },

  musicEnded(this: MusicPage) {
    this.musicRun += 1
    this.setData(NO_MUSIC)
  },

  musicFailed(this: MusicPage) {
    this.musicEnded()
    this.showToast(this.data.t.musicFailed)
  },
}

async function playMusic(page: MusicPage, publisher: Publisher): Promise<void> {
  const run = (page.musicRun += 1)
  page.setData({ bgm: 'loading' })
  try {
    await publisher.playBGM({ url: page.data.bgmUrl.trim() })
    await publisher.setBGMVolume({ volume: page.data.bgmVolume / FULL_VOLUME })
    if (page.musicRun === run && page.data.bgm === 'loading') page.setData({ bgm: 'playing' })
  } catch {
    // why is in the platform's words, which no person can do anything with
    if (page.musicRun === run) page.musicFailed()
  }
}
