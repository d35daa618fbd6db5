import type { RoomCell } from '../room-cell'
import { DEDUPE_MS } from '../lifetimes'
import { EVENT_COUNT_KEY, EVENTS_KEY, changesKey, roomKey } from './keys'
import type { RedisLink } from './redis-link'
import type { StoredRoomImage } from './stored-room-image'

/** Operations written down together at most. */
const BATCH_MAX = 64

export interface Done<T> {
  readonly answer: T
  /** It had been done before; this is what was answered then. */
  readonly isRepeated: boolean
  /** Number of the last event by then. */
  readonly eventCount: number
}

interface Task {
  /** Where the answer is remembered, '' = nowhere. */
  readonly answerKey: string
  /** For how long, ms. */
  readonly answerMs: number
  readonly run: (cell: RoomCell) => unknown
  readonly resolve: (done: Done<unknown>) => void
  readonly reject: (error: unknown) => void
}

type Outcome = { readonly task: Task } & (
  { readonly answer: unknown; readonly isRepeated: boolean } | { readonly error: unknown }
)

export interface RoomTransactionsOptions {
  readonly image: StoredRoomImage
  readonly now: () => number
  /** See COMMIT_SCRIPT. */
  readonly commit: RedisLink['commit'] extends (node: string, ...words: infer Words) => infer Reply
    ? (...words: Words) => Reply
    : never
  readonly onIdle: () => void
}

/**
 * The operations of this node on one room, one after the other; those that come while others are being written down are written
 * together. An operation may run several times, until nothing came between: only what the last one did counts.
 */
export class RoomTransactions {
  private waiting: Task[] = []
  private isRunning = false

  constructor(private readonly options: RoomTransactionsOptions) {}

  get isIdle(): boolean {
    return !this.isRunning
  }

  /** Rejects with what `run` throws, or with StoreUnavailable. */
  run<T>(answerKey: string, run: (cell: RoomCell) => T, answerMs = DEDUPE_MS): Promise<Done<T>> {
    return new Promise<Done<T>>((resolve, reject) => {
      // what comes out is what `run` gave, now or when it was asked for first
      this.waiting.push({ answerKey, answerMs, run, resolve: resolve as Task['resolve'], reject })
      if (!this.isRunning) void this.drain()
    })
  }

  private async drain(): Promise<void> {
    this.isRunning = true
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH_MAX)
      try {
        await this.perform(batch)
      } catch (error) {
        this.options.image.takeBack()
        this.options.image.version = null
        for (const { reject } of batch) reject(error)
      }
    }
    this.isRunning = false
    this.options.onIdle()
  }

  private async perform(batch: readonly Task[]): Promise<void> {
    const { image } = this.options
    const earlier = new Map<string, unknown>()
    if (!image.version) await this.attempt([], [])
    for (;;) {
      const outcomes = this.runAll(batch, earlier)
      const eventCount = await this.attempt(outcomes, asked(batch), earlier)
      if (eventCount !== null) return settle(outcomes, eventCount)
    }
  }

  /** Writes down what the room has become. @returns null when that has to be worked out anew */
  private async attempt(
    outcomes: readonly Outcome[],
    answerKeys: readonly string[],
    earlier = new Map<string, unknown>(),
  ): Promise<number | null> {
    const { image } = this.options
    const { id } = image
    const unanswered = answerKeys.filter((key) => !earlier.has(key))
    const keys = [roomKey(id), changesKey(id), EVENTS_KEY, EVENT_COUNT_KEY, ...unanswered]
    const { epoch, revision } = image.version ?? { epoch: '?', revision: 0 }
    const commands = [...image.commands(), ...this.answers(outcomes)]
    const events = image.events.length > 0 ? JSON.stringify(image.events) : ''
    const words = commands.flatMap((command) => [command.length, ...command])
    const reply = await this.options.commit(keys, [epoch, revision, this.options.now(), events, ...words])
    if (reply[0] === 'done') {
      if (image.hasChanged) image.keep()
      return reply[1]
    }
    image.takeBack()
    if (reply[0] === 'behind') image.follow(reply[1])
    if (reply[0] === 'other') image.read(reply[1])
    if (reply[0] === 'answered') {
      reply[1].forEach((text, index) => {
        if (text !== '') earlier.set(unanswered[index] as string, JSON.parse(text.slice(text.indexOf('|') + 1)))
      })
    }
    return null
  }

  private runAll(batch: readonly Task[], earlier: ReadonlyMap<string, unknown>): Outcome[] {
    // the same request may be in one batch twice
    const answered = new Map(earlier)
    return batch.map((task): Outcome => {
      const { answerKey } = task
      if (answerKey !== '' && answered.has(answerKey)) {
        return { task, answer: answered.get(answerKey), isRepeated: true }
      }
      try {
        const answer = task.run(this.options.image.cell)
        if (answerKey !== '') answered.set(answerKey, answer)
        return { task, answer, isRepeated: false }
      } catch (error) {
        return { task, error }
      }
    })
  }

  private answers(outcomes: readonly Outcome[]): (readonly (string | number)[])[] {
    const now = this.options.now()
    return outcomes.flatMap((outcome) => {
      const { answerKey, answerMs } = outcome.task
      if (answerKey === '' || 'error' in outcome || outcome.isRepeated) return []
      // Redis forgets it by its own clock, later than it counts by ours
      return [
        ['SET', answerKey, `${now + answerMs}|${JSON.stringify(outcome.answer ?? null)}`, 'PX', answerMs + DEDUPE_MS],
      ]
    })
  }
}

function asked(batch: readonly Task[]): string[] {
  return [...new Set(batch.flatMap(({ answerKey }) => (answerKey === '' ? [] : [answerKey])))]
}

function settle(outcomes: readonly Outcome[], eventCount: number): void {
  for (const outcome of outcomes) {
    if ('error' in outcome) outcome.task.reject(outcome.error)
    else outcome.task.resolve({ answer: outcome.answer, isRepeated: outcome.isRepeated, eventCount })
  }
}
