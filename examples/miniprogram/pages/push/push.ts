import { createPublisher } from 'roomlet/media'
import type { Publisher, TagNativeEvent } from 'roomlet/media'
import { PageTimers } from '../../page-timers'
import { serverOf } from '../../server/server-choice'
import { testPushUrl } from '../../server/test-stream'
import { TAG_PAGE_METHODS, askedTag } from '../../tag-page'
import { NO_FIGURES } from '../../tag-status'
import type { TagKind } from '../../tag-status'
import { PUSH_MUSIC_METHODS } from './push-music'
import { PUSH_PAGE_DATA } from './push-page-data'
import type { PushMode } from './push-page-data'

type ValueTap<Value> = WechatMiniprogram.TouchEvent<object, object, { value: Value }>
type BitrateChange = WechatMiniprogram.SliderChange<object, { field: 'minBitrate' | 'maxBitrate' }>

/** Camera and microphone to one URL, without a room: a live-pusher that comes back by itself. */
Page({
  ...TAG_PAGE_METHODS,
  ...PUSH_MUSIC_METHODS,
  data: PUSH_PAGE_DATA,
  kind: 'push' as TagKind,
  server: '',
  publisher: null as Publisher | null,
  musicRun: 0,
  timers: new PageTimers(),

  onLoad(query) {
    this.timers = new PageTimers()
    this.server = serverOf(query)
    this.useLanguage(query.lang)
    this.setData({ ...askedTag(query), bgmUrl: `${this.server}/assets/melody.mp3` }, () => {
      if (query.autostart === '1') this.join()
    })
  },

  onUnload() {
    this.timers.clear()
    void wx.setKeepScreenOn({ keepScreenOn: false })
    this.publisher?.destroy()
    this.publisher = null
  },

  tag(): Publisher | null {
    return this.publisher
  },

  join() {
    if (this.data.stage !== 'form' || !this.isReady()) return
    this.setData({ stage: 'call', tries: 0, ...NO_FIGURES })
    this.tagStopped()
    const publisher = createPublisher({
      url: () => this.askUrl(),
      setUrl: (url, done) => this.setData({ url }, done),
    })
    this.publisher = publisher
    this.follow(publisher)
    this.followMusic(publisher)
    publisher.on('reconnecting', () => this.tagStopped())
    publisher.on('reconnectFail', () => this.tagStopped())
    publisher.start().catch((error: unknown) => this.showError(error))
    this.showPhase()
    void wx.setKeepScreenOn({ keepScreenOn: true })
  },

  /** Asked at the start and again on every retry. */
  async askUrl(): Promise<string> {
    const { source, stream, address } = this.data
    return source === 'own' ? address.trim() : testPushUrl(this.server, stream)
  },

  async hangUp() {
    const { publisher } = this
    this.publisher = null
    this.setData({ stage: 'form', sheet: false, shot: '', phase: 'idle' })
    this.tagStopped()
    void wx.setKeepScreenOn({ keepScreenOn: false })
    await publisher?.stop().catch(() => undefined)
    publisher?.destroy()
  },

  onState(event: TagNativeEvent) {
    this.publisher?.statechange(event)
    this.showPhase()
  },

  onError(event: TagNativeEvent) {
    this.publisher?.pusherror(event)
    this.showPhase()
  },

  onNetStatus(event: TagNativeEvent) {
    this.publisher?.netstatuschange(event)
  },

  /** When it starts again, there is no music and no light. */
  tagStopped() {
    this.musicEnded()
    this.setData({ torch: false })
  },

  flip() {
    this.publisher?.switchCamera().catch((error: unknown) => this.showError(error))
  },

  async toggleTorch() {
    try {
      await this.publisher?.toggleTorch()
      this.setData({ torch: !this.data.torch })
    } catch (error) {
      this.showError(error)
    }
  },

  chooseMode({ currentTarget }: ValueTap<PushMode>) {
    this.setData({ mode: currentTarget.dataset.value }, () => void this.restart())
  },

  chooseOrientation({ currentTarget }: ValueTap<'vertical' | 'horizontal'>) {
    this.setData({ orientation: currentTarget.dataset.value }, () => void this.restart())
  },

  /** The size of the picture is settled at a start. */
  async restart() {
    const { publisher } = this
    if (!publisher) return
    try {
      await publisher.stop()
      this.tagStopped()
      if (this.publisher === publisher) await publisher.start()
    } catch (error) {
      this.showError(error)
    }
  },

  chooseBeauty({ currentTarget }: ValueTap<number>) {
    this.setData({ beauty: Number(currentTarget.dataset.value) })
  },

  toggleMirror({ detail }: WechatMiniprogram.SwitchChange) {
    this.setData({ mirror: detail.value })
  },

  /** The other bound gives way. */
  chooseBitrate({ currentTarget, detail }: BitrateChange) {
    const { field } = currentTarget.dataset
    const { value } = detail
    const { minBitrate, maxBitrate } = this.data
    if (field === 'minBitrate') this.setData({ minBitrate: value, maxBitrate: Math.max(value, maxBitrate) })
    else this.setData({ minBitrate: Math.min(minBitrate, value), maxBitrate: value })
  },
})
