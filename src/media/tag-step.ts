import type { MediaSignal } from '../codes/signals'
import type { RoomError } from '../errors'
import type { Step } from '../util/step'
import type { TagState } from './media-state'

/** A tag that runs this long has recovered: the next break starts at the first, immediate retry again. */
export const STABLE_MS = 2_000

/**
 * Why a tag is tried again at once: the network or the room's connection is back, the app is in the foreground again, or the
 * user asked. What the phone has suspended waits for the foreground, what has failed for the user.
 */
export type WakeReason = 'network' | 'foreground' | 'user'

/** What happens to a tag; what its codes ask for comes by platform time, ms, and with what it is called if it is a break. */
export interface TagFacts extends Record<MediaSignal, [at: number, error: RoomError]> {
  /** a new tag; `mounted`: it stands on the page, and has to be stopped before it plays something else */
  begun: [url: string, mounted: boolean]
  /** a new tag likewise, whose URL has yet to be asked for */
  requested: [mounted: boolean]
  /** an attribute was changed that a tag takes over only at its start, such as enable-camera */
  reconfigured: []
  urlReceived: [url: string]
  /** a URL that could not be had just now counts as a try, and the policy decides about the next; another ends the retries */
  urlFailed: [error: RoomError]
  gaveUp: []
  woken: [by: WakeReason]
}

export type TagEvent = {
  [Name in keyof TagFacts]: readonly [name: Name, ...args: TagFacts[Name]]
}[keyof TagFacts]

/** Whoever leaves a phase has no timer of it any more. */
export type TagEffect =
  /** once the URL stands on the page: stop it if it stood there before, then start; a start without a sign of life is a break */
  | readonly ['start', stopFirst: boolean]
  | readonly ['askUrl']
  /** ask when the policy says so */
  | readonly ['planRetry', attempt: number, error: RoomError]
  /** it runs, after a start or a break */
  | readonly ['up']
  | readonly ['retrying', attempt: number, error: RoomError]
  | readonly ['recovered', attempt: number]
  | readonly ['failed', error: RoomError]

export const NEW_TAG: TagState = {
  streamId: '',
  phase: 'starting',
  url: '',
  connected: false,
  attempt: 0,
  startedAt: 0,
  bars: -1,
  figures: '',
  codes: [],
}

type Result = readonly [TagState, readonly TagEffect[]]

export const tagStep: Step<TagState, TagEvent, TagEffect> = (tag, [name, ...args]) => {
  const isOut = tag.phase === 'failed' || tag.phase === 'held'
  const step = STEPS[name] as ((tag: TagState, ...args: readonly unknown[]) => Result | null) | undefined
  return (isOut && name !== 'woken' ? null : step?.(tag, ...args)) ?? [tag, []]
}

/** null: nothing changes, and nothing is to be done. */
const STEPS: { readonly [Name in keyof TagFacts]?: (tag: TagState, ...args: TagFacts[Name]) => Result | null } = {
  begun: (tag, url, mounted) => start(tag, url, mounted),
  requested: (tag, mounted) => [{ ...tag, phase: mounted ? 'retrying' : tag.phase }, [['askUrl']]],
  /** Where a restart is due anyway, it takes the attribute over too. */
  reconfigured(tag) {
    const { phase, url } = tag
    return phase === 'running' || phase === 'stalled' || phase === 'starting' ? start(tag, url, true) : null
  },
  connected: (tag) => (tag.phase === 'starting' ? [{ ...tag, connected: true }, []] : null),
  /** As good as `started` once connected, because some WeChat versions never say 1002. */
  capturing: (tag, at) => (tag.connected ? started(tag, at) : null),
  started,
  playing: started,
  stalled,
  sdkRetrying: stalled,
  retry: broken,
  ended: broken,
  /** A tag that was running is in no retry that anyone has heard of, so that its coming back by itself is no recovery. */
  suspended(tag, _at, error) {
    if (tag.phase === 'suspended') return null
    return [{ ...tag, phase: 'suspended', attempt: tag.error ? tag.attempt : 0, error }, []]
  },
  cameraDenied: refused,
  microphoneDenied: refused,
  failed: refused,
  urlReceived: (tag, url) => (awaitsUrl(tag) ? start(tag, url, tag.phase === 'retrying') : null),
  urlFailed(tag, error) {
    if (!awaitsUrl(tag)) return null
    return error.recoverable ? retrying(tag, tag.attempt + 1, error) : failed(tag, error)
  },
  gaveUp: (tag) => (tag.error ? failed(tag, tag.error) : null),
  woken(tag, by) {
    const { phase, error } = tag
    if (phase === 'retrying') return [tag, [['askUrl']]]
    const isHeard = phase === 'suspended' ? by !== 'network' : phase === 'failed' && by === 'user'
    if (!isHeard || !error) return null
    return [{ ...tag, phase: 'retrying', attempt: 1, startedAt: 0 }, [['retrying', 1, error], ['askUrl']]]
  },
}

function awaitsUrl({ phase, url }: TagState): boolean {
  return phase === 'retrying' || (phase === 'starting' && url === '')
}

function start(tag: TagState, url: string, stopFirst: boolean): Result {
  return [{ ...tag, phase: 'starting', connected: false, url }, [['start', stopFirst]]]
}

function started(tag: TagState, at: number): Result | null {
  const { phase, error, attempt } = tag
  if (phase === 'running') return null
  if (phase === 'stalled') return [{ ...tag, phase: 'running' }, []]
  const next: TagState = { ...tag, phase: 'running', error: undefined, startedAt: at }
  return [next, error && attempt > 0 ? [['up'], ['recovered', attempt]] : [['up']]]
}

function stalled(tag: TagState): Result | null {
  return tag.phase === 'running' ? [{ ...tag, phase: 'stalled' }, []] : null
}

function broken(tag: TagState, at: number, error: RoomError): Result | null {
  const { phase, startedAt, attempt } = tag
  if (phase === 'retrying' || phase === 'suspended') return null
  const isStable = startedAt > 0 && at - startedAt >= STABLE_MS
  return retrying(tag, isStable ? 1 : attempt + 1, error)
}

function retrying(tag: TagState, attempt: number, error: RoomError): Result {
  return [
    { ...tag, phase: 'retrying', connected: false, attempt, startedAt: 0, error },
    [
      ['retrying', attempt, error],
      ['planRetry', attempt, error],
    ],
  ]
}

/** Nothing that a retry could mend. */
function refused(tag: TagState, _at: number, error: RoomError): Result {
  return failed(tag, error)
}

function failed(tag: TagState, error: RoomError): Result {
  return [{ ...tag, phase: 'failed', error }, [['failed', error]]]
}
