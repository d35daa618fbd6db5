import { RoomError, textOf } from 'roomlet/media'
import type { Player, Publisher, TagEvents } from 'roomlet/media'
import { queryText } from './page-query'
import type { PageTimers } from './page-timers'
import { sourceProblem } from './stream-address'
import { NO_FIGURES, figuresOf, lookOf } from './tag-status'
import type { ShownPhase, TagKind, Tone } from './tag-status'
import { TAG_WORDS } from './tag-words'
import type { TagWords } from './tag-words'
import { filled } from './word-table'
import { langOf } from './words'
import type { Lang } from './words'

const TOAST_SHOWN_MS = 4000
const SNAPSHOT_SHOWN_MS = 8000

type Query = Readonly<Record<string, string | undefined>>

/** Data that both pages with a bare tag have. */
export const TAG_PAGE_DATA = {
  stage: 'form' as 'form' | 'call',
  lang: 'zh' as Lang,
  t: TAG_WORDS.zh as TagWords,
  source: 'test' as 'test' | 'own',
  stream: '',
  address: '',
  /** What the tag is given. */
  url: '',
  phase: 'idle' as ShownPhase,
  phaseText: '',
  tone: '' as Tone,
  /** Tries since the start. */
  tries: 0,
  ...NO_FIGURES,
  muted: false,
  sheet: false,
  toast: '',
  /** Path of the last snapshot, while it is shown. */
  shot: '',
}

type TagPageData = typeof TAG_PAGE_DATA

/** What the query of a page asks for at first. */
export function askedTag(query: Query): Pick<TagPageData, 'source' | 'stream' | 'address'> {
  const address = queryText(query, 'url')
  const stream = queryText(query, 'roomId') || `demo${Math.random().toString(36).slice(2, 6)}`
  return { source: address ? 'own' : 'test', stream, address }
}

/** Publisher or player as far as their pages treat them alike. */
export interface FollowedTag {
  readonly phase: ShownPhase
  on<Name extends keyof TagEvents>(name: Name, listener: (...args: TagEvents[Name]) => void): () => void
}

export interface TagPage {
  readonly kind: TagKind
  readonly data: TagPageData
  timers: PageTimers
  setData(data: object): void
  tag(): Publisher | Player | null
  showPhase(attempt?: number): void
  showError(error: unknown): void
  showToast(toast: string): void
}

type SourceTap = WechatMiniprogram.TouchEvent<object, object, { source: 'test' | 'own' }>
type FieldInput = WechatMiniprogram.Input<object, { field: 'stream' | 'address' | 'bgmUrl' }>

/** What a person does on either page, and what the tag tells it. */
export const TAG_PAGE_METHODS = {
  useLanguage(this: TagPage, asked: unknown) {
    const lang = langOf(asked)
    const t = TAG_WORDS[lang]
    this.setData({ lang, t })
    this.showPhase()
    void wx.setNavigationBarTitle({ title: this.kind === 'push' ? t.pushTitle : t.playTitle })
  },

  chooseSource(this: TagPage, { currentTarget }: SourceTap) {
    this.setData({ source: currentTarget.dataset.source })
  },

  onInput(this: TagPage, { currentTarget, detail }: FieldInput) {
    this.setData({ [currentTarget.dataset.field]: detail.value })
  },

  scan(this: TagPage) {
    wx.scanCode({
      scanType: ['qrCode'],
      success: ({ result }) => this.setData({ source: 'own', address: result.trim() }),
      fail: ({ errMsg }) => {
        if (!/cancel/i.test(errMsg)) this.showToast(errMsg)
      },
    })
  },

  /** Whether there is something to start with; says what is missing. */
  isReady(this: TagPage): boolean {
    const { kind, data } = this
    const problem = sourceProblem(kind, data)
    const { t } = data
    if (problem) this.showToast(problem === 'name' ? t.needName : kind === 'push' ? t.needPush : t.needPlay)
    return problem === null
  },

  /** Shows what the tag tells from now on. */
  follow(this: TagPage, tag: FollowedTag) {
    const show = (): void => this.showPhase()
    tag.on('connected', show)
    tag.on('reconnectReady', show)
    tag.on('reconnected', show)
    tag.on('reconnecting', ({ attempt }) => {
      // alone, so that whoever watches the page's data can count the tries
      this.setData({ tries: this.data.tries + 1 })
      this.showPhase(attempt)
    })
    tag.on('reconnectFail', (error) => {
      this.showPhase()
      this.showError(error)
    })
    tag.on('networkMeasured', (info) => this.setData(figuresOf(info)))
  },

  showPhase(this: TagPage, attempt?: number) {
    const phase = this.tag()?.phase ?? 'idle'
    const { tone, word } = lookOf(this.kind, phase)
    const { t, tries } = this.data
    const phaseText = filled(t[word], { n: attempt ?? tries })
    this.setData({ phase, tone, phaseText })
  },

  openSheet(this: TagPage) {
    this.setData({ sheet: true })
  },

  closeSheet(this: TagPage) {
    this.setData({ sheet: false })
  },

  toggleMute(this: TagPage) {
    this.setData({ muted: !this.data.muted })
  },

  async takeSnapshot(this: TagPage) {
    try {
      const picture = await this.tag()?.snapshot({ quality: 'compressed' })
      if (!picture) return
      const shot = picture.tempImagePath
      this.setData({ shot })
      this.timers.later(SNAPSHOT_SHOWN_MS, () => {
        if (this.data.shot === shot) this.setData({ shot: '' })
      })
    } catch (error) {
      this.showError(error)
    }
  },

  previewShot(this: TagPage) {
    void wx.previewImage({ urls: [this.data.shot] })
  },

  /** What was refused, or could not be done; an end that was asked for is none. */
  showError(this: TagPage, error: unknown) {
    if (error instanceof RoomError && error.code === 'CANCELLED') return
    this.showToast(error instanceof RoomError ? textOf(error, this.data.lang) : String(error))
  },

  showToast(this: TagPage, toast: string) {
    this.setData({ toast })
    this.timers.later(TOAST_SHOWN_MS, () => {
      if (this.data.toast === toast) this.setData({ toast: '' })
    })
  },
}
