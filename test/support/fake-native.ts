import type { NativeCallOptions } from '../../src/media/media-host'

/** One call of a native context, such as `publisher.start` or `player-0.play`. */
export interface NativeCalls {
  readonly calls: string[]
  /** What each call of `calls` was given, callbacks left out. */
  readonly given: object[]
  /** Calls that the phone refuses, with its words; every other answers at once. */
  readonly refusals: Map<string, string>
  /** Gives wx its own context makers back. */
  restore(): void
}

export interface NativeAbilities {
  /** Methods that the contexts have beside starting, stopping and pausing. */
  readonly publisher?: readonly string[]
  readonly player?: readonly string[]
}

const PUBLISHER_METHODS = ['start', 'stop', 'pause', 'resume', 'switchCamera'] as const
const PLAYER_METHODS = ['play', 'stop', 'pause', 'resume'] as const

/** Lets wx make contexts that note what they are told and answer at once, as the tags of a phone do. */
export function fakeNativeContexts({ publisher = [], player = [] }: NativeAbilities = {}): NativeCalls {
  const native = { calls: [] as string[], given: [] as object[], refusals: new Map<string, string>() }
  const { createLivePusherContext, createLivePlayerContext } = wx
  const contextOf = (id: string, methods: readonly string[]): object =>
    Object.fromEntries(methods.map((method) => [method, nativeMethod(native, `${id}.${method}`)]))
  Object.assign(wx, {
    createLivePusherContext: (id: string) => contextOf(id, [...PUBLISHER_METHODS, ...publisher]),
    createLivePlayerContext: (id: string) => contextOf(id, [...PLAYER_METHODS, ...player]),
  })
  return { ...native, restore: () => void Object.assign(wx, { createLivePusherContext, createLivePlayerContext }) }
}

function nativeMethod({ calls, given, refusals }: Omit<NativeCalls, 'restore'>, name: string) {
  return ({ success, fail, complete, ...options }: NativeCallOptions = {}): void => {
    calls.push(name)
    given.push(options)
    const errMsg = refusals.get(name)
    if (errMsg === undefined) success?.({ errMsg: `${name}:ok` })
    else fail?.({ errMsg })
    complete?.()
  }
}
