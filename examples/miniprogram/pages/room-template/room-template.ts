import { login, logout } from 'roomlet/rtcroom'
import type { LiveRoom, LiveRoomEventDetail } from 'roomlet/components/live-room/live-room'
import { askedCall } from '../../demo-form'
import { askedKind, askedRole } from '../../page-query'
import type { RoomKind } from '../../page-query'
import { endLoginAfter } from '../../server/app-login'
import { requestLoginInfo } from '../../server/login-info'
import { WORDS, langOf } from '../../words'
import type { Lang, Words } from '../../words'

/** What this page calls of a component over a template; link-mic of a broadcast's alone. */
type Room = Pick<LiveRoom, 'start' | 'stop'> & Partial<Pick<LiveRoom, 'requestJoinPusher' | 'respondJoinReq'>>

/** WXML that was written for the vendors' originals, in a room of this library. */
Page({
  data: {
    stage: 'form' as 'form' | 'call',
    kind: 'rtc-room' as RoomKind,
    role: 'audience',
    lang: 'zh' as Lang,
    t: WORDS.zh as Words,
    userId: '',
    userName: '',
    roomId: '',
    muted: false,
    toast: '',
  },
  server: '',

  onLoad(query) {
    const { server, autostart, fields } = askedCall(query, '')
    const { userId, userName, roomId } = fields
    const kind = askedKind(query)
    const role = askedRole(query)
    this.server = server
    this.useLanguage(query.lang)
    this.setData({ userId, userName, roomId, kind, role }, () => {
      if (autostart) void this.join()
    })
  },

  onUnload() {
    endLoginAfter(this.hangUp(), logout)
  },

  useLanguage(asked: unknown) {
    const lang = langOf(asked)
    this.setData({ lang, t: WORDS[lang] })
    void wx.setNavigationBarTitle({ title: WORDS[lang].callTitle })
  },

  room(): Room {
    return this.selectComponent('#room') as unknown as Room
  },

  async join() {
    const { userId, userName } = this.data
    this.setData({ stage: 'call', toast: '' })
    try {
      await login({ serverDomain: this.server, ...(await requestLoginInfo(this.server, userId)), userName })
      await this.room().start()
    } catch {
      this.setData({ stage: 'form', toast: this.data.toast || this.data.t.noServer })
    }
  },

  async hangUp() {
    this.setData({ stage: 'form' })
    await this.room().stop()
  },

  toggleMute() {
    this.setData({ muted: !this.data.muted })
  },

  /** Who watches asks, and is given a seat at once. */
  askForSeat() {
    void this.room().requestJoinPusher?.()
  },

  /** A template has no notices: what went wrong is the page's to say. */
  onRoomEvent({ detail: event }: WechatMiniprogram.CustomEvent<LiveRoomEventDetail>) {
    if (event.tag === 'error') this.setData({ toast: event.detail })
    if (event.tag === 'joinPusher') void this.room().respondJoinReq?.(true, event.detail)
  },
})
