import type { FaultName, PageInstance, PhoneChannel, PhoneEvent } from '../runtime/phone-channel'
import type { Phase } from '../../../src/room/phases'
import type { ShownTagPhase } from './tag-phases'
import { LANGUAGE_TAGS, type Language } from './language'

/** What the controls of a card change in the demo page. */
export interface PhoneSettings {
  readonly template: string
  readonly muted: boolean
  readonly camera: boolean
  readonly beauty: number
  readonly debug: boolean
}

export type LinkPhase = 'off' | 'requesting' | 'invited' | 'linking' | 'on'

export type PhoneStage = 'form' | 'joining' | 'call'

/** The demo page's data as far as the site reads it. */
export interface DemoPageData extends PhoneSettings {
  readonly stage?: PhoneStage
  /** Of a page with a bare tag: */
  readonly phase?: ShownTagPhase
  /** Of a page without a room component, which tells its phase by its data alone: */
  readonly roomPhase?: Phase
  /** Of a broadcast: */
  readonly linkPhase?: LinkPhase
  readonly audienceCount?: number
  readonly guests?: readonly { readonly userID: string }[]
}

/** What the room component of a demo page shows, as far as the site reads it. */
interface StageView {
  readonly publisher: { readonly url: string; readonly state: string }
  readonly players: readonly { readonly state?: string }[]
}

function tileStates(page: DemoPage | null): string[] {
  const room = page?.selectComponent('#room') as { data?: { view?: StageView } } | null | undefined
  const view = room?.data?.view
  if (!view) return []
  const { publisher, players } = view
  return [...(publisher.url ? [publisher.state] : []), ...players.flatMap(({ state }) => state ?? [])]
}

interface DemoPage extends PageInstance {
  useLanguage?(language: Language): unknown
  /** Of a page that may be in a call, or has a tag of its own: */
  join?(): unknown
  hangUp?(): Promise<unknown>
  flip?(): unknown
  /** Of a broadcast: */
  tapLink?(): unknown
  sendLike?(): unknown
  kickLastGuest?(): unknown
}

/** A server that does not answer must not keep a phone on the page. */
const LEAVE_WITHIN_MS = 1000

/** One phone frame, seen from the page around it. Commands before the frame has loaded are no-ops. */
export class PhoneLink {
  private channel: PhoneChannel | null = null
  private openings = 0
  private unsubscribe: () => void = () => undefined

  constructor(
    private readonly frame: HTMLIFrameElement,
    private readonly listener: (event: PhoneEvent) => void,
  ) {
    frame.addEventListener('load', () => this.connect())
  }

  /** Loads another address in the frame, once the call that runs there has been left. */
  open(address: string): void {
    const opening = (this.openings += 1)
    void this.leave().then(() => {
      if (opening === this.openings) this.frame.src = address
    })
  }

  /** Leaves the call; the frame may be taken off the page afterwards, and not earlier: the others would wait for it. */
  async leave(): Promise<void> {
    const { page, channel } = this
    this.unsubscribe()
    this.channel = null
    await Promise.race([page?.hangUp?.(), page && new Promise((resolve) => setTimeout(resolve, LEAVE_WITHIN_MS))])
    channel?.close()
  }

  get data(): DemoPageData | null {
    const data = this.page?.data as DemoPageData | undefined
    if (!data?.roomPhase) return data ?? null
    return { ...data, stage: data.roomPhase === 'idle' || data.roomPhase === 'closed' ? 'form' : 'call' }
  }

  /** Every tile of the room plays, and so does every picture; a tile that nobody has asked for yet waits with good reason. */
  get drawsEveryone(): boolean {
    const pictures = this.frame.contentDocument?.querySelectorAll<HTMLElement>('[data-state]') ?? []
    const states = [...tileStates(this.page), ...[...pictures].map(({ dataset }) => dataset.state)]
    return states.length > 0 && states.every((state) => state === 'playing' || state === 'held')
  }

  setFault(fault: FaultName, on: boolean): void {
    this.channel?.setFault(fault, on)
  }

  join(): void {
    this.page?.join?.()
  }

  hangUp(): void {
    void this.page?.hangUp?.()
  }

  flip(): void {
    this.page?.flip?.()
  }

  useLanguage(language: Language): void {
    const root = this.frame.contentDocument?.documentElement
    if (root) root.lang = LANGUAGE_TAGS[language]
    this.page?.useLanguage?.(language)
  }

  goBack(): void {
    this.channel?.goBack()
  }

  tapLink(): void {
    this.page?.tapLink?.()
  }

  like(): void {
    this.page?.sendLike?.()
  }

  kickLastGuest(): void {
    this.page?.kickLastGuest?.()
  }

  openSheet(sheet: 'chat' | 'invite'): void {
    this.page?.setData({ sheet })
  }

  /** The person has clicked: players that wait for a gesture in their own document get to know. */
  wakeSound(): void {
    this.frame.contentDocument?.dispatchEvent(new Event('pointerdown'))
  }

  change(settings: Partial<PhoneSettings>): void {
    this.page?.setData({ ...settings })
  }

  private get page(): DemoPage | null {
    return (this.channel?.page as DemoPage | null | undefined) ?? null
  }

  private connect(): void {
    const channel = this.frame.contentWindow?.roomletPhone
    if (!channel) return
    this.channel = channel
    // what happened while the frame was loading
    const missed = [...channel.history]
    this.unsubscribe = channel.on(this.listener)
    missed.forEach((event) => this.listener(event))
  }
}
