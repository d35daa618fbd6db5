import { PLAYER_CODES } from './player-codes'
import { PUBLISHER_CODES } from './publisher-codes'
import { signalOf } from './signals'
import type { MediaSignal, MediaTarget } from './signals'

/** What is known about one native code. */
export interface MediaCode {
  readonly code: number
  readonly name: string
  readonly signal: MediaSignal
}

const NAMES: Record<MediaTarget, ReadonlyMap<number, string>> = {
  publisher: new Map(PUBLISHER_CODES),
  player: new Map(PLAYER_CODES),
}

/** Tells what a native code means. Never throws: phones report codes that no manual lists. */
export function classify(target: MediaTarget, code: number): MediaCode {
  return { code, name: NAMES[target].get(code) ?? 'UNKNOWN', signal: signalOf(target, code) }
}
