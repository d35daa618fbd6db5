import { login, logout } from 'roomlet/liveroom'
import type { LiveRoom, LiveRoomEventDetail } from 'roomlet/components/live-room/live-room'
import { CALL_PAGE_METHODS, CALL_PAGE_STATE } from '../../call-page'
import { askedRole } from '../../page-query'
import { endLoginAfter } from '../../server/app-login'
import { LINK_MIC_METHODS } from './link-mic'
import { BEFORE_BROADCAST, LIVE_PAGE_DATA, LIVE_PAGE_STATE } from './live-page'
import { LIVE_SHOW_METHODS } from './live-show'

/** The page's head stands clear of a status bar of this height by itself. */
const LOW_STATUS_BAR_PX = 20
const TICK_MS = 1000

/** A broadcast, for presenter and audience. Link-mic is in link-mic.ts, how it all looks in live-show.ts. */
Page({
  ...CALL_PAGE_STATE,
  ...LIVE_PAGE_STATE,
  ...CALL_PAGE_METHODS,
  ...LIVE_SHOW_METHODS,
  ...LINK_MIC_METHODS,
  data: LIVE_PAGE_DATA,

  onLoad(query) {
    this.automatic = query.automatic === '1'
    this.openCall(query, LIVE_PAGE_DATA.template, {
      role: askedRole(query),
      headShift: Math.max(0, wx.getWindowInfo().statusBarHeight - LOW_STATUS_BAR_PX),
      canGoBack: getCurrentPages().length > 1,
    })
    this.timers.every(TICK_MS, () => this.tick())
  },

  onUnload() {
    endLoginAfter(this.closeCall(), logout)
  },

  room(): LiveRoom {
    return this.selectComponent('#room') as unknown as LiveRoom
  },

  async join() {
    if (!(await this.enterRoom(login))) return
    this.onAirSince = Date.now()
    await this.showMembers()
    this.tick()
    if (this.automatic && this.data.role === 'audience') this.tapLink()
  },

  async hangUp() {
    this.joinCount += 1
    this.onAirSince = 0
    this.setData(BEFORE_BROADCAST)
    await this.room().stop()
  },

  /** Errors need nothing here: the room shows on its stage what happened and what to do. */
  onRoomEvent({ detail: event }: WechatMiniprogram.CustomEvent<LiveRoomEventDetail>) {
    switch (event.tag) {
      case 'recvTextMsg':
        return this.showMessage(event.userName, event.detail)
      case 'recvCustomMsg':
        if (isLike(event.detail)) this.showLike()
        return
      case 'memberJoin':
      case 'memberLeave':
        return void this.showMembers()
      case 'audienceEnter':
        return this.showEntrance(event.detail)
      case 'audienceLeave':
        return this.showExit(event.detail)
      case 'audienceCount':
        return this.showCount(event.detail.count)
      case 'roomClosed':
        return this.setData({ closed: true, askOpen: false, sheet: '' })
      default:
        return this.onLinkEvent(event)
    }
  },

  sayText(text: string) {
    return this.room().sendTextMsg(text)
  },

  sendLike() {
    this.showLike()
    void this.room().sendCustomMsg({ like: true })
  },

  chooseRole(event: WechatMiniprogram.TouchEvent<object, object, { role: 'presenter' | 'audience' }>) {
    this.setData({ role: event.currentTarget.dataset.role })
  },

  goBack() {
    void wx.navigateBack()
  },
})

function isLike(data: unknown): boolean {
  return (data as { like?: boolean } | null)?.like === true
}
