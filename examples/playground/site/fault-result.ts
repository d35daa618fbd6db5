import { element } from './element'
import { faultOf } from './faults'
import { recoveredInMs, type FaultRecord } from './fault-record'
import { keepSaying, textOf } from './language'
import type { Word } from './words'

/** Share of the bar that what has happened takes; the rest is what follows. */
const HAPPENED = 0.88
const TRIES_TOLD = 3

/** What became of the last fault: how long, and when what was tried. */
export class FaultResult {
  readonly root = element('div', { class: 'res', 'data-testid': 'fault-result', 'data-state': 'none' })
  private readonly title = element('div', { class: 'res__t', role: 'status' })
  private readonly number = element('b', { 'data-testid': 'fault-ms' })
  private readonly side = element('i')
  private readonly bar = element('div', { class: 'tl', 'aria-hidden': 'true' })
  private readonly keys = [element('span'), element('span'), element('span')] as const

  constructor() {
    const figure = element('div', { class: 'res__n' }, this.number, this.side)
    this.root.append(this.title, figure, this.bar, element('div', { class: 'tl__k' }, ...this.keys))
    this.show(null, '', 0)
  }

  /** `who`: the phones that were broken, in words; `now`: ms since 1970 */
  show(record: FaultRecord | null, who: string, now: number): void {
    if (!record) return this.showNone()
    const { fault, backAt, mendedAt } = record
    const ms = recoveredInMs(record)
    this.root.dataset.state = backAt === null ? (mendedAt === null ? 'broken' : 'healing') : 'recovered'
    this.root.dataset.fault = fault
    this.root.dataset.ms = ms === null ? '' : String(ms)
    this.showTitle(record, who)
    this.number.textContent = seconds(ms ?? now - record.brokenAt, ms === null ? 1 : 2)
    keepSaying(this.side, sideOf(record), { n: record.tries.length })
    this.showBar(record, now)
  }

  private showNone(): void {
    this.root.dataset.state = 'none'
    keepSaying(this.title, 'faultNone')
    this.number.textContent = ''
    keepSaying(this.side, 'faultNoneSay')
    this.bar.replaceChildren()
    for (const key of this.keys) key.textContent = ''
  }

  private showTitle({ fault, backAt, brokenAt, mendedAt }: FaultRecord, who: string): void {
    const { word } = faultOf(fault)
    const args = { fault: textOf(word), who }
    if (backAt === null || mendedAt === null) return keepSaying(this.title, 'faultHealing', args)
    keepSaying(this.title, 'faultLastFor', { ...args, n: Math.round((mendedAt - brokenAt) / 1000) })
  }

  private showBar(record: FaultRecord, now: number): void {
    const { brokenAt, tries, backAt } = record
    const happened = Math.max(1, (backAt ?? now) - brokenAt)
    const percent = (at: number): string => `${(((at - brokenAt) / happened) * HAPPENED * 100).toFixed(2)}%`
    const away = element('i', { class: 'w', style: `left:0;width:${HAPPENED * 100}%` })
    const back = element('i', { style: `left:${HAPPENED * 100}%;right:0` })
    const ticks = [...tries, ...(backAt === null ? [] : [backAt])].map((at) =>
      element('u', { style: `left:${percent(at)}` }),
    )
    this.bar.replaceChildren(away, ...(backAt === null ? [] : [back]), ...ticks)
    const [first, middle, last] = this.keys
    const after = (at: number): string => ((at - brokenAt) / 1000).toFixed(at - brokenAt < 9_950 ? 2 : 1)
    keepSaying(first, 'markBroken')
    if (tries.length === 0) middle.textContent = ''
    else keepSaying(middle, 'markTries', { at: told(tries.map(after)) })
    if (backAt === null) keepSaying(last, 'markNotBack')
    else keepSaying(last, 'markBack', { at: after(backAt) })
  }
}

function sideOf({ backAt, noticedAt }: FaultRecord): Word {
  if (backAt === null) return 'faultElapsed'
  return noticedAt === null ? 'faultUnbroken' : 'faultRecovered'
}

function told(moments: readonly string[]): string {
  const shown = moments.slice(0, TRIES_TOLD).join(' · ')
  return moments.length > TRIES_TOLD ? `${shown} …` : shown
}

function seconds(ms: number, digits: number): string {
  return `${(ms / 1000).toFixed(digits)} s`
}
