import type { Stream } from '../model'
import type { Platform } from '../platform/platform'
import type { ReconnectPolicy } from '../util/reconnect-policy'
import type { MediaHost } from './media-host'
import type { MediaState } from './media-state'
import { callNative } from './native-call'
import { barsOf, figuresOf } from './quality'
import type { BarCount } from './quality'
import type { RawMediaEvent } from './raw-event'
import { assignSlots } from './slots'
import { SpeakerMeter } from './speaker-meter'
import { TagDriver } from './tag-driver'
import type { TagListener } from './tag-driver'
import { PLAYER, PUBLISHER } from './tag-kind'
import { NEW_TAG } from './tag-step'

/** What a media session tells its room. `streamId` is '' for the publisher. */
export interface MediaListener extends TagListener {
  /** Something has moved that only a debugging view shows: network figures, a code. */
  measured(): void
  qualityChanged(streamId: string, bars: BarCount): void
  /** Who is loudest has changed; volume 1-100, or 0 = nobody is heard. */
  speakerChanged(streamId: string, volume: number): void
}

export interface MediaSessionOptions {
  readonly platform: Platform
  readonly policy: ReconnectPolicy
  readonly host: MediaHost
  readonly listener: MediaListener
  /** Where fresh URLs come from, '' = the publisher's; asked again on every retry, because URLs expire. */
  askUrl(streamId: string): Promise<string>
}

/** Where the publisher stands, beside the slots of the players. */
const NO_SLOT = -1

/** One publisher and the players in their slots, each recovering by itself. Discarded after close(). */
export class MediaSession {
  private publisher: TagDriver | null = null
  private slots: (TagDriver | null)[] = []
  /** Whether the live-player of a slot stands on the page: it has to be stopped before it plays something else. */
  private mounted: readonly boolean[] = []
  /** By streamId, of whoever knows better than netstatus; -1 = nobody. */
  private readonly vendorBars = new Map<string, BarCount>()
  private closed = false
  /** The user has paused: whatever is started again, or anew, is paused as well. */
  private paused = false
  private readonly speaker: SpeakerMeter

  constructor(private readonly options: MediaSessionOptions) {
    this.speaker = new SpeakerMeter(options.platform, (...loudest) => options.listener.speakerChanged(...loudest))
  }

  get state(): MediaState {
    return { publisher: this.publisher?.state ?? null, slots: this.slots.map((tag) => tag?.state ?? null) }
  }

  /** Starts publishing to `url`, or asks for it where it is ''; a second call while publishing changes nothing. */
  publish(url: string): void {
    if (this.closed || this.publisher) return
    this.publisher = this.createTag(NO_SLOT, '', false)
    begin(this.publisher, url, false)
  }

  /** Restarts the live-pusher in place, once the page has its changed attributes. */
  restartPublisher(): void {
    if (this.publisher?.state.url) this.publisher.dispatch('reconfigured')
  }

  /** Stops publishing; the live-pusher leaves the page. */
  unpublish(): void {
    this.end(this.publisher)
    this.publisher = null
    this.options.listener.changed()
  }

  /** Plays these streams, at most `capacity` of them, and stops all others. Who is held has a slot and is not played. */
  reconcile(wanted: readonly Stream[], capacity: number, isHeld = (_stream: Stream): boolean => false): void {
    const shown = this.slots.map((tag) => tag?.state.streamId)
    assignSlots(shown, wanted, capacity).forEach((stream, slot) =>
      this.fill(slot, stream, stream !== undefined && isHeld(stream)),
    )
  }

  handle({ target, type, code, message, volume = 0, info = {} }: RawMediaEvent): void {
    const streamId = target === 'publisher' ? '' : target.streamId
    const tag = this.tagOf(streamId)
    // without a URL it is not on the page: what is reported belongs to what stood there before
    if (!tag?.state.url) return
    if (type === 'volume') this.speaker.note(streamId, volume)
    else if (type === 'netstatus') {
      const bars = this.vendorBars.get(streamId) ?? -1
      this.show(tag, bars < 0 ? barsOf(info) : bars, figuresOf(info))
    } else if (typeof code === 'number') {
      tag.report(code, message)
      this.options.listener.measured()
    }
  }

