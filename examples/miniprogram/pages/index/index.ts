import { serverOf } from '../../server/server-choice'
import { langOf } from '../../words'
import type { Lang } from '../../words'
import { INDEX_WORDS, sectionsIn } from './index-entries'
import type { ShownSection } from './index-entries'

Page({
  data: {
    lang: 'zh' as Lang,
    t: INDEX_WORDS.zh,
    sections: [] as readonly ShownSection[],
    server: '',
  },

  onLoad(query) {
    serverOf(query)
    this.useLanguage(query.lang)
  },

  /** The settings may have changed it meanwhile. */
  onShow() {
    this.setData({ server: serverOf() })
  },

  useLanguage(asked: unknown) {
    const lang = langOf(asked)
    this.setData({ lang, t: INDEX_WORDS[lang], sections: sectionsIn(lang) })
  },

  open(event: WechatMiniprogram.TouchEvent<object, object, { page: string }>) {
    const { page } = event.currentTarget.dataset
    void wx.navigateTo({ url: `/pages/${page}/${page}?lang=${this.data.lang}` })
  },
})
