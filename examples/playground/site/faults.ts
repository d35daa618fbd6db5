import type { FaultName } from '../runtime/phone-channel'
import { SLOW_KBPS } from '../runtime/slow-link'
import type { IconName } from './icon-shapes'
import type { Arguments } from './language'
import type { Word } from './words'

/** One button of the panel. */
export interface Fault {
  readonly name: FaultName
  readonly icon: IconName
  readonly word: Word
  /** ms until it is mended; null = once the person allows the camera */
  readonly holdMs: number | null
}

export const FAULTS: readonly Fault[] = [
  { name: 'socket', icon: 'cut', word: 'faultSocket', holdMs: 3_000 },
  // longer than a tag's own three retries, so that the library has to bring it back
  { name: 'media', icon: 'plug-off', word: 'faultMedia', holdMs: 4_000 },
  { name: 'network', icon: 'offline', word: 'faultNetwork', holdMs: 3_000 },
  { name: 'background', icon: 'background', word: 'faultBackground', holdMs: 10_000 },
  { name: 'camera', icon: 'camera-off', word: 'faultCamera', holdMs: null },
  { name: 'slow', icon: 'slow', word: 'faultSlow', holdMs: 10_000 },
]

export function faultOf(name: FaultName): Fault {
  const fault = FAULTS.find((each) => each.name === name)
  if (!fault) throw new Error(`no fault ${name}`)
  return fault
}

/** What stands below a button's name. */
export function holdOf({ name, holdMs }: Fault): { readonly word: Word; readonly args?: Arguments } {
  if (holdMs === null) return { word: 'faultUntilAllowed' }
  const n = holdMs / 1000
  return name === 'slow' ? { word: 'faultSlowFor', args: { kbps: SLOW_KBPS, n } } : { word: 'faultFor', args: { n } }
}
