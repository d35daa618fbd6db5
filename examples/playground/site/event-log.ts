import { iconButton } from './button'
import { copyButton } from './copy-button'
import { element } from './element'
import { icon } from './icon'
import { label, phraseText, say } from './language'
import type { Phrase } from './language'
import type { LogRow, LogTag } from './log-row'
import type { Word } from './words'

/** Rows kept; older ones are dropped, so that a call of hours stays light. */
const ROWS_KEPT = 500
/** A longer detail, such as the text of an error, gets a line of its own below the name. */
const DETAIL_BESIDE_NAME = 18
/** Chinese signs are twice as wide as letters. */
const WIDE_SIGN = /[\u2e80-\uffff]/gu
/** A list scrolled up by more than this is being read: new rows do not move it. */
const FOLLOW_WITHIN_PX = 40

const TAG_WORDS: Readonly<Record<LogTag, Word>> = {
  push: 'tagPush',
  play: 'tagPlay',
  room: 'tagRoom',
  net: 'tagNet',
  msg: 'tagMsg',
  err: 'tagErr',
}

/** The live event log of one phone: newest at the bottom, seconds since start(). */
export class EventLog {
  readonly root: HTMLElement
  private readonly list = label(
    element('ol', { 'data-testid': 'log', role: 'log', tabindex: '0', 'aria-live': 'off' }),
    'events',
  )
  private readonly count = element('i', { 'data-testid': 'log-count' })
  private readonly pauseButton: HTMLButtonElement
  private rows: readonly LogRow[] = []
  private held: readonly LogRow[] = []
  private paused = false
  private startedAt = 0
  /** The newest row is in sight and stays so; false while somebody reads further up. */
  private following = true

  constructor() {
    this.pauseButton = iconButton({ icon: 'pause', word: 'pause', testid: 'log-pause' }, () => this.togglePause())
    this.pauseButton.setAttribute('aria-pressed', 'false')
    const head = element(
      'div',
      { class: 'log__hd' },
      say(element('span'), 'events'),
      this.count,
      element('span', { class: 'sp' }),
      this.pauseButton,
      copyButton('copy', 'log-copy', () => this.asText()),
      iconButton({ icon: 'trash', word: 'clear', testid: 'log-clear' }, () => this.clear()),
    )
    const none = say(element('p', { class: 'log__none' }), 'eventNone')
    this.root = element('section', { class: 'log' }, head, this.list, none)
    this.list.addEventListener('scroll', () => {
      const { scrollHeight, scrollTop, clientHeight } = this.list
      this.following = scrollHeight - scrollTop - clientHeight < FOLLOW_WITHIN_PX
    })
    // a third phone makes the logs of the others lower
    new ResizeObserver(() => this.follow()).observe(this.list)
    this.showCount()
  }

  /** Seconds are counted from here on. */
  startAt(at: number): void {
    this.startedAt = at
  }

  add(row: LogRow): void {
    if (this.paused) {
      this.held = [...this.held, row].slice(-ROWS_KEPT)
      return
    }
    this.append([row])
  }

  clear(): void {
    this.rows = []
    this.held = []
    this.list.replaceChildren()
    this.showCount()
  }

  private append(rows: readonly LogRow[]): void {
    this.rows = [...this.rows, ...rows].slice(-ROWS_KEPT)
    this.list.lastElementChild?.classList.remove('lg--new')
    this.list.append(...rows.map((row) => rowElement(row, this.startedAt)))
    while (this.list.childElementCount > ROWS_KEPT) this.list.firstElementChild?.remove()
    this.list.lastElementChild?.classList.add('lg--new')
    this.follow()
    this.showCount()
  }

  private follow(): void {
    if (this.following) this.list.scrollTop = this.list.scrollHeight
  }

  private togglePause(): void {
    this.paused = !this.paused
    this.pauseButton.setAttribute('aria-pressed', String(this.paused))
    label(this.pauseButton, this.paused ? 'resume' : 'pause')
    this.pauseButton.replaceChildren(icon(this.paused ? 'play' : 'pause', true))
    if (this.paused) return
    const held = this.held
    this.held = []
    this.append(held)
  }

  private showCount(): void {
    say(this.count, 'eventCount', { n: this.rows.length })
  }

  private asText(): string {
    return this.rows
      .map((row) =>
        [secondsText(row.at, this.startedAt), row.tag, row.code ?? '', row.name, phraseText(row.detail)].join('\t'),
      )
      .join('\n')
  }
}

/** Seconds since start() with three decimals; what came before start(), or without one, is 0.000. */
export function secondsText(at: number, startedAt: number): string {
  return (startedAt === 0 ? 0 : Math.max(0, at - startedAt) / 1000).toFixed(3)
}

function rowElement(row: LogRow, startedAt: number): HTMLElement {
  const isLong = phraseText(row.detail).replace(WIDE_SIGN, '00').length > DETAIL_BESIDE_NAME
  const attributes = {
    class: ['lg', row.tag === 'err' && 'lg--err', isLong && 'lg--long'].filter(Boolean).join(' '),
    'data-testid': 'log-row',
    'data-tag': row.tag,
    'data-name': row.name,
  }
  const item = element('li', row.code === undefined ? attributes : { ...attributes, 'data-code': String(row.code) })
  const name = element('span', { class: row.code === undefined ? 'w' : 'n', title: row.name }, row.name)
  item.append(
    element('time', {}, secondsText(row.at, startedAt)),
    say(element('span', { class: `tag tag--${row.tag}` }), TAG_WORDS[row.tag]),
    ...(row.code === undefined ? [] : [element('b', {}, String(row.code))]),
    name,
    phraseElement(row.detail),
  )
  return item
}

function phraseElement(phrase: Phrase): HTMLElement {
  const detail = element('em', { title: phraseText(phrase) })
  if (typeof phrase === 'string') detail.textContent = phrase
  else say(detail, phrase.word, phrase.args)
  return detail
}
