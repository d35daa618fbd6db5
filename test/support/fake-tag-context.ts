import type { NativeCallOptions } from '../../src/media/media-host'
import type { VirtualClock } from './virtual-clock'

export interface NativeCallRecord {
  readonly name: string
  readonly args: readonly unknown[]
}

export interface FakeTagContext {
  readonly context: Record<'start' | 'play' | 'stop', (options?: NativeCallOptions) => void>
  readonly records: readonly NativeCallRecord[]
  /** Names of the calls so far, in order. */
  readonly calls: readonly string[]
  /** What a method refuses with, in place of success. */
  readonly refusals: Map<string, string>
  /** What a method hands to `success`, or returns. */
  readonly results: Map<string, unknown>
}

/** A native context whose methods answer a moment later, by callbacks where they are given options. */
export function createFakeTagContext(clock: VirtualClock, methods: readonly string[]): FakeTagContext {
  const records: NativeCallRecord[] = []
  const refusals = new Map<string, string>()
  const results = new Map<string, unknown>()
  const method =
    (name: string) =>
    (...args: unknown[]): unknown => {
      records.push({ name, args })
      const options = (typeof args[0] === 'object' ? args[0] : {}) as NativeCallOptions
      const errMsg = refusals.get(name)
      clock.setTimer(0, () => {
        if (errMsg === undefined) options.success?.(results.get(name) ?? { errMsg: `${name}:ok` })
        else options.fail?.({ errMsg })
        options.complete?.()
      })
      return results.get(name)
    }
  const names = [...new Set(['start', 'play', 'stop', ...methods])]
  return {
    context: Object.fromEntries(names.map((name) => [name, method(name)])) as FakeTagContext['context'],
    records,
    get calls() {
      return records.map(({ name }) => name)
    },
    refusals,
    results,
  }
}
