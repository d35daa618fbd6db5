import type { TagPhase } from '../../../src/media/media-state'
import type { Phase } from '../../../src/room/phases'
import { StateStrip } from './phase-strip'

/** Where a bare tag of a demo page stands. */
export type ShownTagPhase = TagPhase | 'idle'

/** The phases of a live-pusher or live-player without a room. */
export function tagStrip(): StateStrip<ShownTagPhase> {
  return new StateStrip<ShownTagPhase>({
    testid: 'tag-phase',
    label: 'phase',
    states: [
      ['idle', 'idle'],
      ['starting', 'tagStarting'],
      ['running', 'tagRunning'],
      ['stalled', 'tagStalled'],
      ['retrying', 'reconnecting'],
      ['failed', 'tagFailed'],
    ],
    warns: ['stalled', 'retrying', 'suspended'],
  })
}

/** The phase of a room that means the same to whoever watches; `before` = the one until now. */
export function roomPhaseOf(phase: ShownTagPhase, before: Phase): Phase {
  switch (phase) {
    case 'idle':
    case 'held':
      return 'idle'
    case 'starting':
      return before === 'reconnecting' ? 'reconnecting' : 'joining'
    case 'running':
      return 'joined'
    case 'stalled':
    case 'retrying':
    case 'suspended':
      return 'reconnecting'
    case 'failed':
      return 'closed'
  }
}
