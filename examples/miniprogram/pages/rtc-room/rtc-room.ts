import { login, logout } from 'roomlet/rtcroom'
import type { RoomEventDetail, RtcRoom } from 'roomlet/components/rtc-room/rtc-room'
import { CALL_PAGE_DATA, CALL_PAGE_METHODS, CALL_PAGE_STATE } from '../../call-page'
import { endLoginAfter } from '../../server/app-login'

const TEMPLATE = '1v3'

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

  room(): RtcRoom {
    return this.selectComponent('#room') as unknown as RtcRoom
  },

  join() {
    return this.enterRoom(login)
  },

  /** Errors need nothing here: the room shows on its stage what happened and what to do. */
  onRoomEvent({ detail: event }: WechatMiniprogram.CustomEvent<RoomEventDetail>) {
    if (event.tag === 'recvTextMsg') this.showMessage(event.userName, event.detail)
  },

  sayText(text: string) {
    return this.room().sendTextMsg(text)
  },
})
