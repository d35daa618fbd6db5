import type { MediaHost, NativeCallOptions, PlayerContext, PublisherContext } from '../../src/media/media-host'
import type { VirtualClock } from './virtual-clock'

/** setData's way to the view, as in the scripted session. */
export const RENDER_MS = 16

export interface FakeHost extends MediaHost {
  /** Native calls in order, such as `publisher.start`, `player0.stop`. */
  readonly calls: string[]
  /** Contexts exist only for what is on the page. */
  publisherOnPage: boolean
  readonly playersOnPage: Set<number>
  /** Commands that never complete, as some devices have them. */
  readonly hanging: Set<string>
}

/** Tags that note what they are told and a page that renders {@link RENDER_MS} later. */
export function createFakeHost(clock: VirtualClock): FakeHost {
  const calls: string[] = []
  const hanging = new Set<string>()
  const playersOnPage = new Set([0, 1, 2, 3, 4, 5, 6, 7])
  const call =
    (name: string) =>
    (options: NativeCallOptions = {}): void => {
      calls.push(name)
      if (hanging.has(name)) return
      clock.setTimer(0, () => {
        options.success?.()
        options.complete?.()
      })
    }
  const publisher: PublisherContext = {
    start: call('publisher.start'),
    stop: call('publisher.stop'),
    pause: call('publisher.pause'),
    resume: call('publisher.resume'),
    switchCamera: call('publisher.switchCamera'),
  }
  const playerAt = (slot: number): PlayerContext => ({
    play: call(`player${slot}.play`),
    stop: call(`player${slot}.stop`),
    pause: call(`player${slot}.pause`),
    resume: call(`player${slot}.resume`),
  })
  return {
    calls,
    hanging,
    publisherOnPage: true,
    playersOnPage,
    publisher() {
      return this.publisherOnPage ? publisher : null
    },
    player: (slot) => (playersOnPage.has(slot) ? playerAt(slot) : null),
    afterRender: (done) => void clock.setTimer(RENDER_MS, done),
  }
}
