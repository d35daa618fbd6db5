import type { Clock } from '../clock'
import type { Log } from '../log'
import { systemRandom, type RandomBytes } from '../random'
import { OUTBOX_CAPACITY, type Outbox, type OutboxEntry, type OutboxReader } from '../store/outbox'
import type { Store } from '../store/store'
import { backoffMs } from './backoff'
import { DeliveryError, type Destination } from './destination'

/** A destination that has not answered by then is asked again. */
const ANSWER_MS = 10_000
/** Events on their way to one destination at once, each of another room. */
const CONCURRENT = 8
/** An event that nobody has taken for so long is given up. */
const GIVE_UP_MS = 24 * 3600_000
/** What would be lost with this node has this long to arrive when the node ends. */
const DRAIN_MS = 5_000
/** A destination that fails is worth a warning this often. */
const WARN_MS = 60_000

export interface DispatcherOptions {
  readonly clock: Clock
  readonly log: Log
  readonly random?: RandomBytes
  readonly capacity?: number
}

export interface DispatcherCounts {
  readonly waiting: number
  readonly delivered: number
  /** Tries that failed. */
  readonly failed: number
  /** Given up: too old, or too many waited. */
  readonly dropped: number
}

/** What waits for a destination of one room: only the first is on its way, so that the room's order is kept. */
interface Lane {
  readonly entries: OutboxEntry[]
  /** Failures of the first entry. */
  failures: number
  phase: 'ready' | 'sending' | 'paused'
  /** Ends the pause. */
  cancel: () => void
}

/** Takes room events to one destination, at least once each, those of one room in order. */
export class Dispatcher implements OutboxReader {
  readonly name: string
  readonly capacity: number
  private readonly outbox: Outbox
  private lanes = new Map<string, Lane>()
  /** Rooms by what waits in them, the oldest event first. */
  private readonly waiting = new Map<string, string>()
  private ready: Lane[] = []
  private readonly sending = new Set<AbortController>()
  private readonly counts = { delivered: 0, failed: 0, dropped: 0 }
  private warnedAt = -Infinity
  private cancelStart: (() => void) | null = null
  private onQuiet: (() => void) | null = null

  constructor(
    private readonly destination: Destination,
    store: Pick<Store, 'openOutbox'>,
    private readonly options: DispatcherOptions,
  ) {
    this.name = destination.name
    this.capacity = options.capacity ?? OUTBOX_CAPACITY
    this.outbox = store.openOutbox(this)
  }

  get stats(): DispatcherCounts {
    return { ...this.counts, waiting: this.waiting.size }
  }

  take(entries: readonly OutboxEntry[]): void {
    if (this.isLeftToOthers) return
    for (const entry of entries) {
      this.waiting.set(entry.key, entry.event.room)
      this.laneOf(entry.event.room).entries.push(entry)
      if (this.waiting.size > this.capacity) this.dropOldest()
    }
    // whoever tells something waits for no destination
    this.cancelStart ??= this.options.clock.setTimer(0, () => {
      this.cancelStart = null
      this.start()
    })
  }

  handOver(): void {
    for (const { cancel } of this.lanes.values()) cancel()
    this.lanes = new Map()
    this.ready = []
    this.waiting.clear()
    for (const controller of this.sending) controller.abort()
  }

  /**
   * Ends when nothing is on its way any more. What would be lost with this node is tried once more before, for some seconds;
   * anything else is left to another node.
   */
  async close(): Promise<void> {
    const quiet = new Promise<void>((resolve) => (this.onQuiet = resolve))
    for (const lane of this.lanes.values()) if (lane.phase === 'paused') this.resume(lane)
    if (this.isLeftToOthers) this.ready = []
    this.start()
    const cancel = this.options.clock.setTimer(DRAIN_MS, () => this.handOver())
    this.tellQuiet()
    await quiet
    cancel()
    this.cancelStart?.()
    this.handOver()
    await this.outbox.close()
  }

  /** This node ends, and another one delivers what is in the queue. */
  private get isLeftToOthers(): boolean {
    return this.onQuiet !== null && this.outbox.isDurable
  }

  private laneOf(room: string): Lane {
    const known = this.lanes.get(room)
    if (known) return known
    const lane: Lane = { entries: [], failures: 0, phase: 'ready', cancel: () => undefined }
    this.lanes.set(room, lane)
    this.ready.push(lane)
    return lane
  }

