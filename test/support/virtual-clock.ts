import { setImmediate } from 'node:timers'
import type { Unsubscribe } from '../../src/util/emitter'

export interface ArmedTimer {
  /** Virtual time at which it fires, ms. */
  readonly at: number
  readonly task: () => void
}

/**
 * Time that moves only when a test says so. Timers fire in order of their moment, then of their arming; between two of
 * them every microtask runs, so that promise chains behave as they would with real time between the timers.
 */
export class VirtualClock {
  private time: number
  private readonly timers = new Set<ArmedTimer>()

  /** Starts away from 0, so that a timestamp mistaken for a duration shows. */
  constructor(startMs = 1_700_000_000_000) {
    this.time = startMs
  }

  readonly now = (): number => this.time

  /** What is still armed, soonest first. */
  get pending(): readonly ArmedTimer[] {
    return [...this.timers].sort((a, b) => a.at - b.at)
  }

  readonly setTimer = (ms: number, task: () => void): Unsubscribe => {
    const timer: ArmedTimer = { at: this.time + Math.max(0, ms), task }
    this.timers.add(timer)
    return () => void this.timers.delete(timer)
  }

  /** Moves time forward; what falls due on the way runs at its own moment. `advance(0)` runs what is due now. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms
    await flushMicrotasks()
    while (await this.fireNext(end));
    this.time = end
  }

  /** Moves time forward until `promise` is settled and hands its outcome on. */
  async settle<T>(promise: Promise<T>, withinMs = 60_000): Promise<T> {
    let settled = false
    const done = (): void => void (settled = true)
    promise.then(done, done)
    const end = this.time + withinMs
    await flushMicrotasks()
    while (!settled) {
      if (!(await this.fireNext(end))) throw new Error(`not settled within ${withinMs} ms of virtual time`)
    }
    return promise
  }

  private async fireNext(end: number): Promise<boolean> {
    const next = this.pending[0]
    if (!next || next.at > end) return false
    this.timers.delete(next)
    this.time = Math.max(this.time, next.at)
    next.task()
    await flushMicrotasks()
    return true
  }
}

/** Node runs an immediate only after all microtasks, those they queue included. */
function flushMicrotasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
