import type { FaultName, PhoneEvent } from '../runtime/phone-channel'
import { element } from './element'
import { FaultDrill, type Breakable } from './fault-drill'
import { FaultResult } from './fault-result'
import { FAULTS, holdOf, type Fault } from './faults'
import { icon } from './icon'
import { keepSaying, label, say, textOf } from './language'

const SHOWN_EVERY_MS = 100
const ALL = 'all'

interface FaultButton {
  readonly fault: Fault
  readonly root: HTMLButtonElement
  readonly side: HTMLElement
}

/** The panel below the phones: break one of them, or all, and watch the call heal. */
export class BreakPanel {
  readonly root: HTMLElement
  private readonly drill: FaultDrill
  private readonly result = new FaultResult()
  private readonly targets = label(element('div', { class: 'seg', role: 'group' }), 'breakTarget')
  private readonly buttons: readonly FaultButton[]
  private letters: readonly string[] = []
  /** a letter, or {@link ALL} */
  private chosen = ''

  constructor(
    private readonly phones: () => readonly Breakable[],
    faults: readonly Fault[] = FAULTS,
  ) {
    this.drill = new FaultDrill(phones)
    this.buttons = faults.map((fault) => this.faultButton(fault))
    const title = element('h2', {}, icon('bolt'), say(element('span'), 'breakIt'))
    const head = element(
      'div',
      { class: 'brk__hd' },
      title,
      say(element('p', { class: 'panel__say' }), 'breakSay'),
      this.targets,
    )
    const buttons = element('div', { class: 'bks' }, ...this.buttons.map(({ root }) => root))
    this.root = element(
      'section',
      { class: 'panel brk', 'data-testid': 'break-panel' },
      head,
      buttons,
      this.result.root,
    )
    setInterval(() => this.show(), SHOWN_EVERY_MS)
  }

  /** The phones of the page have changed. */
  showPhones(letters: readonly string[]): void {
    this.letters = letters
    if (this.chosen !== ALL && !letters.includes(this.chosen)) this.chosen = letters[0] ?? ''
    this.root.classList.toggle('brk--line', letters.length > 2)
    this.targets.hidden = letters.length < 2
    this.showTargets()
    this.show()
  }

  take(event: PhoneEvent): void {
    this.drill.take(event)
  }

  private get aimedAt(): readonly string[] {
    return this.chosen === ALL ? this.letters : [this.chosen]
  }

  private press(name: FaultName): void {
    this.drill.press(name, this.aimedAt)
    this.show()
  }

  private faultButton(fault: Fault): FaultButton {
    const side = element('span')
    const attributes = { class: 'bk', type: 'button', 'data-testid': `break-${fault.name}` }
    const root = element('button', attributes, icon(fault.icon), say(element('b'), fault.word), side)
    root.addEventListener('click', () => this.press(fault.name))
    return { fault, root, side }
  }

  private showTargets(): void {
    const choices = [...this.letters, ALL].map((target) => {
      const button = element('button', { type: 'button', 'data-testid': `break-target-${target}` }, target)
      if (target === ALL) say(button, this.letters.length === 2 ? 'both' : 'all')
      button.setAttribute('aria-pressed', String(target === this.chosen))
      button.addEventListener('click', () => {
        this.chosen = target
        this.showTargets()
        this.show()
      })
      return button
    })
    this.targets.replaceChildren(...choices)
  }

  private show(): void {
    this.drill.look()
    const now = Date.now()
    const aimedAt = this.aimedAt
    const inCall = this.phones().some((phone) => phone.inCall && aimedAt.includes(phone.letter))
    for (const { fault, root, side } of this.buttons) {
      const since = this.drill.brokenSince(fault.name, aimedAt)
      root.setAttribute('aria-pressed', String(since !== null))
      // the camera can be refused before a call as well
      root.disabled = !inCall && since === null && fault.name !== 'camera'
      const { word, args } =
        since === null
          ? holdOf(fault)
          : { word: 'faultRunning' as const, args: { n: ((now - since) / 1000).toFixed(1) } }
      keepSaying(side, word, args)
    }
    const { record } = this.drill
    this.result.show(record, record ? this.who(record.letters) : '', now)
  }

  private who(letters: readonly string[]): string {
    if (letters.length < 2 || letters.length < this.letters.length) return letters.join(' ')
    return textOf(letters.length === 2 ? 'both' : 'all')
  }
}