  private start(): void {
    while (this.sending.size < CONCURRENT) {
      const lane = this.ready.shift()
      if (!lane) return
      const [entry] = lane.entries
      if (entry) void this.send(lane, entry)
    }
  }

  private async send(lane: Lane, entry: OutboxEntry): Promise<void> {
    lane.phase = 'sending'
    const failure = await this.attempt(entry).then(
      () => null,
      (error: unknown) => ({ error }),
    )
    this.counts[failure ? 'failed' : 'delivered'] += 1
    // handed over meanwhile, it is another node's
    if (this.lanes.get(entry.event.room) === lane) {
      if (!failure) this.next(lane, entry)
      else if (this.onQuiet) this.giveUp(lane)
      else this.pause(lane, entry, failure.error)
    }
    this.start()
    this.tellQuiet()
  }

  private async attempt({ event }: OutboxEntry): Promise<void> {
    const controller = new AbortController()
    const { signal } = controller
    this.sending.add(controller)
    const given = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new DeliveryError('no answer in time')))
    })
    const cancel = this.options.clock.setTimer(ANSWER_MS, () => controller.abort())
    try {
      await Promise.race([this.destination.deliver(event, signal), given])
    } finally {
      cancel()
      this.sending.delete(controller)
    }
  }

  /** The entry is through; whatever comes after it in its room may go. */
  private next(lane: Lane, entry: OutboxEntry): void {
    // it may have been dropped on its way
    if (lane.entries[0] === entry) lane.entries.shift()
    this.waiting.delete(entry.key)
    this.outbox.done(entry.key)
    lane.failures = 0
    this.goOn(lane, entry.event.room)
  }

  private goOn(lane: Lane, room: string): void {
    if (lane.entries.length === 0) this.lanes.delete(room)
    else this.resume(lane)
  }

  private resume(lane: Lane): void {
    lane.cancel()
    lane.phase = 'ready'
    if (!this.isLeftToOthers) this.ready.push(lane)
  }

  private pause(lane: Lane, entry: OutboxEntry, error: unknown): void {
    const { clock, random = systemRandom } = this.options
    const { room, time, id } = entry.event
    if (lane.entries[0] !== entry) return this.goOn(lane, room)
    if (clock.now() - time > (this.destination.giveUpAfterMs ?? GIVE_UP_MS)) {
      this.counts.dropped += 1
      this.warn('An event is given up', { id, reason: reasonIn(error) })
      return this.next(lane, entry)
    }
    lane.failures += 1
    const asked = error instanceof DeliveryError ? error.retryAfterMs : 0
    const delayMs = Math.max(asked, backoffMs(lane.failures, random(4).readUInt32BE(0) / 2 ** 32))
    this.warn('An event is delivered again later', { id, reason: reasonIn(error), delayMs })
    lane.phase = 'paused'
    lane.cancel = clock.setTimer(delayMs, () => {
      this.resume(lane)
      this.start()
    })
  }

  /** The node ends, and what it holds of the room with it. */
  private giveUp(lane: Lane): void {
    const { entries } = lane
    if (!this.outbox.isDurable) this.counts.dropped += entries.length
    for (const { key, event } of entries.splice(0)) {
      this.waiting.delete(key)
      this.lanes.delete(event.room)
    }
  }

  private dropOldest(): void {
    const [oldest] = this.waiting
    if (!oldest) return
    const [key, room] = oldest
    const lane = this.lanes.get(room)
    this.waiting.delete(key)
    this.counts.dropped += 1
    this.warn('Too many events wait: the oldest is dropped', {})
    this.outbox.done(key)
    if (!lane) return
    lane.entries.shift()
    lane.failures = 0
    if (lane.entries.length > 0 || lane.phase === 'sending') return
    lane.cancel()
    this.lanes.delete(room)
  }

  private tellQuiet(): void {
    if (this.sending.size === 0 && this.ready.length === 0) this.onQuiet?.()
  }

  private warn(message: string, data: object): void {
    const now = this.options.clock.now()
    const isNews = now - this.warnedAt >= WARN_MS
    if (isNews) this.warnedAt = now
    this.options.log(isNews ? 'warn' : 'debug', message, { destination: this.name, ...this.stats, ...data })
  }
}

function reasonIn(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
