import type { RoomError } from '../errors'
import type { Step } from '../util/step'
import type { TagState } from './media-state'

/** A tag that runs this long has recovered: the next break starts at the first, immediate retry again. */
export const STABLE_MS = 2_000
/** A start that brings no sign of life for this long is tried again. */
export const START_TIMEOUT_MS = 15_000

/**
 * Why a tag is tried again at once: the network or the room's connection is back, the app is in the foreground again, or the
 * user asked. What the phone has suspended waits for the foreground, what has failed for the user.
 */
export type WakeReason = 'network' | 'foreground' | 'user'

export type TagEvent =
  | { readonly type: 'begun'; readonly url: string; readonly mounted: boolean }
  /** begins a new tag whose URL has yet to be asked for */
  | { readonly type: 'requested' }
  /** an attribute was changed that a tag takes over only at its start, such as enable-camera */
  | { readonly type: 'reconfigured' }
  | { readonly type: 'connected' }
  /** pictures are captured: as good as `started` once connected, because some WeChat versions never say 1002 */
  | { readonly type: 'capturing'; readonly at: number }
  /** the platform reports pictures or an accepted publish; `at` = platform time, ms */
  | { readonly type: 'started'; readonly at: number }
  | { readonly type: 'stalled' }
  | { readonly type: 'broken'; readonly error: RoomError; readonly at: number }
  | { readonly type: 'suspended'; readonly error: RoomError }
  /** nothing that a retry could mend: a refused camera, a URL that the provider will not give */
  | { readonly type: 'refused'; readonly error: RoomError }
  | { readonly type: 'retryDue' }
  | { readonly type: 'urlReceived'; readonly url: string }
  /** the URL could not be had just now: the try counts, the policy decides about the next */
  | { readonly type: 'urlFailed'; readonly error: RoomError }
  | { readonly type: 'gaveUp' }
  | { readonly type: 'woken'; readonly by: WakeReason }

export type TagEffect =
  /** once the URL stands on the page: start; the tag is new there */
  | { readonly type: 'start' }
  /** once the URL stands on the page: stop, then start */
  | { readonly type: 'restart' }
  | { readonly type: 'awaitStart' }
  | { readonly type: 'stopWaiting' }
  | { readonly type: 'planRetry'; readonly error: RoomError }
  | { readonly type: 'askUrl' }
  | { readonly type: 'reportRetry'; readonly attempt: number; readonly error: RoomError }
  | { readonly type: 'reportRecovery'; readonly attempt: number }
  | { readonly type: 'reportFailure'; readonly error: RoomError }

export const NEW_TAG: TagState = {
  phase: 'starting',
  url: '',
  connected: false,
  attempt: 0,
  startedAt: 0,
}

type Result = readonly [TagState, readonly TagEffect[]]

export const tagStep: Step<TagState, TagEvent, TagEffect> = (tag, event) => {
  if (tag.phase === 'failed' && event.type !== 'woken' && event.type !== 'begun') return [tag, []]
  switch (event.type) {
    case 'begun':
      return [{ ...NEW_TAG, url: event.url }, [{ type: event.mounted ? 'restart' : 'start' }, { type: 'awaitStart' }]]
    case 'requested':
      return [NEW_TAG, [{ type: 'askUrl' }]]
    case 'reconfigured':
      return reconfigured(tag)
    case 'connected':
      return tag.phase === 'starting' ? [{ ...tag, connected: true }, []] : [tag, []]
    case 'capturing':
      return tag.connected ? started(tag, event.at) : [tag, []]
    case 'started':
      return started(tag, event.at)
    case 'stalled':
      return tag.phase === 'running' ? [{ ...tag, phase: 'stalled' }, []] : [tag, []]
    case 'broken':
      return broken(tag, event.error, event.at)
    case 'suspended':
      return suspended(tag, event.error)
    case 'refused':
    case 'gaveUp':
      return failed(tag, event)
    case 'retryDue':
      return tag.phase === 'retrying' ? [tag, [{ type: 'askUrl' }]] : [tag, []]
    case 'urlReceived':
      if (wantsFirstUrl(tag)) return [{ ...tag, url: event.url }, [{ type: 'start' }, { type: 'awaitStart' }]]
      if (tag.phase !== 'retrying') return [tag, []]
      return [{ ...tag, phase: 'starting', url: event.url }, [{ type: 'restart' }, { type: 'awaitStart' }]]
    case 'urlFailed':
      return tag.phase === 'retrying' || wantsFirstUrl(tag) ? retrying(tag, tag.attempt + 1, event.error) : [tag, []]
    case 'woken':
      return woken(tag, event.by)
  }
}

function wantsFirstUrl(tag: TagState): boolean {
  return tag.phase === 'starting' && tag.attempt === 0 && tag.url === ''
}

/** Where a restart is due anyway, it takes the attribute over too. */
function reconfigured(tag: TagState): Result {
  if (tag.phase !== 'running' && tag.phase !== 'stalled' && tag.phase !== 'starting') return [tag, []]
  return [{ ...tag, phase: 'starting', connected: false }, [{ type: 'restart' }, { type: 'awaitStart' }]]
}

function started(tag: TagState, at: number): Result {
  if (tag.phase === 'running') return [tag, []]
  const recovered = tag.error !== undefined && tag.attempt > 0
  const next: TagState = {
    ...withoutError(tag),
    phase: 'running',
    startedAt: tag.phase === 'stalled' ? tag.startedAt : at,
  }
  const report: readonly TagEffect[] = recovered ? [{ type: 'reportRecovery', attempt: tag.attempt }] : []
  return [next, [{ type: 'stopWaiting' }, ...report]]
}

function broken(tag: TagState, error: RoomError, at: number): Result {
  if (tag.phase === 'retrying' || tag.phase === 'suspended') return [tag, []]
  const stable = tag.startedAt > 0 && at - tag.startedAt >= STABLE_MS
  return retrying(tag, (stable ? 0 : tag.attempt) + 1, error)
}

function retrying(tag: TagState, attempt: number, error: RoomError): Result {
  return [
    { ...tag, phase: 'retrying', connected: false, attempt, startedAt: 0, error },
    [{ type: 'stopWaiting' }, { type: 'reportRetry', attempt, error }, { type: 'planRetry', error }],
  ]
}

function failed(tag: TagState, event: { type: 'refused'; error: RoomError } | { type: 'gaveUp' }): Result {
  const error = event.type === 'refused' ? event.error : tag.error
  if (!error) return [tag, []]
  return [{ ...tag, phase: 'failed', error }, [{ type: 'stopWaiting' }, { type: 'reportFailure', error }]]
}

/** A tag that was running is in no retry that anyone has heard of, so that its coming back by itself is no recovery. */
function suspended(tag: TagState, error: RoomError): Result {
  if (tag.phase === 'suspended') return [tag, []]
  const attempt = tag.error ? tag.attempt : 0
  return [{ ...tag, phase: 'suspended', attempt, error }, [{ type: 'stopWaiting' }]]
}

function woken(tag: TagState, by: WakeReason): Result {
  const { phase, error } = tag
  if (phase === 'retrying') return [tag, [{ type: 'askUrl' }]]
  const isHeard = phase === 'suspended' ? by !== 'network' : phase === 'failed' && by === 'user'
  if (!isHeard || !error) return [tag, []]
  return [
    { ...tag, phase: 'retrying', attempt: 1, startedAt: 0 },
    [{ type: 'reportRetry', attempt: 1, error }, { type: 'askUrl' }],
  ]
}

function withoutError(tag: TagState): TagState {
  const { error: _mended, ...rest } = tag
  return rest
}
