import { PLAYER_CODES } from './player-codes'
import { PUBLISHER_CODES } from './publisher-codes'

/**
 * What a number asks the media machines to do.
 *
 * - `connected`: the media server has been reached, nothing flows yet
 * - `capturing`: (publisher) pictures are captured or encoded. Some WeChat versions never say `started`: capturing
 *   after `connected` is as good
 * - `started`: (publisher) the stream is accepted, or the room entered
 * - `playing`: (player) pictures flow
 * - `stalled`: (player) buffering; `playing` follows when it recovers
 * - `congested`: the network is too slow for now
 * - `sdkRetrying`: the connection broke and the SDK tries again by itself; `retry` follows when it gives up
 * - `retry`: the SDK gave up or never tries: ask for a fresh URL, then stop and start
 * - `ended`: (player) the stream is over at its source
 * - `suspended`: stopped by a call, the capsule button or the background; start again in the foreground
 * - `cameraDenied`, `microphoneDenied`: (publisher) refused or in use elsewhere: only the user can mend it
 * - `failed`: another try would fail the same way
 * - `info`: nothing to do; unknown codes are of this kind
 */
export type MediaSignal =
  | 'connected'
  | 'capturing'
  | 'started'
  | 'playing'
  | 'stalled'
  | 'congested'
  | 'sdkRetrying'
  | 'retry'
  | 'ended'
  | 'suspended'
  | 'cameraDenied'
  | 'microphoneDenied'
  | 'failed'
  | 'info'

/** Which tag reported a code. */
export type MediaTarget = 'publisher' | 'player'

/** The same number may stand for something else at the other target. */
export type CodeRow = readonly [code: number, name: string, signal?: MediaSignal]

/** What is known about one native code. */
export interface MediaCode {
  readonly code: number
  readonly name: string
  readonly signal: MediaSignal
}

const TABLES: Record<MediaTarget, ReadonlyMap<number, CodeRow>> = {
  publisher: byCode(PUBLISHER_CODES),
  player: byCode(PLAYER_CODES),
}

/** Tells what a native code means. Never throws: phones report codes that no manual lists. */
export function classify(target: MediaTarget, code: number): MediaCode {
  const [, name = 'UNKNOWN', signal = 'info'] = TABLES[target].get(code) ?? []
  return { code, name, signal }
}

function byCode(rows: readonly CodeRow[]): ReadonlyMap<number, CodeRow> {
  return new Map(rows.map((row) => [row[0], row]))
}
