import { deskAddress, joinAddress, phoneAddress, serverRoot } from './address'
import type { PageAddress } from './address'
import { BreakPanel } from './break-panel'
import { callStatus } from './call-status'
import { demoOf } from './demos'
import type { Demo, Role } from './demos'
import { element } from './element'
import { FAULTS } from './faults'
import { JoinStrip } from './join-strip'
import { label, language, useLanguage } from './language'
import type { Language } from './language'
import { hasWebCodecs, oldBrowserNote, refusedNote, soundNote } from './note'
import { personOf } from './people'
import type { Person } from './people'
import { PhoneCard } from './phone-card'
import { showTime } from './phone-frame'
import { RtmpStrip } from './rtmp-strip'
import { SessionBar } from './session-bar'
import { mayMakeSound } from './sound-permission'

const LETTERS = 'ABCD'
/** Phones on one page share one process for capture, encoding and decoding: more than three starve each other. */
const PHONES_AT_MOST = 3
const TICK_MS = 1000

/** The call page: phones that meet in one room, and what is said about them. */
export class CallPage {
  readonly root: HTMLElement
  private readonly bar: SessionBar
  private readonly cards = label(element('main', { class: 'cards' }), 'phones')
  private readonly notes = element('div')
  private readonly breakPanel: BreakPanel
  private readonly demo: Demo
  private phones: readonly PhoneCard[] = []
  /** The audience comes in once the presenter has, who was asked to. */
  private audienceComes = false
  private readonly came = new Set<PhoneCard>()
  private firstJoinedAt: number | null = null
  private swipedTo = 0
  private letters: readonly string[] = []

  constructor(
    private readonly asked: PageAddress,
    private readonly roomId: string,
    visitor: string,
  ) {
    this.demo = demoOf(asked.demo, asked.kind)
    // without a room there is no socket of one
    const faults = FAULTS.filter(({ name }) => name !== 'socket' || this.demo.holds === 'room')
    this.breakPanel = new BreakPanel(() => this.phones.filter(({ isDesk }) => !isDesk), faults)
    const isApp = this.demo.holds === 'app'
    const join =
      asked.phone || isApp ? null : new JoinStrip(joinAddress(location.href, asked.demo, visitor, roomId, asked.kind))
    this.bar = new SessionBar({
      roomId,
      join: join?.button ?? null,
      demo: this.demo,
      single: asked.phone !== null,
      grows: this.demo.phonesAtFirst < Math.min(PHONES_AT_MOST, this.demo.people.length),
      start: () => this.start(),
      restart: () => this.restart(),
      hangUpAll: () => this.hangUpAll(),
      addPhone: () => this.addPhone(),
      showPhone: (index) =>
        this.phones[index]?.root.scrollIntoView({ inline: 'start', block: 'nearest', behavior: 'smooth' }),
    })
    this.breakPanel.root.hidden = isApp
    const foot = element('footer', { class: 'foot' }, this.notes, this.breakPanel.root)
    if (join) foot.append(join.root)
    if (this.demo.name === 'providers' && !asked.phone)
      foot.append(new RtmpStrip(serverRoot(location.href), roomId).root)
    if (!hasWebCodecs(window)) this.notes.replaceChildren(oldBrowserNote())
    this.root = element('div', {}, this.bar.root, this.cards, foot)
    this.cards.addEventListener('scroll', () => this.showSwipe(), { passive: true })
    this.openPhones()
    if (asked.autostart) void this.offerSound()
    setInterval(() => this.tick(), TICK_MS)
    this.tick()
  }

  useLanguage(next: Language): void {
    useLanguage(next)
    this.phones.forEach((phone) => phone.useLanguage(next))
  }

  /** A call that started by itself is silent until the first click or key, wherever on the page. */
  private async offerSound(): Promise<void> {
    if (await mayMakeSound()) return
    const note = soundNote()
    this.notes.append(note)
    const wake = () => {
      note.remove()
      this.phones.forEach((phone) => phone.wakeSound())
    }
    for (const gesture of ['pointerdown', 'keydown']) window.addEventListener(gesture, wake, { once: true })
  }

  private openPhones(): void {
    const { phone, autostart } = this.asked
    const { people, phonesAtFirst } = this.demo
    const holders = phone ? [personOf(phone.userId || 'guest', phone.userName)] : people.slice(0, phonesAtFirst)
    this.phones = holders.map((person, index) => this.makePhone(person, index))
    this.arrange()
    this.openAll(autostart)
  }

  private openAll(autostart: boolean): void {
    this.came.clear()
    this.audienceComes = autostart
    for (const card of this.phones) card.open(autostart && !this.follows(card))
  }

  private start(): void {
    this.came.clear()
    this.audienceComes = true
    for (const card of this.phones) if (!this.follows(card)) card.join()
    this.bringAudience()
  }

