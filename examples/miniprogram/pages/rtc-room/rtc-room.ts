import { login, logout } from 'roomlet/rtcroom'
import { CALL_PAGE_DATA, CALL_PAGE_METHODS } from '../../call-page'
import type { CallRoom } from '../../call-page'
import { askedCall, passForm } from '../../demo-form'
import { PageTimers } from '../../page-timers'
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

  room(): RtcRoom {
    return this.selectComponent('#room') as unknown as RtcRoom
  },

  async join() {
    if (!(await passForm(this, login))) return
    // a failure is told by the room itself, as its `error` event and on its stage
    this.room()
      .start()
      .catch(() => undefined)
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
