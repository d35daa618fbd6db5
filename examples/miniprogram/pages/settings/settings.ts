import { checkServer } from '../../server/server-check'
import type { ServerProblem } from '../../server/server-check'
import { chooseServer, forgetServer, rootOf, serverOf, usedServers } from '../../server/server-choice'
import { filled } from '../../word-table'
import { langOf } from '../../words'
import type { Lang } from '../../words'
import { SETTINGS_WORDS } from './settings-words'

type AddressTap = WechatMiniprogram.TouchEvent<object, object, { address: string }>
type Word = keyof (typeof SETTINGS_WORDS)['zh']

const PROBLEM_WORDS: Readonly<Record<ServerProblem, Word>> = {
  address: 'problemAddress',
  domain: 'problemDomain',
  certificate: 'problemCertificate',
  timeout: 'problemTimeout',
  noAnswer: 'problemNoAnswer',
  stranger: 'problemStranger',
}

/** Chooses the server of all pages: checked by /healthz, kept with those used before. */
Page({
  data: {
    lang: 'zh' as Lang,
    t: SETTINGS_WORDS.zh,
    address: '',
    current: '',
    used: [] as readonly string[],
    checking: false,
    good: '',
    problem: '',
    /** the phone's own words for the problem */
    said: '',
    /** It is an address at least, so it may be saved. */
    mayKeep: false,
  },
  checkCount: 0,

  onLoad(query) {
    const lang = langOf(query.lang)
    const t = SETTINGS_WORDS[lang]
    const current = serverOf(query)
    this.setData({ lang, t, current, address: current, used: usedServers() })
    void wx.setNavigationBarTitle({ title: t.title })
  },

  onUnload() {
    this.checkCount += 1
  },

  onInput({ detail }: WechatMiniprogram.Input) {
    // what was found out is about another address
    this.checkCount += 1
    this.setData({ address: detail.value, good: '', problem: '', said: '', mayKeep: false, checking: false })
  },

  pick({ currentTarget }: AddressTap) {
    this.setData({ address: currentTarget.dataset.address })
    void this.check()
  },

  remove({ currentTarget }: AddressTap) {
    forgetServer(currentTarget.dataset.address)
    this.setData({ used: usedServers() })
  },

  async check() {
    const { address, t } = this.data
    const check = (this.checkCount += 1)
    this.setData({ checking: true, good: '', problem: '', said: '', mayKeep: false })
    const found = await checkServer(address)
    if (check !== this.checkCount) return
    if (found.ok) {
      this.save(found.root, filled(t.good, { ms: found.ms }))
      return
    }
    const { problem, said } = found
    this.setData({ checking: false, problem: t[PROBLEM_WORDS[problem]], said, mayKeep: problem !== 'address' })
  },

  keep() {
    this.save(rootOf(this.data.address), this.data.t.saved)
  },

  save(root: string, good: string) {
    chooseServer(root)
    this.setData({
      address: root,
      current: root,
      used: usedServers(),
      checking: false,
      good,
      problem: '',
      said: '',
      mayKeep: false,
    })
  },
})
