import type { RawMediaEvent } from '../../../../src/media/raw-event'
import type { MediaHost, NativeCallOptions, PlayerContext, PublisherContext } from '../../../../src/media/media-host'
import type { MediaState } from '../../../../src/media/media-state'
import { userIdOf } from '../../runtime/network'
import { hub } from '../../runtime/phone-hub'
import type { MediaElementName } from '../../runtime/phone-channel'
import type { DeskPlayer, DeskPublisher, PlayerListener, SettingsSource, TagListener, Transport } from './desk-tags'

/** Makes tags; which transport is for each of them is decided there. */
export interface TagFactory {
  publisher(transport: Transport, settings: SettingsSource, listener: TagListener): DeskPublisher
  player(transport: Transport, url: string, userId: string, listener: PlayerListener): DeskPlayer
  /** The transport to publish with at this moment. */
  toPublish(): Promise<Transport>
  toPlay(streamId: string, url: string): Promise<Transport>
}

export interface MediaHostPort {
  /** The room's media, null before there is a room. */
  media(): MediaState
  deliver(event: RawMediaEvent): void
  /** A picture came or went. */
  picturesChanged(): void
}

interface PlayerTag {
  streamId: string
  /** Rises with every play and stop; what belongs to an older run is dropped. */
  run: number
  player: DeskPlayer | null
  picture: HTMLCanvasElement | HTMLVideoElement | null
}

/** The desk's tags: one publisher and the players, run by the room's core as it runs a phone's. */
export class DeskMediaHost implements MediaHost {
  private current: DeskPublisher | null = null
  private publishRun = 0
  private readonly players = new Map<number, PlayerTag>()
  private waiting: (() => void)[] = []
  private renderPlanned = false

  constructor(
    private readonly port: MediaHostPort,
    private readonly factory: TagFactory,
    private readonly settings: SettingsSource,
  ) {}

  publisher(): PublisherContext | null {
    if (!this.port.media().publisher) return null
    return {
      start: (options) => this.answer(options, () => this.startPublishing()),
      stop: (options) => this.answer(options, () => this.stopPublishing()),
      ...UNUSED,
      switchCamera: (options) => options?.fail?.({ errMsg: 'a desk has one camera' }),
    }
  }

  player(slot: number): PlayerContext | null {
    if (!this.players.has(slot)) return null
    return {
      play: (options) => this.answer(options, () => this.play(slot)),
      stop: (options) => this.answer(options, () => this.stop(slot)),
      ...UNUSED,
    }
  }

  afterRender(done: () => void): void {
    this.waiting.push(done)
    this.render()
  }

  /** Brings the tags to what the room's media say, once this turn is over. */
  render(): void {
    if (this.renderPlanned) return
    this.renderPlanned = true
    queueMicrotask(() => {
      this.renderPlanned = false
      this.syncPlayers()
      for (const done of this.waiting.splice(0)) done()
    })
  }

  settingsChanged(): void {
    this.current?.settingsChanged()
  }

  /** How one's own stream travels; null while nothing is published. */
  get transport(): Transport | null {
    return this.current?.transport ?? null
  }

  /** Publishes anew, with the transport that is right by now. */
  republish(): void {
    if (this.current) this.startPublishing()
  }

  pictureOf(streamId: string): HTMLCanvasElement | HTMLVideoElement | null {
    return this.tagOf(streamId)?.picture ?? null
  }

  soundOf(streamId: string): MediaStream | null {
    return this.tagOf(streamId)?.player?.sound() ?? null
  }

  transportOf(streamId: string): Transport | null {
    return this.tagOf(streamId)?.player?.transport ?? null
  }

  ownSound(): MediaStream | null {
    return this.current?.sound() ?? null
  }

  close(): void {
    this.stopPublishing()
    for (const slot of [...this.players.keys()]) this.remove(slot)
  }

  private tagOf(streamId: string): PlayerTag | undefined {
    return [...this.players.values()].find((tag) => tag.streamId === streamId)
  }

  private answer(options: NativeCallOptions | undefined, work: () => void): void {
    try {
      work()
      options?.success?.()
    } catch (error) {
      options?.fail?.({ errMsg: (error as Error).message })
    }
    options?.complete?.()
  }

  private syncPlayers(): void {
    const { publisher, slots } = this.port.media()
    if (!publisher) this.stopPublishing()
    for (const slot of [...this.players.keys()]) if (!slots[slot]) this.remove(slot)
    slots.forEach((state, slot) => {
      if (!state) return
      const tag = this.players.get(slot)
      if (tag) tag.streamId = state.streamId
      else {
        this.players.set(slot, { streamId: state.streamId, run: 0, player: null, picture: null })
        this.play(slot)
      }
    })
  }

  private startPublishing(): void {
    this.stopPublishing()
    const run = this.publishRun
    void this.factory.toPublish().then((transport) => {
      const url = this.port.media().publisher?.url
      if (run !== this.publishRun || !url) return
      const deliver = (event: Omit<RawMediaEvent, 'target'>): void => {
        if (run !== this.publishRun) return
        report('live-pusher', userIdOf(url), event)
        this.port.deliver({ target: 'publisher', ...event })
      }
      this.current = this.factory.publisher(transport, this.settings, listenerOf(deliver))
      this.current.start(url)
    })
  }

  private stopPublishing(): void {
    this.publishRun += 1
    this.current?.close()
    this.current = null
  }

  private play(slot: number): void {
    const tag = this.players.get(slot)
    const state = this.port.media().slots[slot]
    if (!tag || !state?.url || tag.player) return
    const run = ++tag.run
    const { streamId, url } = state
    void this.factory.toPlay(streamId, url).then((transport) => {
      if (run !== tag.run) return
      const deliver = (event: Omit<RawMediaEvent, 'target'>): void => {
        if (run !== tag.run) return
        report('live-player', userIdOf(url), event)
        this.port.deliver({ target: { streamId }, ...event })
      }
      tag.player = this.factory.player(transport, url, userIdOf(url), {
        ...listenerOf(deliver),
        onPicture: (picture) => {
          if (run !== tag.run) return
          tag.picture = picture
          this.port.picturesChanged()
        },
      })
    })
  }

  /** The last picture stands until another one comes. */
  private stop(slot: number): void {
    const tag = this.players.get(slot)
    if (!tag) return
    tag.run += 1
    tag.player?.close()
    tag.player = null
  }

  private remove(slot: number): void {
    this.stop(slot)
    this.players.delete(slot)
    this.port.picturesChanged()
  }
}

/** Nothing at a desk pauses. */
const UNUSED = {
  pause: (options?: NativeCallOptions) => options?.complete?.(),
  resume: (options?: NativeCallOptions) => options?.complete?.(),
}

/** For the page around the desk, which shows what a phone's tags tell as well. */
function report(element: MediaElementName, userId: string, event: Omit<RawMediaEvent, 'target'>): void {
  const { type, code, message, info } = event
  // a tag of the desk has no word of its own about the volume
  if (type === 'volume') return
  hub.report({
    type: 'media',
    element,
    id: '',
    userId,
    event: type,
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
    ...(info && { info: info as Readonly<Record<string, number>> }),
  })
}

function listenerOf(deliver: (event: Omit<RawMediaEvent, 'target'>) => void): TagListener {
  return {
    onCode: (code, message) => deliver({ type: 'statechange', code, message }),
    onError: (code, message) => deliver({ type: 'error', code, message }),
    onNetStatus: (info) => deliver({ type: 'netstatus', info }),
  }
}
