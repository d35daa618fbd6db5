import { RoomError } from '../../errors'
import type { LinkAction, LinkPhase, LinkReason, LinkState } from '../../model'

type Stand = Pick<LinkState, 'phase' | 'reason'>
type Rule = readonly [from: readonly LinkPhase[], to: Stand]

const PENDING: readonly LinkPhase[] = ['requesting', 'invited']
const ANY: readonly LinkPhase[] = [...PENDING, 'on']
const ON: Stand = { phase: 'on', reason: 'accepted' }
const off = (reason: LinkReason): Stand => ({ phase: 'off', reason })

/** What each action makes of whom; a request and an invitation that cross are an agreement. */
const RULES: Readonly<Record<Exclude<LinkAction, 'mute'>, readonly Rule[]>> = {
  request: [
    [['off'], { phase: 'requesting' }],
    [['invited'], ON],
  ],
  invite: [
    [['off'], { phase: 'invited' }],
    [['requesting'], ON],
  ],
  accept: [[['requesting'], ON]],
  acceptInvite: [[['invited'], ON]],
  reject: [[['requesting'], off('rejected')]],
  rejectInvite: [[['invited'], off('rejected')]],
  cancel: [[ANY, off('cancelled')]],
  leave: [[ANY, off('ended')]],
  kick: [
    [['invited'], off('cancelled')],
    [['requesting', 'on'], off('kicked')],
  ],
}

/** Asked for once more, these are so already; the others have nothing to answer. */
const REPEATED: Readonly<Record<LinkAction, readonly LinkPhase[]>> = {
  request: ['requesting', 'on'],
  invite: ['invited', 'on'],
  accept: ['on'],
  acceptInvite: ['on'],
  reject: [],
  rejectInvite: ['off'],
  cancel: ['off'],
  leave: ['off'],
  kick: ['off'],
  mute: ['on'],
}

/** @returns null when it is so already. @throws RoomError NOT_REQUESTED when there is nothing to answer */
export function linkAfter(phase: LinkPhase, action: LinkAction): Stand | null {
  if (REPEATED[action].includes(phase)) return null
  const rule = action === 'mute' ? undefined : RULES[action].find(([from]) => from.includes(phase))
  if (!rule) throw new RoomError('NOT_REQUESTED')
  return rule[1]
}

export const OF_THE_PRESENTER: ReadonlySet<LinkAction> = new Set(['accept', 'reject', 'invite', 'kick', 'mute'])
