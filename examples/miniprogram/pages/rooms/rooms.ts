import { getRoomList as getBroadcasts } from 'roomlet/liveroom'
import { getRoomList as getCalls, login, logout } from 'roomlet/rtcroom'
import type { RoomListEntry } from 'roomlet/rtcroom'
import { queryText } from '../../page-query'
import { endLoginAfter } from '../../server/app-login'
import { requestLoginInfo } from '../../server/login-info'
import { serverOf } from '../../server/server-choice'
import { lastUserName, rememberUserName } from '../../server/user-name'
import { langOf } from '../../words'
import type { Lang } from '../../words'
import { ROOMS_WORDS, entryUrl, kindsIn, rowOf } from './room-rows'
import type { RoomRow } from './room-rows'

type RoomKind = RoomListEntry['kind']
type RoomTap = WechatMiniprogram.TouchEvent<object, object, { room: string; kind: RoomKind }>
type FieldInput = WechatMiniprogram.Input<object, { field: 'userName' | 'roomName' }>

const LISTED = 100

/** The rooms that somebody is in: a tap enters one, the form below opens another. */
Page({
  data: {
    lang: 'zh' as Lang,
    t: ROOMS_WORDS.zh,
    state: 'loading' as 'loading' | 'ready' | 'empty' | 'failed',
    rooms: [] as readonly RoomRow[],
    kinds: kindsIn('zh'),
    kind: 'multi_room' as RoomKind,
    userName: '',
    roomName: '',
    nameMissing: false,
  },
  server: '',
  userId: '',
  loadCount: 0,
  entries: [] as readonly RoomListEntry[],

  onLoad(query) {
    this.server = serverOf(query)
    this.userId = queryText(query, 'userId') || `user_${Math.random().toString(36).slice(2, 8)}`
    this.setData({ userName: queryText(query, 'userName') || lastUserName() })
    this.useLanguage(query.lang)
  },

  /** Also when one comes back from a room, or from the settings. */
  onShow() {
    this.server = serverOf()
    void this.load()
  },

  onUnload() {
    this.loadCount += 1
    endLoginAfter(Promise.resolve(), logout)
  },

  async onPullDownRefresh() {
    await this.load()
    void wx.stopPullDownRefresh()
  },

  useLanguage(asked: unknown) {
    const lang = langOf(asked)
    const t = ROOMS_WORDS[lang]
    this.setData({ lang, t, kinds: kindsIn(lang), rooms: this.entries.map((entry) => rowOf(entry, lang)) })
    void wx.setNavigationBarTitle({ title: t.title })
  },

  /** Never rejects. An answer that is overtaken by another question is dropped. */
  async load() {
    const load = (this.loadCount += 1)
    if (this.data.state !== 'ready') this.setData({ state: 'loading' })
    try {
      const entries = await this.listed()
      if (load !== this.loadCount) return
      this.entries = entries
      const rooms = entries.map((entry) => rowOf(entry, this.data.lang))
      this.setData({ rooms, state: rooms.length > 0 ? 'ready' : 'empty' })
    } catch {
      if (load !== this.loadCount) return
      this.entries = []
      this.setData({ rooms: [], state: 'failed' })
    }
  },

  async listed(): Promise<readonly RoomListEntry[]> {
    const { server, userId } = this
    const info = await requestLoginInfo(server, userId)
    await login({ serverDomain: `${server}/weapp/`, ...info, userName: this.data.userName || userId })
    const lists = await Promise.all([getCalls({ cnt: LISTED }), getBroadcasts({ cnt: LISTED })])
    return lists.reduce<readonly RoomListEntry[]>((all, { rooms }) => [...all, ...rooms], [])
  },

  onInput({ currentTarget, detail }: FieldInput) {
    this.setData({ [currentTarget.dataset.field]: detail.value, nameMissing: false })
  },

  chooseKind({ currentTarget }: RoomTap) {
    this.setData({ kind: currentTarget.dataset.kind })
  },

  enter({ currentTarget }: RoomTap) {
    const { room, kind } = currentTarget.dataset
    this.go({ kind, roomId: room, isNew: false })
  },

  create() {
    const { kind, roomName } = this.data
    const roomId = String(100_000 + Math.floor(Math.random() * 900_000))
    this.go({ kind, roomId, roomName: roomName.trim(), isNew: true })
  },

  go(room: { kind: RoomKind; roomId: string; roomName?: string; isNew: boolean }) {
    const { lang } = this.data
    const userName = this.data.userName.trim()
    if (!userName) {
      this.setData({ nameMissing: true })
      wx.pageScrollTo({ scrollTop: 0 })
      return
    }
    rememberUserName(userName)
    void wx.navigateTo({ url: entryUrl({ ...room, userId: this.userId, userName, lang }) })
  },

  openSettings() {
    void wx.navigateTo({ url: `/pages/settings/settings?lang=${this.data.lang}` })
  },
})
