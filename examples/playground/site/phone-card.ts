import type { Phase } from '../../../src/room/phases'
import type { FaultName, PhoneEvent } from '../runtime/phone-channel'
import { iconButton } from './button'
import { Controls } from './controls'
import type { Demo, Role } from './demos'
import { element } from './element'
import { EventLog } from './event-log'
import type { Breakable } from './fault-drill'
import { FigureRow } from './figure-row'
import { FigureGatherer } from './figures'
import { label, language, say } from './language'
import type { Language } from './language'
import { LiveActions } from './live-actions'
import { logRowOf } from './log-row'
import type { Person } from './people'
import { NavigationBar } from './navigation-bar'
import { linkStrip, phaseStrip } from './phase-strip'
import { linkPhaseTold, phaseTold } from './phase-told'
import { PhoneFaults } from './phone-faults'
import { deskFrame, phoneFrame } from './phone-frame'
import { PhoneLink } from './phone-link'
import type { DemoPageData, LinkPhase, PhoneSettings, PhoneStage } from './phone-link'
import { roomPhaseOf, tagStrip } from './tag-phases'
import type { ShownTagPhase } from './tag-phases'

const INITIAL_SETTINGS = { muted: false, camera: true, beauty: 5, debug: false }
const REFUSED_CODES = [10001, 10002, -1301, -1302]

export interface PhoneCardOptions {
  /** A, B, C … */
  readonly letter: string
  readonly person: Person
  readonly demo: Demo
  readonly pagePath: string
  /** '' where everyone does the same */
  readonly role: Role | ''
  /** The frame holds the desk's page, which is no phone and has its own buttons. */
  readonly isDesk: boolean
  readonly template: string
  /** Address of the phone's frame, in the language of the moment. */
  address(autostart: boolean): string
  /** Something happened on the phone; the card knows of it already. */
  onEvent(event: PhoneEvent): void
  /** Stage or phase has changed. */
  onChange(): void
  /** The browser or the person refused camera or microphone. */
  onRefused(): void
  /** Offers to take the phone off the page; null = it stays. */
  onRemove: (() => void) | null
}

/** One phone of the page with its figures, log and switches. */
export class PhoneCard implements Breakable {
  readonly root: HTMLElement
  stage: PhoneStage = 'form'
  phase: Phase = 'idle'
  private startedAt = 0
  private readonly link: PhoneLink
  private readonly strip = phaseStrip()
  private readonly links = linkStrip()
  private readonly tags = tagStrip()
  /** It holds a bare live-player. */
  private readonly plays: boolean
  private tagPhase: ShownTagPhase = 'idle'
  private readonly navigation = new NavigationBar(() => this.link.goBack())
  private readonly figureRow = new FigureRow()
  private readonly gatherer: FigureGatherer
  private readonly log = new EventLog()
  private readonly faults = new PhoneFaults((fault, on) => this.link.setFault(fault, on))
  private readonly controls: Controls | null
  private readonly actions: LiveActions | null
  private readonly name = element('span', { class: 'card__name' })
  /** Whose settings the page in the frame reports. */
  private readonly pagePath: string

  constructor(private readonly options: PhoneCardOptions) {
    const { person, letter, demo, role, isDesk } = options
    this.plays = demo.holds === 'tags' && options.pagePath !== demo.pagePaths[0]
    this.gatherer = new FigureGatherer(role === 'audience' || this.plays)
    this.pagePath = isDesk ? 'desk' : options.pagePath
    const settings: PhoneSettings = { ...INITIAL_SETTINGS, template: options.template }
    const frame = element('iframe', {
      allow: 'camera; microphone; autoplay; display-capture; fullscreen; picture-in-picture',
      'data-testid': `frame-${letter}`,
    })
    frame.title = person.userId
    this.link = new PhoneLink(frame, (event) => this.take(event))
    const actions = {
      change: (changed: Partial<PhoneSettings>) => this.link.change(changed),
      flip: () => this.link.flip(),
    }
    this.controls = demo.panel === 'switches' && !isDesk ? new Controls(actions, settings, demo.templates) : null
    this.actions = demo.panel === 'broadcast' && role ? new LiveActions(role, this.link) : null
    this.root = element('article', {
      class: `card ${this.actions ? 'card--live' : 'card--call'}`,
      'data-testid': `phone-${letter}`,
    })
    this.root.append(
      this.head(),
      isDesk ? this.deskBody(frame) : this.body(phoneFrame(frame, demo.underStatusBar ? null : this.navigation)),
    )
    this.showName()
  }

