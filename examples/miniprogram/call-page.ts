import type { RtcRoom } from 'roomlet/components/rtc-room/rtc-room'
import { askedCall, passForm } from './demo-form'
import type { FormPage } from './demo-form'
import { errorText } from './error-text'
import { PageTimers } from './page-timers'
import { WORDS, langOf } from './words'
import type { Lang, Words } from './words'

export interface ChatLine {
  readonly id: number
  readonly who: string
  readonly text: string
}

const MESSAGE_SHOWN_MS = 8000
const MESSAGES_SHOWN = 3
const TOAST_SHOWN_MS = 4000

/** The data of a page for a call. */
export const CALL_PAGE_DATA = {
  stage: 'form' as 'form' | 'joining' | 'call',
  lang: 'zh' as Lang,
  t: WORDS.zh as Words,
  userId: '',
  userName: '',
  roomId: '',
  roomName: '',
  muted: false,
  camera: true,
  beauty: 5,
  debug: false,
  beautySteps: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  /** What lies over the lower part of the page; '' = nothing. */
  sheet: '',
  draft: '',
  messages: [] as ChatLine[],
  toast: '',
}

/** What the page of a call keeps beside its data. */
export const CALL_PAGE_STATE = {
  /** Root of the server, without a slash at its end. */
  server: '',
  joinCount: 0,
  messageCount: 0,
  /** Key of the word that the page is called by. */
  title: 'callTitle' as keyof Words,
  /** Made anew for each page. */
  timers: new PageTimers(),
}

/** What a page for a call needs of a room's component, whichever room it is. */
export type CallRoom = Pick<RtcRoom, 'start' | 'stop' | 'switchCamera'>

export interface CallPage extends FormPage {
  readonly data: typeof CALL_PAGE_DATA
  readonly title: keyof Words
  server: string
  timers: PageTimers
  messageCount: number
  setData(data: object, rendered?: () => void): void
  room(): CallRoom
  /** From the form into the room. */
  join(): Promise<unknown>
  useLanguage(asked: unknown): void
  /** Sends to everyone in the room. */
  sayText(text: string): Promise<unknown>
  showMessage(who: string, text: string): void
}

/** What a person does on the page of a call, whichever component holds it: handlers of `templates/call.wxml`. */
export const CALL_PAGE_METHODS = {
  /** Fills in what the query asks for, and what the page has of its own; joins at once where the query says so. */
  openCall(this: CallPage, query: Readonly<Record<string, string | undefined>>, template: string, own: object = {}) {
    this.timers = new PageTimers()
    const { server, autostart, fields } = askedCall(query, template)
    this.server = server
    this.useLanguage(query.lang)
    this.setData({ ...fields, ...own }, () => {
      if (autostart) void this.join()
    })
  },

  /**
   * Through the form into the room, with whatever logs in.
   * @returns whether one is in it; why not, the room itself tells on its stage and as its `error` event
   */
  async enterRoom(this: CallPage, login: Parameters<typeof passForm>[1]): Promise<boolean> {
    const join = await passForm(this, login)
    if (!join) return false
    try {
      await this.room().start()
    } catch {
      return false
    }
    return join === this.joinCount
  },

  /** Resolves when the others have seen us leave. */
  closeCall(this: CallPage): Promise<unknown> {
    this.joinCount += 1
    this.timers.clear()
    return this.room().stop()
  },

  useLanguage(this: CallPage, asked: unknown) {
    const lang = langOf(asked)
    const t = WORDS[lang]
    this.setData({ lang, t })
    void wx.setNavigationBarTitle({ title: t[this.title] })
  },

  async hangUp(this: CallPage) {
    this.joinCount += 1
    this.setData({ stage: 'form', sheet: '', messages: [] })
    await this.room().stop()
  },

  toggleMute(this: CallPage) {
    this.setData({ muted: !this.data.muted })
  },

  toggleCamera(this: CallPage) {
    this.setData({ camera: !this.data.camera })
  },

  flip(this: CallPage) {
    void this.room().switchCamera()
  },

  chooseBeauty(this: CallPage, event: WechatMiniprogram.TouchEvent<object, object, { beauty: number }>) {
    this.setData({ beauty: Number(event.currentTarget.dataset.beauty) })
  },

  openSheet(this: CallPage, event: WechatMiniprogram.TouchEvent<object, object, { sheet: string }>) {
    this.setData({ sheet: event.currentTarget.dataset.sheet })
  },

  closeSheet(this: CallPage) {
    this.setData({ sheet: '' })
  },

  onInput(this: CallPage, event: WechatMiniprogram.Input<object, { field: 'roomId' | 'userName' | 'draft' }>) {
    const { value } = event.detail
    if (typeof value === 'string') this.setData({ [event.currentTarget.dataset.field]: value })
  },

  async sendText(this: CallPage) {
    const text = this.data.draft.trim()
    if (!text) return
    try {
      await this.sayText(text)
    } catch (error) {
      return this.showToast(errorText(error))
    }
    this.setData({ draft: '', sheet: '' })
    this.showMessage(this.data.t.me, text)
  },

  showMessage(this: CallPage, who: string, text: string) {
    const line: ChatLine = { id: (this.messageCount += 1), who, text }
    this.setData({ messages: [...this.data.messages, line].slice(-MESSAGES_SHOWN) })
    this.timers.later(MESSAGE_SHOWN_MS, () =>
      this.setData({ messages: this.data.messages.filter(({ id }) => id !== line.id) }),
    )
  },

  showToast(this: CallPage, toast: string) {
    this.setData({ toast })
    this.timers.later(TOAST_SHOWN_MS, () => {
      if (this.data.toast === toast) this.setData({ toast: '' })
    })
  },
}
