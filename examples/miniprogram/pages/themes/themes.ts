import { login, logout } from 'roomlet/rtcroom'
import { CALL_PAGE_DATA, CALL_PAGE_METHODS } from '../../call-page'
import type { CallRoom } from '../../call-page'
import { askedCall, passForm } from '../../demo-form'
import { queryText } from '../../page-query'
import { PageTimers } from '../../page-timers'
import { endLoginAfter } from '../../server/app-login'

interface RtcRoom extends CallRoom {
  sendTextMsg(text: string): Promise<unknown>
}

interface RoomEventDetail {
  readonly tag: string
  readonly detail: unknown
  readonly userName?: string
}

const TEMPLATE = 'grid'
/** Classes of themes.wxss; plain is the component as it comes. */
const THEMES = [
  { name: 'plain', word: 'themePlain' },
  { name: 'dark', word: 'themeDark' },
  { name: 'brand', word: 'themeBrand' },
] as const

Page({
  ...CALL_PAGE_METHODS,
  data: { ...CALL_PAGE_DATA, template: TEMPLATE, themes: THEMES, theme: 'dark' as (typeof THEMES)[number]['name'] },
  server: '',
  joinCount: 0,
  messageCount: 0,
  timers: new PageTimers(),

  onLoad(query) {
    this.timers = new PageTimers()
    const { server, autostart, fields } = askedCall(query, TEMPLATE)
    this.server = server
    this.useLanguage(query.lang)
    const asked = THEMES.find(({ name }) => name === queryText(query, 'look'))
    this.setData({ ...fields, theme: asked?.name ?? 'dark' }, () => {
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

  chooseTheme(event: WechatMiniprogram.TouchEvent<object, object, { theme: (typeof THEMES)[number]['name'] }>) {
    this.setData({ theme: event.currentTarget.dataset.theme })
  },

  async join() {
    if (!(await passForm(this, login))) return
    // a failure is told by the room itself, as its `error` event and on its stage
    this.room()
      .start()
      .catch(() => undefined)
  },

  onRoomEvent(event: WechatMiniprogram.CustomEvent<RoomEventDetail>) {
    const { tag, detail, userName } = event.detail
    if (tag === 'recvTextMsg') this.showMessage(userName ?? '', String(detail))
  },

  sayText(text: string) {
    return this.room().sendTextMsg(text)
  },
})
