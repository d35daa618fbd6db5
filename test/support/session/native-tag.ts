import type { RawMediaEvent } from '../../../src/media/raw-event'
import type { VirtualClock } from '../virtual-clock'
import type { MediaNetwork } from './media-network'

/** [ms after the start, code] as the scripted session has them. */
type Script = readonly (readonly [number, number])[]

export interface TagCharacter {
  /** What a start reports; with the last of it media flow. */
  readonly script: Script
  /** The SDK reconnects by itself; it gives up. */
  readonly reconnecting: number
  readonly givenUp: number
}

export const PUBLISHER_TAG: TagCharacter = {
  script: [
    [180, 1001],
    [220, 1003],
    [380, 1007],
    [420, 1008],
    [500, 1002],
  ],
  reconnecting: 1102,
  givenUp: -1307,
}

export const PLAYER_TAG: TagCharacter = {
  script: [
    [100, 2001],
    [160, 2002],
    [320, 2003],
    [340, 2004],
  ],
  reconnecting: 2103,
  givenUp: -2301,
}

const NETSTATUS_EVERY_MS = 2_000
const NETSTATUS = { netQualityLevel: 1, videoBitrate: 480, audioBitrate: 32, videoFPS: 15, netSpeed: 512 }
/** Until the SDK notices that nothing arrives any more, and until it has had enough of trying. */
const NOTICES_AFTER_MS = 1_000
const GIVES_UP_AFTER_MS = 4_000
/** A start that cannot reach the server, or whose URL is refused, is over after this. */
const REFUSED_AFTER_MS = 220
const SERVER_UNREACHABLE = 3002
const URL_REFUSED = 3004

/** One native tag: runs its script when it is started, reports its network, stays dead once it has died. */
export class NativeTag {
  running = false
  paused = false
  /** What was set by a call of the context; a tag that is stopped forgets it. */
  readonly levels = new Map<string, number>()
  private engaged = false
  /** Media flow: started, reached the end of the script, and neither stopped nor dead since. */
  flowing = false
  private readonly timers = new Set<() => void>()
  private readonly unsubscribe: () => void

  constructor(
    private readonly clock: VirtualClock,
    private readonly network: MediaNetwork,
    private readonly character: TagCharacter,
    /** As the page has set it; a start takes it up. */
    public url: string,
    public target: RawMediaEvent['target'],
    private readonly told: (event: RawMediaEvent) => void,
  ) {
    this.unsubscribe = network.onChange((reachable) => this.networkChanged(reachable))
  }

  /** Without a stop since the last start it has no effect, even on a tag that has died. */
  start(): void {
    if (this.engaged) return
    this.engaged = true
    this.paused = false
    this.connect()
  }

  stop(): void {
    this.engaged = false
    this.levels.clear()
    this.halt()
  }

  report(code: number): void {
    if (this.running) this.emit({ type: 'statechange', code })
  }

  /** The SDK gives up: nothing more comes until the tag is started again. */
  die(code = this.character.givenUp): void {
    this.report(code)
    this.halt()
  }

  /** The tag has left the page. */
  destroy(): void {
    this.stop()
    this.unsubscribe()
  }

  private halt(): void {
    this.running = false
    this.flowing = false
    this.clearTimers()
  }

  private connect(): void {
    this.halt()
    this.running = true
    const { script } = this.character
    if (!this.network.isReachable) return this.after(REFUSED_AFTER_MS, () => this.die(SERVER_UNREACHABLE))
    if (!this.network.accepts(this.url)) return this.after(REFUSED_AFTER_MS, () => this.die(URL_REFUSED))
    for (const [ms, code] of script) this.after(ms, () => this.report(code))
    const [lastMs = 0] = script[script.length - 1] ?? []
    this.after(lastMs, () => {
      this.flowing = true
      this.netstatus()
    })
  }

  private emit(event: Omit<RawMediaEvent, 'target'>): void {
    this.told({ ...event, target: this.target })
  }

  private networkChanged(reachable: boolean): void {
    if (!this.running) return
    this.clearTimers()
    const { reconnecting } = this.character
    if (!reachable) {
      this.after(NOTICES_AFTER_MS, () => {
        this.flowing = false
        this.report(reconnecting)
      })
      this.after(GIVES_UP_AFTER_MS, () => this.die())
    } else if (this.flowing) this.netstatus()
    else this.after(NOTICES_AFTER_MS, () => this.connect())
  }

  private netstatus(): void {
    this.after(NETSTATUS_EVERY_MS, () => {
      this.emit({ type: 'netstatus', info: NETSTATUS })
      this.netstatus()
    })
  }

  private clearTimers(): void {
    for (const cancel of this.timers) cancel()
    this.timers.clear()
  }

  private after(ms: number, task: () => void): void {
    const cancel = this.clock.setTimer(ms, () => {
      this.timers.delete(cancel)
      if (this.running) task()
    })
    this.timers.add(cancel)
  }
}
