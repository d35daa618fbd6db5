import { login, logout } from 'roomlet/rtcroom'
import type { RoomEventDetail, RtcRoom } from 'roomlet/components/rtc-room/rtc-room'
import { CALL_PAGE_DATA, CALL_PAGE_METHODS, CALL_PAGE_STATE } from '../../call-page'
import { queryText } from '../../page-query'
import { endLoginAfter } from '../../server/app-login'

const TEMPLATE = 'grid'
/** Classes of themes.wxss; plain is the component as it comes. */
const THEMES = [
  { name: 'plain', word: 'themePlain' },
  { name: 'dark', word: 'themeDark' },
  { name: 'brand', word: 'themeBrand' },
] as const

Page({
  ...CALL_PAGE_STATE,
  ...CALL_PAGE_METHODS,
  data: { ...CALL_PAGE_DATA, template: TEMPLATE, themes: THEMES, theme: 'dark' as (typeof THEMES)[number]['name'] },

  onLoad(query) {
    const asked = THEMES.find(({ name }) => name === queryText(query, 'look'))
    this.openCall(query, TEMPLATE, { theme: asked?.name ?? 'dark' })
  },

  onUnload() {
    endLoginAfter(this.closeCall(), logout)
  },

  room(): RtcRoom {
    return this.selectComponent('#room') as unknown as RtcRoom
  },

  chooseTheme(event: WechatMiniprogram.TouchEvent<object, object, { theme: (typeof THEMES)[number]['name'] }>) {
    this.setData({ theme: event.currentTarget.dataset.theme })
  },

  join() {
    return this.enterRoom(login)
  },

  onRoomEvent({ detail: event }: WechatMiniprogram.CustomEvent<RoomEventDetail>) {
    if (event.tag === 'recvTextMsg') this.showMessage(event.userName, event.detail)
  },

  sayText(text: string) {
    return this.room().sendTextMsg(text)
  },
})
