import { login, logout } from 'roomlet/rtcroom'
import { requestLoginInfo } from '../../login-info'
import { queryText } from '../../page-query'
import { DEFAULT_SERVER } from '../../server-address'
import { WORDS, langOf } from '../../words'
import type { Lang, Words } from '../../words'

/** The methods of `<rtc-room>` that this page calls. */
interface RtcRoom {
  start(): Promise<unknown>
  stop(): Promise<unknown>
  switchCamera(): Promise<unknown>
  sendTextMsg(text: string): Promise<unknown>
}

interface RoomEventDetail {
  readonly tag: string
  readonly code: number
  readonly detail: unknown
  readonly userName?: string
}

interface ChatLine {
  readonly id: number
  readonly who: string
  readonly text: string
}

const MESSAGE_SHOWN_MS = 8000
const MESSAGES_SHOWN = 3
const TOAST_SHOWN_MS = 4000

const data = {
  stage: 'form' as 'form' | 'joining' | 'call',
  lang: 'zh' as Lang,
  t: WORDS.zh as Words,
  userId: '',
  userName: '',
  roomId: '',
  template: '1v3',
  muted: false,
  camera: true,
  beauty: 5,
  debug: false,
  beautySteps: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  sheet: '' as '' | 'beauty' | 'chat',
  draft: '',
  messages: [] as ChatLine[],
  toast: '',
}

Page({
  data,
  server: '',
  /** Counts joins, so that an answer to a join that was hung up meanwhile is dropped. */
  joinCount: 0,
  messageCount: 0,
  timers: [] as number[],

  onLoad(query) {
    this.server = (queryText(query, 'server') || DEFAULT_SERVER).replace(/\/+$/, '')
    this.useLanguage(query.lang)
    const userId = queryText(query, 'userId') || `user_${Math.random().toString(36).slice(2, 8)}`
    const asked = {
      userId,
      userName: queryText(query, 'userName') || (query.userId ? userId : ''),
      roomId: queryText(query, 'roomId'),
      template: queryText(query, 'template') || data.template,
    }
    this.setData(asked, () => {
      if (query.autostart === '1') void this.join()
    })
  },

  onUnload() {
    this.joinCount += 1
    this.timers.forEach((timer) => clearTimeout(timer))
    this.timers = []
    // the login is the app's: it ends after the call has, so that the others see us leave
    void this.room()
      .stop()
      .then(() => logout())
  },

  useLanguage(asked: unknown) {
    const lang = langOf(asked)
    const t = WORDS[lang]
    this.setData({ lang, t })
    void wx.setNavigationBarTitle({ title: t.callTitle })
  },

  room(): RtcRoom {
    return this.selectComponent('#room') as unknown as RtcRoom
  },

  async join() {
    const { stage, t, roomId, userName } = this.data
    if (stage !== 'form') return
    if (!roomId || !userName) return this.showToast(roomId ? t.needName : t.needRoom)
    const join = (this.joinCount += 1)
    this.setData({ stage: 'joining', toast: '' })
    try {
      const info = await requestLoginInfo(this.server, this.data.userId)
      if (join !== this.joinCount) return
      await login({ serverDomain: `${this.server}/weapp/`, ...info, userName })
    } catch {
      if (join !== this.joinCount) return
      this.setData({ stage: 'form' })
      this.showToast(t.noServer)
      return
    }
    if (join !== this.joinCount) return
    this.setData({ stage: 'call' })
    // a failure is told by the room itself, as its `error` event and on its stage
    this.room()
      .start()
      .catch(() => undefined)
  },

  async hangUp() {
    this.joinCount += 1
    this.setData({ stage: 'form', sheet: '', messages: [] })
    await this.room().stop()
  },

  /** Errors need nothing here: the room shows on its stage what happened and what to do. */
  onRoomEvent(event: WechatMiniprogram.CustomEvent<RoomEventDetail>) {
    const { tag, detail, userName } = event.detail
    if (tag === 'recvTextMsg') this.showMessage(userName ?? '', String(detail))
  },

  toggleMute() {
    this.setData({ muted: !this.data.muted })
  },

  toggleCamera() {
    this.setData({ camera: !this.data.camera })
  },

  flip() {
    this.room()
      .switchCamera()
      .catch(() => undefined)
  },

  chooseBeauty(event: WechatMiniprogram.TouchEvent<object, object, { beauty: number }>) {
    this.setData({ beauty: Number(event.currentTarget.dataset.beauty) })
  },

  openSheet(event: WechatMiniprogram.TouchEvent<object, object, { sheet: 'beauty' | 'chat' }>) {
    this.setData({ sheet: event.currentTarget.dataset.sheet })
  },

  closeSheet() {
    this.setData({ sheet: '' })
  },

  onInput(event: WechatMiniprogram.Input<object, { field: 'roomId' | 'userName' | 'draft' }>) {
    const { value } = event.detail
    if (typeof value === 'string') this.setData({ [event.currentTarget.dataset.field]: value })
  },

  async sendText() {
    const text = this.data.draft.trim()
    if (!text) return
    try {
      await this.room().sendTextMsg(text)
    } catch (error) {
      return this.showToast(error instanceof Error ? error.message : String(error))
    }
    this.setData({ draft: '', sheet: '' })
    this.showMessage(this.data.t.me, text)
  },

  showMessage(who: string, text: string) {
    const line: ChatLine = { id: (this.messageCount += 1), who, text }
    this.setData({ messages: [...this.data.messages, line].slice(-MESSAGES_SHOWN) })
    this.later(MESSAGE_SHOWN_MS, () =>
      this.setData({ messages: this.data.messages.filter(({ id }) => id !== line.id) }),
    )
  },

  showToast(toast: string) {
    this.setData({ toast })
    this.later(TOAST_SHOWN_MS, () => {
      if (this.data.toast === toast) this.setData({ toast: '' })
    })
  },

  later(delayMs: number, run: () => void) {
    const timer = setTimeout(() => {
      this.timers = this.timers.filter((other) => other !== timer)
      run()
    }, delayMs)
    this.timers = [...this.timers, timer]
  },
})
