import { wordButton } from './button'
import type { CallStatus } from './call-status'
import { copyButton } from './copy-button'
import type { Demo } from './demos'
import { element } from './element'
import { label, say } from './language'

export interface SessionBarOptions {
  readonly roomId: string
  readonly demo: Demo
  /** one phone = no phones to add, no pages to swipe */
  readonly single: boolean
  /** opens the way in for another window; null = there is none */
  readonly join: HTMLButtonElement | null
  /** further phones may be added */
  readonly grows: boolean
  start(): void
  restart(): void
  hangUpAll(): void
  addPhone(): void
  showPhone(index: number): void
}

/** The line below the header: room, state of the call, and the one big button. */
export class SessionBar {
  readonly root: HTMLElement
  private readonly dot = element('span', { class: 'dot dot--off' })
  private readonly text = element('span', { 'data-testid': 'call-status' })
  private readonly pager = label(element('div', { class: 'seg pager', role: 'group' }), 'phones')
  private readonly start: HTMLButtonElement
  private readonly restart: HTMLButtonElement
  private readonly end: HTMLButtonElement
  private readonly add: HTMLButtonElement

  constructor(private readonly options: SessionBarOptions) {
    const { single, demo } = options
    this.start = wordButton(
      { icon: 'play', word: demo.start, testid: 'start', look: 'bt bt--main bt--go' },
      options.start,
    )
    this.restart = wordButton(
      { icon: 'retry', word: 'restart', testid: 'restart', look: 'bt bt--icon' },
      options.restart,
    )
    this.add = wordButton(
      { icon: 'plus', word: 'addPhone', testid: 'add-phone', look: 'bt bt--more' },
      options.addPhone,
    )
    this.end = wordButton(
      {
        icon: 'hangup',
        word: single ? 'hangUpOne' : demo.holds === 'tags' ? 'stopAll' : 'hangUpAll',
        testid: 'hangup-all',
        look: 'bt bt--end',
      },
      options.hangUpAll,
    )
    this.add.hidden = single || !options.grows
    this.pager.hidden = single || demo.phonesAtFirst === 1
    this.root = element(
      'section',
      { class: 'ses' },
      say(element('h1'), single ? demo.titleOfOne : demo.title),
      ...(demo.holds === 'app' ? [] : [this.roomChip()]),
      element('div', { class: 'ses__live', role: 'status' }, this.dot, this.text),
      element('span', { class: 'sp' }),
      this.pager,
      ...(options.join ? [options.join] : []),
      this.add,
      this.restart,
      this.start,
      this.end,
    )
  }

  show(status: CallStatus): void {
    this.dot.className = { on: 'dot', warn: 'dot dot--warn', off: 'dot dot--off' }[status.tone]
    if (typeof status.text === 'string') this.text.textContent = status.text
    else say(this.text, status.text.word, status.text.args)
    const isApp = this.options.demo.holds === 'app'
    this.start.hidden = status.running || isApp
    this.restart.hidden = !status.running && !isApp
    this.end.hidden = !status.running || isApp
  }

  showPhones(letters: readonly string[], current: number, canAdd: boolean): void {
    this.add.disabled = !canAdd
    const buttons = letters.map((letter, index) => {
      const button = element('button', { type: 'button', 'data-testid': `pager-${letter}` }, letter)
      button.setAttribute('aria-pressed', String(index === current))
      button.addEventListener('click', () => this.options.showPhone(index))
      return label(button, 'showPhone', { letter })
    })
    this.pager.replaceChildren(...buttons)
  }

  private roomChip(): HTMLElement {
    const { roomId } = this.options
    const copy = copyButton('copyRoom', 'copy-room', () => roomId)
    const id = element('b', { 'data-testid': 'room-id' }, roomId)
    return element(
      'div',
      { class: 'chip' },
      say(element('span'), this.options.demo.holds === 'tags' ? 'stream' : 'room'),
      id,
      copy,
    )
  }
}
