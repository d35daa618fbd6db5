import { classify } from '../codes/classify'
import type { MediaCode } from '../codes/classify'
import type { MediaTarget } from '../codes/signals'
import { barsOf } from './quality'
import type { BarCount } from './quality'
import type { TagNativeEvent, TagNews } from './tag-events'

/** A code that a tag has reported, with what it means. */
export interface TagReport extends MediaCode {
  /** The phone's own words, often empty. */
  readonly message: string
}

/** Takes a tag's native events: tells the page what they mean, and the machine what it has to know. */
export class TagReports {
  private bars: BarCount = -1

  constructor(
    private readonly target: MediaTarget,
    private readonly news: TagNews,
    private readonly report: (code: number, message: string) => void,
  ) {}

  state({ detail: { code, message } }: TagNativeEvent): void {
    this.take('stateChanged', code, message)
  }

  error({ detail: { errCode, errMsg } }: TagNativeEvent): void {
    this.take('errorReported', errCode, errMsg)
  }

  network({ detail: { info } }: TagNativeEvent): void {
    if (!info) return
    this.news.emit('networkMeasured', info)
    const bars = barsOf(info)
    if (bars === this.bars) return
    this.bars = bars
    this.news.emit('qualityChanged', bars)
  }

  private take(event: 'stateChanged' | 'errorReported', code: number | undefined, message = ''): void {
    if (typeof code !== 'number') return
    this.news.emit(event, { ...classify(this.target, code), message })
    this.report(code, message)
  }
}