  /** How many watch and how many are on air with the presenter; null outside a broadcast. */
  get liveCounts(): { readonly watching: number; readonly guests: number } | null {
    const { data } = this.link
    if (this.options.role !== 'presenter' || data?.audienceCount === undefined) return null
    return { watching: data.audienceCount, guests: data.guests?.length ?? 0 }
  }

  /** A browser's window: what the panel breaks are phones. */
  get isDesk(): boolean {
    return this.options.isDesk
  }

  /** The demo page has loaded and waits for a person to join. */
  get waits(): boolean {
    return this.link.data?.stage === 'form'
  }

  get letter(): string {
    return this.options.letter
  }

  get inCall(): boolean {
    return this.phase === 'joined' || this.phase === 'reconnecting'
  }

  get isWhole(): boolean {
    return this.phase === 'joined' && this.link.drawsEveryone
  }

  brokenSince(fault: FaultName): number | null {
    return this.faults.sinceOf(fault)
  }

  break(fault: FaultName, holdMs: number | null): void {
    this.faults.break(fault, holdMs)
  }

  mend(fault: FaultName): void {
    this.faults.mend(fault)
  }

  /** Loads the phone anew; `autostart` makes it join by itself. */
  open(autostart: boolean): void {
    this.log.clear()
    this.faults.forget()
    this.forgetCall()
    this.link.open(this.options.address(autostart))
  }

  join(): void {
    this.link.join()
  }

  hangUp(): void {
    this.link.hangUp()
  }

  wakeSound(): void {
    this.link.wakeSound()
  }

  close(): void {
    this.root.hidden = true
    this.faults.forget()
    void this.link.leave().then(() => this.root.remove())
  }

  useLanguage(next: Language): void {
    this.link.useLanguage(next)
    this.showName()
  }

  private body(phone: HTMLElement): HTMLElement {
    const { controls, actions } = this
    if (actions) {
      const side = element('div', { class: 'side' }, this.figureRow.root, actions.root)
      return element('div', { class: 'card__bd' }, phone, side, this.log.root)
    }
    const side = element('div', { class: 'side' }, this.figureRow.root, this.log.root)
    if (controls) side.append(controls.root)
    return element('div', { class: 'card__bd' }, phone, side)
  }

  private deskBody(frame: HTMLIFrameElement): HTMLElement {
    const side = element('div', { class: 'side side--row' }, this.figureRow.root, this.log.root)
    return element('div', { class: 'card__bd card__bd--desk' }, deskFrame(frame), side)
  }

  private head(): HTMLElement {
    const { letter, person, demo, role, isDesk, onRemove } = this.options
    const head = element(
      'header',
      { class: 'card__hd' },
      element('span', { class: 'who', 'aria-hidden': 'true' }, letter),
      this.name,
      // whoever has no name is called by the id, and once is enough
      element('span', { class: 'card__id', hidden: person.name.zh === person.userId }, person.userId),
      ...(isDesk ? [say(element('span', { class: 'role role--desk' }), 'deskRole')] : []),
      ...(role === 'presenter' ? [say(element('span', { class: 'role role--host' }), 'presenter')] : []),
      demo.holds === 'tags' ? this.tags.root : this.strip.root,
      ...(role === 'audience' ? [this.links.root] : []),
    )
    this.links.root.hidden = true
    if (onRemove) {
      const remove = iconButton({ icon: 'close', word: 'removePhone', testid: 'remove-phone' }, onRemove)
      head.append(label(remove, 'removePhone', { letter }))
    }
    return head
  }

  private showName(): void {
    const name = this.options.person.name[language()]
    this.name.textContent = name
    label(this.root, this.options.isDesk ? 'desk' : 'phone', { letter: this.options.letter, name })
  }

