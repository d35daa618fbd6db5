import { login, logout } from 'roomlet/rtcroom'
import type { ImEventDetail, WebrtcRoom } from 'roomlet/components/webrtc-room/webrtc-room'
import { CALL_PAGE_DATA, CALL_PAGE_METHODS, CALL_PAGE_STATE } from '../../call-page'
import { errorText } from '../../error-text'
import { handMessage, handOf } from '../../raised-hands'
import { endLoginAfter } from '../../server/app-login'

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

  onIMEvent({ detail: event }: WechatMiniprogram.CustomEvent<ImEventDetail>) {
    if (event.tag !== 'big_group_msg_notify' && event.tag !== 'msg_notify') return
    const { t } = this.data
    for (const { userID, userName, kind, content } of event.detail) {
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
