import { login, logout } from 'roomlet/rtcroom'
import { CALL_PAGE_DATA, CALL_PAGE_METHODS, CALL_PAGE_STATE } from '../../call-page'
import type { CallRoom } from '../../call-page'
import { endLoginAfter } from '../../server/app-login'

/** The methods of `<rtc-room>` that this page calls. */
interface RtcRoom extends CallRoom {
  sendTextMsg(text: string): Promise<unknown>
}

interface RoomEventDetail {
  readonly tag: string
  readonly code: number
  readonly detail: unknown
  readonly userName?: string
}

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
  onRoomEvent(event: WechatMiniprogram.CustomEvent<RoomEventDetail>) {
    const { tag, detail, userName } = event.detail
    if (tag === 'recvTextMsg') this.showMessage(userName ?? '', String(detail))
  },

  sayText(text: string) {
    return this.room().sendTextMsg(text)
  },
})
