import { signalOf } from '../codes/signals'
import type { MediaTarget } from '../codes/signals'
import type { RoomError } from '../errors'
import type { Stream } from '../model'
import type { Platform } from '../platform/platform'
import type { ReconnectPolicy } from '../util/reconnect-policy'
import type { MediaHost, PublisherContext } from './media-host'
import type { MediaState, PlayerState, PublisherState, TagNetwork, TagState } from './media-state'
import { barsOf, figuresOf } from './quality'
import type { BarCount } from './quality'
import type { RawMediaEvent } from './raw-event'
import { assignSlots } from './slots'
import { SpeakerMeter } from './speaker-meter'
import { TagDriver } from './tag-driver'
import type { TagCommands, TagPort } from './tag-driver'
import { tagEventOf } from './tag-signal'

/** What a media session tells its room. `streamId` is null for the publisher. */
export interface MediaListener {
  changed(): void
  /** Network figures have moved and no bars: only a debugging view shows them. */
  measured(): void
  retrying(streamId: string | null, attempt: number, error: RoomError): void
  recovered(streamId: string | null, attempt: number): void
  failed(streamId: string | null, error: RoomError): void
  qualityChanged(streamId: string | null, bars: BarCount): void
  /** Who is loudest has changed; volume 1-100, or 0 = nobody is heard. */
  speakerChanged(streamId: string | null, volume: number): void
}

/** Where fresh URLs come from; asked again on every retry, because URLs expire. */
export interface UrlSource {
  publishUrl(): Promise<string>
  playUrl(streamId: string): Promise<string>
}

export interface MediaSessionOptions {
  readonly platform: Platform
  readonly policy: ReconnectPolicy
  readonly host: MediaHost
  readonly urls: UrlSource
  readonly listener: MediaListener
}

interface Tag {
  readonly driver: TagDriver
  network: TagNetwork
  /** Somebody who knows better than netstatus has measured; -1 = nobody. */
  measured: BarCount
}

interface PlayerTag extends Tag {
  /** The state last handed out and what it was made of: while nothing moves it is the same object. */
  told?: { readonly state: PlayerState; readonly tag: TagState; readonly network: TagNetwork }
  readonly streamId: string
  readonly slot: number
  /** Shown without being played: its live-player is not on the page. */
  readonly isHeld: boolean
}

const UNMEASURED: Omit<Tag, 'driver'> = { network: { bars: -1, figures: '', codes: [] }, measured: -1 }
/** Codes that are remembered of each tag. */
const CODES = 6
const NONE: ReadonlySet<string> = new Set()

/** One publisher and the players in their slots, each recovering by itself. Discarded after close(). */
export class MediaSession {
  private publisher: Tag | null = null
  private slots: (PlayerTag | null)[] = []
  private readonly players = new Map<string, PlayerTag>()
  /** Slots whose live-player stands on the page: it has to be stopped before it plays something else. */
  private mounted = new Set<number>()
  private closed = false
  /** The user has paused: whatever is started again, or anew, is paused as well. */
  private paused = false

  private readonly speaker: SpeakerMeter

  constructor(private readonly options: MediaSessionOptions) {
    this.speaker = new SpeakerMeter(options.platform, (loudest) =>
      options.listener.speakerChanged(loudest?.streamId ?? null, loudest?.volume ?? 0),
    )
  }

  get state(): MediaState {
    return {
      publisher: this.publisher && publisherState(this.publisher),
      slots: this.slots.map((tag) => tag && playerState(tag)),
    }
  }

  /** Whether one's own tile takes a seat. */
  get isPublishing(): boolean {
    return this.publisher !== null
  }

  /** Starts publishing to `url`; a second call while publishing changes nothing. */
  publish(url: string): void {
    if (this.closed || this.publisher) return
    const driver = this.createDriver(null, 'PUSH_FAILED', () => this.publisherCommands(), this.options.urls.publishUrl)
    this.publisher = { driver, ...UNMEASURED }
    driver.dispatch({ type: 'begun', url, mounted: false })
  }

