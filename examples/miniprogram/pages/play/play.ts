import { createPlayer } from 'roomlet/media'
import type { Player, TagNativeEvent } from 'roomlet/media'
import { PageTimers } from '../../page-timers'
import { serverOf } from '../../server/server-choice'
import { testPlayUrl } from '../../server/test-stream'
import { TAG_PAGE_METHODS, askedTag } from '../../tag-page'
import { NO_FIGURES } from '../../tag-status'
import type { TagKind } from '../../tag-status'
import { PLAY_PAGE_DATA } from './play-page-data'
import type { PlayMode } from './play-page-data'

type ValueTap<Value> = WechatMiniprogram.TouchEvent<object, object, { value: Value }>
type CacheChange = WechatMiniprogram.SliderChange<object, { field: 'minCache' | 'maxCache' }>
type FullScreenChange = Parameters<Player['fullscreenchange']>[0]

/** One URL, without a room: a live-player that comes back by itself. */
Page({
  ...TAG_PAGE_METHODS,
  data: PLAY_PAGE_DATA,
  kind: 'play' as TagKind,
  server: '',
  player: null as Player | null,
  timers: new PageTimers(),

  onLoad(query) {
    this.timers = new PageTimers()
    this.server = serverOf(query)
    this.useLanguage(query.lang)
    const mode = query.mode === 'RTC' ? 'RTC' : 'live'
    this.setData({ ...askedTag(query), mode }, () => {
      if (query.autostart === '1') this.join()
    })
  },

  onUnload() {
    this.timers.clear()
    void wx.setKeepScreenOn({ keepScreenOn: false })
    this.player?.destroy()
    this.player = null
  },

  tag(): Player | null {
    return this.player
  },

  join() {
    if (this.data.stage !== 'form' || !this.isReady()) return
    this.setData({ stage: 'call', tries: 0, paused: false, ...NO_FIGURES })
    const player = createPlayer({
      id: 'player',
      url: () => this.askUrl(),
      setUrl: (url, done) => this.setData({ url }, done),
    })
    this.player = player
    this.follow(player)
    player.on('fullScreenChanged', ({ fullScreen }) => this.setData({ fullScreen }))
    player.play().catch((error: unknown) => this.showError(error))
    this.showPhase()
    void wx.setKeepScreenOn({ keepScreenOn: true })
  },

  /** Asked at the start and again on every retry. */
  async askUrl(): Promise<string> {
    const { source, stream, address } = this.data
    return source === 'own' ? address.trim() : testPlayUrl(this.server, stream)
  },

  async hangUp() {
    const { player } = this
    this.player = null
    this.setData({ stage: 'form', sheet: false, shot: '', phase: 'idle' })
    void wx.setKeepScreenOn({ keepScreenOn: false })
    await player?.stop().catch(() => undefined)
    player?.destroy()
  },

  onState(event: TagNativeEvent) {
    this.player?.statechange(event)
    this.showPhase()
  },

  onError(event: TagNativeEvent) {
    this.player?.playerror(event)
    this.showPhase()
  },

  onNetStatus(event: TagNativeEvent) {
    this.player?.netstatuschange(event)
  },

  onFullScreen(event: FullScreenChange) {
    this.player?.fullscreenchange(event)
  },

  onEnterPip() {
    this.setData({ inPip: true })
  },

  onLeavePip() {
    this.setData({ inPip: false })
  },

  async togglePause() {
    const paused = !this.data.paused
    try {
      await (paused ? this.player?.pause() : this.player?.resume())
      this.setData({ paused })
    } catch (error) {
      this.showError(error)
    }
  },

  enterFullScreen() {
    const direction = this.data.orientation === 'horizontal' ? 90 : 0
    this.player?.requestFullScreen({ direction }).catch((error: unknown) => this.showError(error))
  },

  leaveFullScreen() {
    this.player?.exitFullScreen().catch((error: unknown) => this.showError(error))
  },

  togglePip() {
    const { player } = this
    const done = this.data.inPip ? player?.exitPictureInPicture() : player?.requestPictureInPicture()
    done?.catch((error: unknown) => this.showError(error))
  },

  togglePipOnLeave({ detail }: WechatMiniprogram.SwitchChange) {
    this.setData({ pipOnLeave: detail.value })
  },

  /** A player takes mode and cache over at its start. */
  chooseMode({ currentTarget }: ValueTap<PlayMode>) {
    this.setData({ mode: currentTarget.dataset.value }, () => void this.restart())
  },

  /** The other bound gives way. */
  chooseCache({ currentTarget, detail }: CacheChange) {
    const { field } = currentTarget.dataset
    const { value } = detail
    const { minCache, maxCache } = this.data
    const bounds =
      field === 'minCache'
        ? { minCache: value, maxCache: Math.max(value, maxCache) }
        : { minCache: Math.min(minCache, value), maxCache: value }
    this.setData(bounds, () => void this.restart())
  },

  async restart() {
    const { player } = this
    if (!player) return
    this.setData({ paused: false })
    try {
      await player.stop()
      if (this.player === player) await player.play()
    } catch (error) {
      this.showError(error)
    }
  },

  chooseOrientation({ currentTarget }: ValueTap<'vertical' | 'horizontal'>) {
    this.setData({ orientation: currentTarget.dataset.value })
  },

  chooseFit({ currentTarget }: ValueTap<'contain' | 'fillCrop'>) {
    this.setData({ objectFit: currentTarget.dataset.value })
  },
})
