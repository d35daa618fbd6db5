import type { BarCount } from './quality'
import type { RoomError } from '../errors'

/**
 * The phase of one tag, a live-pusher or a live-player: both start, run, break and come back the same way.
 * `stalled` = the platform itself is buffering or reconnecting; `suspended` = the phone took it away (a call, the
 * capsule), the next return to the foreground brings it back; `held` = (player) in its slot, but nobody has asked for it yet.
 */
export type TagPhase = 'held' | 'starting' | 'running' | 'stalled' | 'retrying' | 'suspended' | 'failed'

export interface TagState {
  readonly phase: TagPhase
  readonly url: string
  /** The media server has been reached since the last start. */
  readonly connected: boolean
  /** Number of the running retry, 0 while the first start stands. */
  readonly attempt: number
  /** Platform time of the last "started", ms; 0 = not since the last break. */
  readonly startedAt: number
  /** Why it is retrying or failed. */
  readonly error?: RoomError
}

/** What the tag told last: netstatus as bars, and the rest while debugging. */
export interface TagNetwork {
  readonly bars: BarCount
  readonly figures: string
  /** The last codes that the tag reported, oldest first; for debugging. */
  readonly codes: readonly number[]
}

/** The live-pusher: its phase, its retries, what netstatus says of it. */
export interface PublisherState extends TagState, TagNetwork {}

/** A live-player, and whose stream it plays. */
export interface PlayerState extends TagState, TagNetwork {
  readonly streamId: string
}

/** All tags of a room. */
export interface MediaState {
  /** null = nothing is published, no live-pusher on the page */
  readonly publisher: PublisherState | null
  /** One entry a slot, null = empty. A stream keeps its slot as long as it is shown. */
  readonly slots: readonly (PlayerState | null)[]
}
