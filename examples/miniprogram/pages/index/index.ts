import { WORDS, langOf } from '../../words'

Page({
  data: { lang: 'zh', t: WORDS.zh },

  onLoad(query) {
    const lang = langOf(query.lang)
    this.setData({ lang, t: WORDS[lang] })
  },

  openRtcRoom() {
    void wx.navigateTo({ url: `/pages/rtc-room/rtc-room?lang=${this.data.lang}` })
  },

  openWebrtcRoom() {
    void wx.navigateTo({ url: `/pages/webrtc-room/webrtc-room?lang=${this.data.lang}` })
  },

  openProviders() {
    void wx.navigateTo({ url: `/pages/providers/providers?lang=${this.data.lang}` })
  },

  openLiveRoom() {
    void wx.navigateTo({ url: `/pages/live-room/live-room?lang=${this.data.lang}` })
  },
})
