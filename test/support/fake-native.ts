import type { NativeCallOptions } from '../../src/media/media-host'

/** One call of a native context, such as `publisher.start` or `player-0.play`. */
export interface NativeCalls {
  readonly calls: string[]
  /** Gives wx its own context makers back. */
  restore(): void
}

const PUBLISHER_METHODS = ['start', 'stop', 'pause', 'resume', 'switchCamera'] as const
const PLAYER_METHODS = ['play', 'stop', 'pause', 'resume'] as const

/** Lets wx make contexts that note what they are told and answer at once, as the tags of a phone do. */
export function fakeNativeContexts(): NativeCalls {
  const calls: string[] = []
  const { createLivePusherContext, createLivePlayerContext } = wx
  const contextOf = (id: string, methods: readonly string[]): object =>
    Object.fromEntries(methods.map((method) => [method, nativeMethod(calls, `${id}.${method}`)]))
  Object.assign(wx, {
    createLivePusherContext: (id: string) => contextOf(id, PUBLISHER_METHODS),
    createLivePlayerContext: (id: string) => contextOf(id, PLAYER_METHODS),
  })
  return { calls, restore: () => void Object.assign(wx, { createLivePusherContext, createLivePlayerContext }) }
}

function nativeMethod(calls: string[], name: string) {
  return (options: NativeCallOptions = {}): void => {
    calls.push(name)
    options.success?.()
    options.complete?.()
  }
}
