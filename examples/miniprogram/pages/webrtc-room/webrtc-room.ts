import { login, logout } from 'roomlet/rtcroom'
import { CALL_PAGE_DATA, CALL_PAGE_METHODS, CALL_PAGE_STATE } from '../../call-page'
import type { CallRoom } from '../../call-page'
import { errorText } from '../../error-text'
import { handMessage, handOf } from '../../raised-hands'
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

Page({
  ...CALL_PAGE_STATE,
  ...CALL_PAGE_METHODS,
  data: { ...CALL_PAGE_DATA, template: TEMPLATE },

  onLoad(query) {
    this.openCall(query, TEMPLATE)
  },

  onUnload() {
    endLoginAfter(this.closeCall(), logout)
  },

  room(): WebrtcRoom {
    return this.selectComponent('#room') as unknown as WebrtcRoom
  },

  join() {
    return this.enterRoom(login)
  },

  /** Nothing is needed here: the room shows on its stage what happened and what to do. */
  onRoomEvent() {},

  onIMEvent(event: WechatMiniprogram.CustomEvent<ImEventDetail>) {
    const { tag, detail } = event.detail
    if (tag !== 'big_group_msg_notify' && tag !== 'msg_notify') return
    const { t } = this.data
    for (const { userID, userName, kind, content } of detail as readonly ImMessage[]) {
      const isHand = kind === 'custom' && handOf(content) === true
      this.showMessage(userName || userID, isHand ? t.raisesHand : content)
    }
  },

  sayText(text: string) {
    return this.room().sendGroupTextMsg(text)
  },

  /** A custom message: something else than words. */
  async raiseHand() {
    try {
      await this.room().sendGroupCustomMsg(handMessage(true))
      this.showMessage(this.data.t.me, this.data.t.raisesHand)
    } catch (error) {
      this.showToast(errorText(error))
    }
  },
})
