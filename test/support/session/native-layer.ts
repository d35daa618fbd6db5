import type { NativeCallOptions, PlayerContext, PublisherContext } from '../../../src/media/media-host'
import type { RawMediaEvent } from '../../../src/media/raw-event'
import type { PlayerView, RoomView } from '../../../src/view/room-view'
import type { VirtualClock } from '../virtual-clock'
import { MediaNetwork } from './media-network'
import { NativeTag, PLAYER_TAG, PUBLISHER_TAG } from './native-tag'

export const PUBLISHER = 'publisher'

interface LevelOptions {
  readonly volume?: number
  readonly zoom?: number
}

/** The native side of one page: tags come and go with the view that setData has brought there. */
export class NativeLayer {
  private readonly tags = new Map<string, NativeTag>()

  constructor(
    private readonly clock: VirtualClock,
    private readonly emit: (event: RawMediaEvent) => void,
    readonly network = new MediaNetwork(),
  ) {}

  /** Native streams that still run. */
  get running(): number {
    return [...this.tags.values()].filter((tag) => tag.running).length
  }

  render(view: RoomView): void {
    this.put(PUBLISHER, view.publisher.url, 'publisher')
    view.players.forEach((player) => {
      const { src = '', streamId = '' } = player as Partial<PlayerView>
      this.put(`player${player.slot}`, src, { streamId })
    })
    for (let slot = view.players.length; this.tags.has(`player${slot}`); slot += 1) this.remove(`player${slot}`)
  }

  /** The page takes all its tags away. */
  clear(): void {
    for (const name of [...this.tags.keys()]) this.remove(name)
  }

  tag(name: string): NativeTag | null {
    return this.tags.get(name) ?? null
  }

  get all(): NativeTag[] {
    return [...this.tags.values()]
  }

  get players(): NativeTag[] {
    return [...this.tags].filter(([name]) => name !== PUBLISHER).map(([, tag]) => tag)
  }

  publisher(): PublisherContext | null {
    if (!this.tags.has(PUBLISHER)) return null
    return {
      start: this.command(PUBLISHER, (tag) => tag.start()),
      stop: this.command(PUBLISHER, (tag) => tag.stop()),
      pause: this.command(PUBLISHER, (tag) => (tag.paused = true)),
      resume: this.command(PUBLISHER, (tag) => (tag.paused = false)),
      switchCamera: this.command(PUBLISHER, () => undefined),
      ...this.levels('setMICVolume', 'setBGMVolume', 'setZoom'),
    }
  }

  player(slot: number): PlayerContext | null {
    const name = `player${slot}`
    if (!this.tags.has(name)) return null
    return {
      play: this.command(name, (tag) => tag.start()),
      stop: this.command(name, (tag) => tag.stop()),
      pause: this.command(name, (tag) => (tag.paused = true)),
      resume: this.command(name, (tag) => (tag.paused = false)),
    }
  }

  private levels(...names: string[]): object {
    const setter = (name: string) => [
      name,
      this.command(PUBLISHER, (tag, { volume, zoom }) => tag.levels.set(name, Number(volume ?? zoom))),
    ]
    return Object.fromEntries(names.map(setter))
  }

  private put(name: string, url: string, target: RawMediaEvent['target']): void {
    if (!url) return this.remove(name)
    const known = this.tags.get(name)
    if (known) {
      // a new URL alone does not wake a dead tag: stop and start have to follow
      known.url = url
      known.target = target
      return
    }
    const isPublisher = target === 'publisher'
    const character = isPublisher ? PUBLISHER_TAG : PLAYER_TAG
    const tag = new NativeTag(this.clock, this.network, character, url, target, this.emit)
    this.tags.set(name, tag)
    if (!isPublisher) tag.start()
  }

  private remove(name: string): void {
    this.tags.get(name)?.destroy()
    this.tags.delete(name)
  }

  private command(name: string, run: (tag: NativeTag, options: LevelOptions) => void) {
    return (options: NativeCallOptions & LevelOptions = {}): void => {
      const tag = this.tags.get(name)
      if (tag) run(tag, options)
      this.clock.setTimer(0, () => {
        options.success?.()
        options.complete?.()
      })
    }
  }
}