  private restart(): void {
    this.openAll(true)
  }

  private hangUpAll(): void {
    this.audienceComes = false
    this.phones.forEach((phone) => phone.hangUp())
  }

  /** Somebody who has nothing to come to before the first phone of this page runs, such as the audience of its presenter. */
  private follows(card: PhoneCard): boolean {
    return this.phones.length > 1 && this.demo.follows(this.phones.indexOf(card))
  }

  private bringAudience(): void {
    if (!this.audienceComes || this.phones[0]?.phase !== 'joined') return
    for (const card of this.phones) {
      if (this.came.has(card) || !card.waits || !this.follows(card)) continue
      this.came.add(card)
      card.join()
    }
  }

  private addPhone(): void {
    const index = this.phones.length
    const person = this.demo.people[index]
    if (!person || index >= PHONES_AT_MOST) return
    const card = this.makePhone(person, index)
    this.phones = [...this.phones, card]
    this.arrange()
    card.open(this.status().running)
  }

  private removePhone(card: PhoneCard): void {
    card.close()
    this.phones = this.phones.filter((other) => other !== card)
    this.arrange()
    this.showStatus()
  }

  private makePhone(person: Person, index: number): PhoneCard {
    const role = this.asked.phone && this.demo.roleOf(0) ? this.asked.phone.role : this.demo.roleOf(index)
    const card: PhoneCard = new PhoneCard({
      letter: LETTERS.charAt(index),
      person,
      demo: this.demo,
      pagePath: this.pagePathOf(index),
      role,
      isDesk: !this.asked.phone && index === this.demo.deskAt,
      template: this.template(),
      address: (autostart) => this.addressOf(person, role, index, autostart),
      onEvent: (event) => {
        if (!card.isDesk) this.breakPanel.take(event)
      },
      onChange: () => this.showStatus(),
      onRefused: () => this.notes.replaceChildren(refusedNote()),
      onRemove: index < this.demo.phonesAtFirst ? null : () => this.removePhone(card),
    })
    return card
  }

  private addressOf(person: Person, role: Role | '', index: number, autostart: boolean): string {
    if (!this.asked.phone && index === this.demo.deskAt) {
      const { roomId, asked } = this
      return deskAddress({ person, roomId, language: language(), autostart, handedOn: asked.handedOn })
    }
    return phoneAddress({
      demo: this.demo.name,
      kind: this.asked.kind,
      look: this.demo.looks?.[index],
      pagePath: this.pagePathOf(index),
      role,
      // one of the audience joins the presenter by itself
      automatic: this.asked.autostart && !this.asked.phone && role !== '' && index < 2,
      person,
      roomId: this.roomId,
      template: this.template(),
      language: language(),
      autostart,
      server: serverRoot(location.href),
      handedOn: this.asked.handedOn,
    })
  }

  private pagePathOf(index: number): string {
    const { pagePaths } = this.demo
    const { phone } = this.asked
    const place = Math.min(phone && !phone.pushes ? pagePaths.length : index, pagePaths.length - 1)
    return pagePaths[place] ?? ''
  }

  private template(): string {
    const { template } = this.asked
    return this.demo.templates.includes(template) ? template : this.demo.template
  }

  private arrange(): void {
    const count = this.phones.length
    this.cards.className = count === 2 ? 'cards' : `cards cards--${count}`
    for (const { root } of this.phones) if (!root.isConnected) this.cards.append(root)
    showTime(this.cards, new Date())
    this.showPager()
  }

  private status() {
    const seconds = this.firstJoinedAt === null ? 0 : (Date.now() - this.firstJoinedAt) / 1000
    return callStatus(this.phones, seconds, this.demo, this.phones[0]?.liveCounts ?? null)
  }

  private showStatus(): void {
    const talking = this.phones.some(({ phase }) => phase === 'joined' || phase === 'reconnecting')
    this.firstJoinedAt = talking ? (this.firstJoinedAt ?? Date.now()) : null
    this.bar.show(this.status())
    this.bringAudience()
  }

  private showSwipe(): void {
    const lefts = this.phones.map(({ root }) => Math.abs(root.getBoundingClientRect().left))
    const nearest = lefts.indexOf(Math.min(...lefts))
    if (nearest === this.swipedTo) return
    this.swipedTo = nearest
    this.showPager()
  }

  private showPager(): void {
    const letters = this.phones.map((_, index) => LETTERS.charAt(index))
    this.bar.showPhones(letters, this.swipedTo, letters.length < PHONES_AT_MOST)
    const breakable = letters.filter((_letter, index) => !this.phones[index]?.isDesk)
    if (letters.join() !== this.letters.join()) this.breakPanel.showPhones(breakable)
    this.letters = letters
  }

  private tick(): void {
    showTime(this.cards, new Date())
    this.showStatus()
  }
}
