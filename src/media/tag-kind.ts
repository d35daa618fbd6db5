import type { MediaTarget } from '../codes/signals'
import type { ErrorCode } from '../errors'

/** What a publisher and a player differ in. */
export interface TagKind {
  readonly target: MediaTarget
  /** The native method that starts it. */
  readonly start: 'start' | 'play'
  /** Errors: of a break that is tried again, and of one that is given up. */
  readonly brokenAs: ErrorCode
  readonly lostAs: ErrorCode
}

export const PUBLISHER: TagKind = { target: 'publisher', start: 'start', brokenAs: 'PUSH_FAILED', lostAs: 'PUSH_LOST' }
export const PLAYER: TagKind = { target: 'player', start: 'play', brokenAs: 'PLAY_FAILED', lostAs: 'PLAY_LOST' }