  /** Restarts the live-pusher in place, once the page has its changed attributes. */
  restartPublisher(): void {
    this.publisher?.driver.dispatch({ type: 'reconfigured' })
  }

  /** Stops publishing; the live-pusher leaves the page. */
  unpublish(): void {
    this.publisher?.driver.close()
    this.publisher = null
    this.options.listener.changed()
  }

  /**
   * Plays these streams, at most `capacity` of them, and stops all others. Those in `held` have their slot and are not
   * played.
   */
  reconcile(wanted: readonly Stream[], capacity: number, held: ReadonlySet<string> = NONE): void {
    if (this.closed) return
    const ids = assignSlots(
      this.slots.map((tag) => tag && tag.streamId),
      wanted,
      capacity,
    )
    const streams = new Map(wanted.map((stream) => [stream.streamId, stream]))
    ids.forEach((id, slot) => this.fill(slot, id === null ? undefined : streams.get(id), id !== null && held.has(id)))
  }

  handle(event: RawMediaEvent): void {
    const streamId = event.target === 'publisher' ? null : event.target.streamId
    const tag = this.tagOf(streamId)
    if (!tag) return
    if (event.type === 'volume') return this.speaker.note(streamId, event.volume ?? 0)
    if (event.type === 'netstatus') {
      const { info = {} } = event
      const bars = tag.measured >= 0 ? tag.measured : barsOf(info)
      return this.show(tag, streamId, { ...tag.network, bars, figures: figuresOf(info) })
    }
    const target = event.target === 'publisher' ? 'publisher' : 'player'
    if (typeof event.code === 'number') this.signal(tag, target, event.code, event.message ?? '')
  }

  /** The vendor's own measure: its bars stand from now on. `null` = the publisher. */
  measured(streamId: string | null, bars: BarCount): void {
    const tag = this.tagOf(streamId)
    if (!tag) return
    tag.measured = bars
    if (bars >= 0) this.show(tag, streamId, { ...tag.network, bars })
  }

  /** What waits for a retry is tried at once; what the phone has suspended only when the foreground is back. */
  wake(by: 'network' | 'foreground'): void {
    for (const tag of this.tags()) tag.driver.dispatch({ type: 'woken', by })
  }

  /** The user asks for another try of publishing, after allowing the camera. */
  retryPublisher(): void {
    this.publisher?.driver.dispatch({ type: 'woken', by: 'user' })
  }

  /** The user asks for another try of a player that has failed. */
  retryPlayer(slot: number): void {
    this.slots[slot]?.driver.dispatch({ type: 'woken', by: 'user' })
  }

  /** Pauses or resumes every tag; it holds over restarts. */
  setPaused(paused: boolean): void {
    this.paused = paused
    const method = paused ? 'pause' : 'resume'
    this.contextOf(null)?.[method]()
    for (const tag of this.slots) if (tag) this.contextOf(tag.streamId)?.[method]()
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    this.speaker.close()
    for (const tag of this.tags()) tag.driver.close()
    this.publisher = null
    this.slots = []
    this.players.clear()
  }

  private show(tag: Tag, streamId: string | null, network: TagNetwork): void {
    const { bars, figures } = tag.network
    const { listener } = this.options
    if (bars === network.bars && figures === network.figures) return
    tag.network = network
    if (bars === network.bars) return listener.measured()
    listener.qualityChanged(streamId, network.bars)
    listener.changed()
  }

  private signal(tag: Tag, target: MediaTarget, code: number, message: string): void {
    const signal = signalOf(target, code)
    const { platform } = this.options
    platform.log('debug', `${target} ${code} ${signal}`)
    const event = tagEventOf(target, { code, signal, message }, platform.now())
    const { network } = tag
    tag.network = { ...network, codes: network.codes.concat(code).slice(-CODES) }
    if (event) tag.driver.dispatch(event)
    else this.options.listener.measured()
  }