  private take(event: PhoneEvent): void {
    // reported before the data is set: the page shows it once its own code has run
    if (event.type !== 'setData') this.takeNews(event)
    else if (event.component === this.pagePath) queueMicrotask(() => this.takeSetting(event))
    this.options.onEvent(event)
  }

  private takeNews(event: PhoneEvent): void {
    if (event.type === 'title') this.navigation.show(event.title, event.canGoBack)
    if (event.type === 'fault') this.faults.take(event, event.at)
    this.logRow(event)
    const told = phaseTold(event)
    if (told) this.enter(told, event.at)
    const linkPhase = linkPhaseTold(event)
    if (linkPhase) this.enterLink(linkPhase, event.at)
    this.gatherer.take(event, this.startedAt)
    this.figureRow.show(this.gatherer.figures)
    if (event.type === 'media' && event.code !== undefined && REFUSED_CODES.includes(event.code)) {
      if (this.brokenSince('camera') === null) this.options.onRefused()
    }
  }

  private takeSetting(event: PhoneEvent): void {
    const { data } = this.link
    if (!data) return
    if (data.roomPhase && data.roomPhase !== this.phase) this.enterByData(data.roomPhase, event.at)
    this.mirror(data)
    if (this.options.demo.holds === 'tags') this.enterTag(data.phase ?? 'idle', event.at)
    this.logRow(event)
  }

  private logRow(event: PhoneEvent): void {
    const told = phaseTold(event)
    // seconds are counted from here, this row included
    if (told === 'joining') this.log.startAt(event.at)
    const row = logRowOf(event, {
      pagePath: this.pagePath,
      pageData: { ...this.link.data },
      phase: this.phase,
    })
    if (row) this.log.add(row)
  }

  /** Of a page without a room component. */
  private enterByData(phase: Phase, at: number): void {
    if (phase === 'joining') this.log.startAt(at)
    this.log.add({ at, tag: 'room', name: `${this.phase} → ${phase}`, detail: '' })
    this.enter(phase, at)
  }

  private enter(phase: Phase, at: number): void {
    if (phase === 'joining') {
      this.gatherer.reset()
      this.startedAt = at
    }
    this.phase = phase
    this.strip.show(phase)
    this.showStrip()
    this.options.onChange()
  }

  private enterTag(phase: ShownTagPhase, at: number): void {
    const before = this.tagPhase
    if (phase === before) return
    this.tagPhase = phase
    this.tags.show(phase)
    if (before === 'idle') this.log.startAt(at)
    this.log.add({ at, tag: this.plays ? 'play' : 'push', name: `${before} → ${phase}`, detail: '' })
    const told = roomPhaseOf(phase, this.phase)
    if (told !== this.phase) this.enter(told, at)
  }

  private enterLink(phase: LinkPhase, at: number): void {
    // figures of one's own publishing count from the granted seat on, and end with it
    if (phase === 'linking') this.startedAt = at
    if (phase === 'linking' || phase === 'off') this.gatherer.unpublish()
    this.links.show(phase)
    this.actions?.showLink(phase)
    this.showStrip()
    this.options.onChange()
  }

  /** Somebody of the audience who has joined: what counts then is link-mic. */
  private showStrip(): void {
    const showsLink = this.options.role === 'audience' && this.phase === 'joined'
    this.strip.root.hidden = showsLink
    this.links.root.hidden = !showsLink
    this.actions?.enable(this.phase === 'joined' || this.phase === 'reconnecting')
  }

  private mirror(data: DemoPageData): void {
    this.controls?.show(data)
    // a page of the example app may have none
    const stage = data.stage ?? 'form'
    if (stage === this.stage) return
    this.stage = stage
    this.options.onChange()
  }

  private forgetCall(): void {
    this.stage = 'form'
    this.phase = 'idle'
    this.gatherer.reset()
    this.figureRow.show(this.gatherer.figures)
    this.tagPhase = 'idle'
    this.tags.show('idle')
    this.strip.show('idle')
    this.links.show('off')
    this.actions?.showLink('off')
    this.showStrip()
  }
}