  /** The vendor's own measure: its bars stand from now on. `null` = the publisher. */
  measured(streamId: string | null, bars: BarCount): void {
    const tag = this.tagOf(streamId ?? '')
    if (!tag) return
    this.vendorBars.set(tag.state.streamId, bars)
    if (bars >= 0) this.show(tag, bars, tag.state.figures)
  }

  /** What waits for a retry is tried at once; what the phone has suspended only when the foreground is back. */
  wake(by: 'network' | 'foreground'): void {
    for (const tag of this.tags()) tag.wake(by)
  }

  /** The user asks for another try of publishing, after allowing the camera. */
  retryPublisher(): void {
    this.publisher?.wake('user')
  }

  /** The user asks for another try of a player that has failed. */
  retryPlayer(slot: number): void {
    this.slots[slot]?.wake('user')
  }

  /** Pauses or resumes every tag; it holds over restarts. */
  setPaused(paused: boolean): void {
    this.paused = paused
    for (const tag of this.tags()) void tag.call(paused ? 'pause' : 'resume')
  }

  close(): void {
    this.closed = true
    this.speaker.close()
    for (const tag of this.tags()) this.end(tag)
    this.publisher = null
    this.slots = []
  }

  private show(tag: TagDriver, bars: BarCount, figures: string): void {
    const before = tag.state
    const { listener } = this.options
    if (bars === before.bars && figures === before.figures) return
    tag.note({ bars, figures })
    if (bars === before.bars) return listener.measured()
    listener.qualityChanged(before.streamId, bars)
    listener.changed()
  }

  private tags(): TagDriver[] {
    return [this.publisher, ...this.slots].filter((tag): tag is TagDriver => tag !== null)
  }

  private tagOf(streamId: string): TagDriver | undefined {
    return this.tags().find(({ state }) => state.streamId === streamId)
  }

  private fill(slot: number, stream: Stream | undefined, isHeld: boolean): void {
    const { host, listener } = this.options
    const current = this.slots[slot] ?? null
    const before = current?.state
    const isSame = before?.streamId === stream?.streamId && (before?.phase === 'held') === isHeld
    // whoever heard of the slot before may have ended the session
    if (isSame || this.closed) return
    this.end(current)
    const tag = stream ? this.createTag(slot, stream.streamId, isHeld) : null
    this.slots[slot] = tag
    if (tag && stream && !isHeld) begin(tag, stream.url, this.mounted[slot] ?? false)
    else listener.changed()
    // one that is filled meanwhile counts as well: a stop too many does no harm, one too few leaves the old picture
    host.afterRender(() => {
      this.mounted = this.slots.map((each) => each !== null && each.state.phase !== 'held')
    })
  }

  /** A held tag has no native side: its live-player is not on the page. */
  private createTag(slot: number, streamId: string, isHeld: boolean): TagDriver {
    const { options } = this
    const isPlayer = slot !== NO_SLOT
    const tag = new TagDriver(
      {
        ...options,
        kind: isPlayer ? PLAYER : PUBLISHER,
        autostart: isPlayer,
        command: async (name) => {
          const context = isPlayer ? options.host.player(slot) : options.host.publisher()
          if (context && !isHeld) await callNative(context, name)
        },
        listener: {
          ...options.listener,
          up: () => {
            if (this.paused) void tag.call('pause')
            options.listener.up(streamId)
          },
        },
      },
      { ...NEW_TAG, streamId, phase: isHeld ? 'held' : 'starting' },
    )
    return tag
  }

  private end(tag: TagDriver | null): void {
    if (!tag) return
    tag.close()
    this.vendorBars.delete(tag.state.streamId)
    void tag.call('stop')
  }
}

/** `url` is '' where nobody has it yet. */
function begin(tag: TagDriver, url: string, mounted: boolean): void {
  if (url) tag.dispatch('begun', url, mounted)
  else tag.dispatch('requested', mounted)
}