  private tags(): Tag[] {
    const players = this.slots.filter((tag): tag is PlayerTag => tag !== null)
    return this.publisher ? [this.publisher, ...players] : players
  }

  private tagOf(streamId: string | null): Tag | null {
    return streamId === null ? this.publisher : (this.players.get(streamId) ?? null)
  }

  private fill(slot: number, stream: Stream | undefined, isHeld: boolean): void {
    const current = this.slots[slot] ?? null
    if ((current?.streamId ?? null) === (stream?.streamId ?? null) && (current?.isHeld ?? false) === isHeld) return
    current?.driver.close()
    this.slots[slot] = null
    if (current) this.players.delete(current.streamId)
    if (!stream || isHeld) this.unmount(slot)
    if (!stream) return this.options.listener.changed()
    const { streamId } = stream
    const driver = this.createDriver(
      streamId,
      'PLAY_FAILED',
      () => this.playerCommands(slot),
      () => this.options.urls.playUrl(streamId),
    )
    const tag = { driver, ...UNMEASURED, streamId, slot, isHeld }
    this.slots[slot] = tag
    this.players.set(streamId, tag)
    if (isHeld) return this.options.listener.changed()
    driver.dispatch({ type: 'begun', url: stream.url, mounted: this.mounted.has(slot) })
    this.options.host.afterRender(() => {
      if (this.isPlayed(slot)) this.mounted.add(slot)
    })
  }

  /** The live-player leaves the page, unless the slot is filled again before. */
  private unmount(slot: number): void {
    this.options.host.afterRender(() => {
      if (!this.isPlayed(slot)) this.mounted.delete(slot)
    })
  }

  private isPlayed(slot: number): boolean {
    return this.slots[slot]?.isHeld === false
  }

  private createDriver(
    streamId: string | null,
    lostAs: TagPort['lostAs'],
    commands: () => TagCommands | null,
    askUrl: () => Promise<string>,
  ): TagDriver {
    const { platform, policy, host, listener } = this.options
    let wasUp = false
    const driver: TagDriver = new TagDriver(platform, policy, {
      lostAs,
      askUrl,
      commands,
      afterRender: (done) => host.afterRender(done),
      changed: () => {
        const { phase } = driver.state
        const isUp = phase === 'running' || phase === 'stalled'
        if (isUp && !wasUp && this.paused) this.contextOf(streamId)?.pause()
        wasUp = isUp
        listener.changed()
      },
      retrying: (attempt, error) => listener.retrying(streamId, attempt, error),
      recovered: (attempt) => listener.recovered(streamId, attempt),
      failed: (error) => listener.failed(streamId, error),
    })
    return driver
  }

  /** The native side of a tag; `null` = the publisher. */
  private contextOf(streamId: string | null): Pick<PublisherContext, 'pause' | 'resume'> | null {
    const { host } = this.options
    if (streamId === null) return host.publisher()
    const slot = this.players.get(streamId)?.slot ?? -1
    return this.isPlayed(slot) ? host.player(slot) : null
  }

  private publisherCommands(): TagCommands | null {
    const context = this.options.host.publisher()
    return context && { autostart: false, start: (o) => context.start(o), stop: (o) => context.stop(o) }
  }

  private playerCommands(slot: number): TagCommands | null {
    const context = this.isPlayed(slot) ? this.options.host.player(slot) : null
    return context && { autostart: true, start: (o) => context.play(o), stop: (o) => context.stop(o) }
  }
}

function publisherState({ driver, network }: Tag): PublisherState {
  return { ...driver.state, ...network }
}

function playerState(player: PlayerTag): PlayerState {
  const { driver, network, streamId, isHeld, told } = player
  const tag = driver.state
  if (told?.tag === tag && told.network === network) return told.state
  const state: PlayerState = { ...tag, ...network, streamId, ...(isHeld && { phase: 'held' }) }
  player.told = { state, tag, network }
  return state
}
