import { login, logout } from 'roomlet/rtcroom'
import { CALL_PAGE_DATA, CALL_PAGE_METHODS } from '../../call-page'
import type { CallRoom } from '../../call-page'
import { askedCall, passForm } from '../../demo-form'
import { PageTimers } from '../../page-timers'
import { endLoginAfter } from '../../server/app-login'

/** The methods of `<webrtc-room>` that this page calls. */
interface WebrtcRoom extends CallRoom {
  sendGroupTextMsg(text: string): Promise<unknown>
  sendGroupCustomMsg(message: { data: string; ext: string; desc: string }): Promise<unknown>
}

interface ImMessage {
  readonly userID: string
  readonly userName: string
  readonly kind: 'text' | 'custom' | 'command'
  readonly content: string
}

interface ImEventDetail {
  readonly tag: string
  readonly detail: unknown
}

const TEMPLATE = 'bigsmall'
/** What a custom message of these pages says: the desk knows it too. */
const RAISE_HAND = 'raiseHand'

Page({
  ...CALL_PAGE_METHODS,
  data: { ...CALL_PAGE_DATA, template: TEMPLATE },
  server: '',
  joinCount: 0,
  messageCount: 0,
  timers: new PageTimers(),

  onLoad(query) {
    this.timers = new PageTimers()
    const { server, autostart, fields } = askedCall(query, TEMPLATE)
    this.server = server
    this.useLanguage(query.lang)
    this.setData(fields, () => {
      if (autostart) void this.join()
    })
  },

  onUnload() {
    this.joinCount += 1
    this.timers.clear()
    // the login is the app's: it ends after the call has, so that the others see us leave
    endLoginAfter(this.room().stop(), logout)
  },

  room(): WebrtcRoom {
    return this.selectComponent('#room') as unknown as WebrtcRoom
  },

  async join() {
    if (!(await passForm(this, login))) return
    // a failure is told by the room itself, as its `error` event and on its stage
    this.room()
      .start()
      .catch(() => undefined)
  },

  /** Nothing is needed here: the room shows on its stage what happened and what to do. */
  onRoomEvent() {},

  onIMEvent(event: WechatMiniprogram.CustomEvent<ImEventDetail>) {
    const { tag, detail } = event.detail
    if (tag !== 'big_group_msg_notify' && tag !== 'msg_notify') return
    const { t } = this.data
    for (const { userID, userName, kind, content } of detail as readonly ImMessage[]) {
      const isHand = kind === 'custom' && content === RAISE_HAND
      this.showMessage(userName || userID, isHand ? t.raisesHand : content)
    }
  },

  sayText(text: string) {
    return this.room().sendGroupTextMsg(text)
  },

  /** A custom message: something else than words. */
  async raiseHand() {
    try {
      await this.room().sendGroupCustomMsg({ data: RAISE_HAND, ext: '', desc: '' })
      this.showMessage(this.data.t.me, this.data.t.raisesHand)
    } catch (error) {
      this.showToast(error instanceof Error ? error.message : String(error))
    }
  },
})
