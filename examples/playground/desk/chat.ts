import { toRoomError } from '../../../src/errors'
import { element } from '../site/element'
import { deskIcon } from './desk-icon'
import { type Say, wordsOf } from './words'

type Delivery = 'sending' | 'sent' | 'failed'

interface Entry {
  readonly kind: 'mine' | 'theirs' | 'news'
  readonly name: string
  readonly text: (say: Say) => string
  /** ms since 1970 */
  readonly time: number
  delivery: Delivery
}

export interface ChatPort {
  send(text: string): Promise<void>
  raiseHand(): void
  /** The room is out of reach just now: what is sent waits. */
  isOffline(): boolean
  close(): void
}

const KEPT = 500

/** The conversation beside the pictures. */
export class Chat {
  readonly root: HTMLElement
  private readonly title = element('span')
  private readonly count = element('span', { class: 'n' })
  private readonly list = element('div', { class: 'dk-msgs', 'data-testid': 'desk-messages', role: 'log' })
  private readonly input = element('input', { 'data-testid': 'desk-draft', maxlength: '2000' })
  private readonly sendButton = element('button', { type: 'submit', 'data-testid': 'desk-send' }, deskIcon('send'))
  private readonly handButton = element(
    'button',
    { type: 'button', class: 'ib', 'data-testid': 'desk-hand' },
    deskIcon('hand'),
  )
  private readonly closeButton = element('button', { type: 'button', class: 'ib' }, deskIcon('close', true))
  private entries: Entry[] = []
  private say: Say = wordsOf('zh')
  unread = 0

  constructor(private readonly port: ChatPort) {
    const form = element('form', { class: 'dk-in' }, this.input, this.handButton, this.sendButton)
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.submit()
    })
    this.handButton.addEventListener('click', () => port.raiseHand())
    this.closeButton.addEventListener('click', () => port.close())
    const top = element('div', { class: 'dk-chat__hd' }, this.title, this.count, this.closeButton)
    this.root = element('aside', { class: 'dk-chat', 'data-testid': 'desk-chat-panel' }, top, this.list, form)
  }

  received(name: string, text: string, time: number): void {
    this.add({ kind: 'theirs', name, text: () => text, time, delivery: 'sent' })
  }

  news(text: (say: Say) => string): void {
    this.add({ kind: 'news', name: '', text, time: Date.now(), delivery: 'sent' })
  }

  render(say: Say, people: number): void {
    this.say = say
    this.title.textContent = say('chat')
    this.count.textContent = say('people', { n: people })
    this.input.placeholder = say('draft')
    this.input.setAttribute('aria-label', say('draft'))
    this.sendButton.setAttribute('aria-label', say('send'))
    this.handButton.setAttribute('aria-label', say('hand'))
    this.closeButton.setAttribute('aria-label', say('close'))
    this.renderList()
  }

  private submit(): void {
    const text = this.input.value.trim()
    if (!text) return
    this.input.value = ''
    const entry: Entry = { kind: 'mine', name: '', text: () => text, time: Date.now(), delivery: 'sending' }
    this.add(entry)
    this.port.send(text).then(
      () => this.settle(entry, 'sent'),
      (thrown: unknown) => this.settle(entry, toRoomError(thrown).code === 'CANCELLED' ? 'sent' : 'failed'),
    )
  }

  private settle(entry: Entry, delivery: Delivery): void {
    entry.delivery = delivery
    this.renderList()
  }

  private add(entry: Entry): void {
    this.entries = [...this.entries, entry].slice(-KEPT)
    if (entry.kind === 'theirs' && !this.root.isConnected) this.unread += 1
    this.renderList()
  }

  private renderList(): void {
    this.list.replaceChildren(...this.entries.map((entry) => this.row(entry)))
    this.list.scrollTop = this.list.scrollHeight
  }

  private row(entry: Entry): HTMLElement {
    const text = entry.text(this.say)
    if (entry.kind === 'news') return element('div', { class: 'm m--sys' }, text)
    const top = element('div', { class: 'm__hd' })
    if (entry.kind === 'theirs') top.append(element('b', {}, entry.name))
    top.append(clockOf(entry.time))
    const row = element('div', { class: `m m--${entry.kind === 'mine' ? 'me' : 'you'}` }, top)
    row.append(element('div', { class: 'm__b' }, text))
    const waits = entry.delivery === 'sending' && this.port.isOffline()
    if (waits || entry.delivery === 'failed') {
      const word = waits ? 'sendsLater' : 'notSent'
      row.append(element('div', { class: 'm__st' }, deskIcon(waits ? 'retry' : 'error', true), this.say(word)))
    }
    return row
  }
}

function clockOf(time: number): string {
  const date = new Date(time)
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}
