import type { MediaSignal, MediaTarget } from '../codes/signals'
import { RoomError } from '../errors'
import type { ErrorCode } from '../errors'
import type { TagEvent } from './tag-step'

/** A code that a tag has reported, with what it asks for. */
export interface Signal {
  readonly code: number
  readonly signal: MediaSignal
  /** The phone's own words, often empty. */
  readonly message: string
}

/** What a refused device is called; every other break is PUSH_FAILED or PLAY_FAILED. */
const REFUSALS: Partial<Record<MediaSignal, ErrorCode>> = {
  cameraDenied: 'CAMERA_DENIED',
  microphoneDenied: 'MICROPHONE_DENIED',
}

/** What a report asks of its tag's machine; null = nothing. `at` = platform time, ms. */
export function tagEventOf(target: MediaTarget, report: Signal, at: number): TagEvent | null {
  switch (report.signal) {
    case 'connected':
      return { type: 'connected' }
    case 'capturing':
      return { type: 'capturing', at }
    case 'started':
    case 'playing':
      return { type: 'started', at }
    case 'stalled':
    case 'sdkRetrying':
      return { type: 'stalled' }
    case 'retry':
    case 'ended':
      return { type: 'broken', error: errorOf(target, report), at }
    case 'suspended':
      return { type: 'suspended', error: errorOf(target, report) }
    case 'cameraDenied':
    case 'microphoneDenied':
    case 'failed':
      return { type: 'refused', error: errorOf(target, report) }
    case 'congested':
    case 'info':
      return null
  }
}

function errorOf(target: MediaTarget, { code, signal, message }: Signal): RoomError {
  const error = REFUSALS[signal] ?? (target === 'publisher' ? 'PUSH_FAILED' : 'PLAY_FAILED')
  return new RoomError(error, `${target} ${code}${message && `: ${message}`}`, { cause: { code } })
}
