import { element } from './element'
import type { Figures } from './figures'
import { label, say } from './language'
import type { Word } from './words'

interface FigureLook {
  readonly key: keyof Figures
  readonly word: Word
  readonly unit: string
}

const LOOKS: readonly FigureLook[] = [
  { key: 'published', word: 'figPublished', unit: 'ms' },
  { key: 'firstFrame', word: 'figFirstFrame', unit: 'ms' },
  { key: 'latency', word: 'figLatency', unit: 'ms' },
  { key: 'bitrate', word: 'figBitrate', unit: 'kbps' },
  { key: 'frames', word: 'figFrames', unit: 'fps' },
]

/** The five figures of a phone; what is not known yet is a dash. */
export class FigureRow {
  readonly root = label(element('dl', { class: 'figs', 'data-testid': 'figures' }), 'figures')
  private readonly values = new Map<keyof Figures, HTMLElement>()

  constructor() {
    for (const { key, word } of LOOKS) {
      const value = element('dd', { 'data-testid': `figure-${key}` }, '–')
      this.values.set(key, value)
      this.root.append(element('div', {}, say(element('dt'), word), value))
    }
  }

  show(figures: Figures): void {
    for (const { key, unit } of LOOKS) {
      const figure = figures[key]
      const value = this.values.get(key)
      if (figure === null) value?.replaceChildren('–')
      else {
        const [number, shownUnit] = shortFigure(figure, unit)
        value?.replaceChildren(number, element('i', {}, shownUnit))
      }
    }
  }
}

const THOUSANDS: Readonly<Record<string, string>> = { ms: 's', kbps: 'Mbps' }

/** Four digits do not fit: from a thousand on the next unit, with two decimals. */
export function shortFigure(figure: number, unit: string): [number: string, unit: string] {
  const thousand = THOUSANDS[unit]
  const rounded = Math.round(figure)
  return rounded >= 1000 && thousand ? [(figure / 1000).toFixed(2), thousand] : [String(rounded), unit]
}
