import type { RoomError } from '../errors'
import type { BarCount } from './quality'

/**
 * The phase of one tag, a live-pusher or a live-player: both start, run, break and come back the same way.
 * `stalled` = the platform itself is buffering or reconnecting; `suspended` = the phone took it away (a call, the
 * capsule), the next return to the foreground brings it back; `held` = (player) in its slot, but nobody has asked for it yet.
 */
export type TagPhase = 'held' | 'starting' | 'running' | 'stalled' | 'retrying' | 'suspended' | 'failed'

/** A tag: its phase, its retries, what it has told of itself last. */
export interface TagState {
  /** Whose stream a live-player plays; '' = the live-pusher's own. */
  readonly streamId: string
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
  /** netstatus as bars */
  readonly bars: BarCount
  /** netstatus in figures, for debugging */
  readonly figures: string
  /** The last codes that the tag reported, oldest first; for debugging. */
  readonly codes: readonly number[]
}

/** The live-pusher. */
export type PublisherState = TagState

/** A live-player. */
export type PlayerState = TagState

/** All tags of a room. */
export interface MediaState {
  /** null = nothing is published, no live-pusher on the page */
  readonly publisher: PublisherState | null
  /** One entry a slot, null = empty. A stream keeps its slot as long as it is shown. */
  readonly slots: readonly (PlayerState | null)[]
}

export const NO_MEDIA: MediaState = { publisher: null, slots: [] }
