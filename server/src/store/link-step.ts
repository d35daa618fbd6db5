import type { ErrorCode } from '../../../src/errors'
import type { LinkAction, LinkReason, LinkState } from '../../../src/model'

/** Link-mic of one audience member, without whose it is and which change it was. */
export type LinkStand = Omit<LinkState, 'user' | 'rev'>

export type LinkEvent =
  | {
      readonly type: 'asked'
      readonly action: LinkAction
      /** Whether a seat is free for one more guest. */
      readonly seatFree: boolean
      /** When the request or invitation that this may become runs out, ms since 1970. */
      readonly expiresAt: number
      /** The presenter's words. */
      readonly text?: string
    }
  /** Publishes already, as clients of the HTTP protocol do without asking. */
  | { readonly type: 'seated'; readonly seatFree: boolean }
  | { readonly type: 'gone'; readonly reason: 'ended' | 'lost' }
  /** ms since 1970 */
  | { readonly type: 'timePassed'; readonly now: number }

export interface LinkRefusal {
  readonly code: ErrorCode
}

export type LinkResult = readonly [LinkStand, readonly LinkRefusal[]]

/** `same`: what is asked for is so already · `refused`: there is nothing to answer · a reason: off, because of it */
type Move = 'same' | 'refused' | 'requesting' | 'invited' | 'on' | Exclude<LinkReason, 'accepted'>

/** A request and an invitation that cross are an agreement. */
const MOVES: Readonly<Record<LinkAction, Readonly<Record<LinkStand['phase'], Move>>>> = {
  request: { off: 'requesting', requesting: 'same', invited: 'on', on: 'same' },
  cancel: { off: 'same', requesting: 'cancelled', invited: 'cancelled', on: 'cancelled' },
  acceptInvite: { off: 'refused', requesting: 'refused', invited: 'on', on: 'same' },
  rejectInvite: { off: 'same', requesting: 'refused', invited: 'rejected', on: 'refused' },
  leave: { off: 'same', requesting: 'ended', invited: 'ended', on: 'ended' },
  accept: { off: 'refused', requesting: 'on', invited: 'refused', on: 'same' },
  reject: { off: 'refused', requesting: 'rejected', invited: 'refused', on: 'refused' },
  invite: { off: 'invited', requesting: 'on', invited: 'same', on: 'same' },
  kick: { off: 'same', requesting: 'kicked', invited: 'cancelled', on: 'kicked' },
  mute: { off: 'refused', requesting: 'refused', invited: 'refused', on: 'same' },
}

export const LINK_OFF: LinkStand = { phase: 'off' }
const ON: LinkStand = { phase: 'on', reason: 'accepted' }

/** Link-mic of one audience member. A state that comes back as the same object has not changed. */
export function linkStep(stand: LinkStand, event: LinkEvent): LinkResult {
  switch (event.type) {
    case 'asked':
      return asked(stand, event)
    case 'seated':
      return stand.phase === 'on' ? [stand, []] : take(stand, event.seatFree)
    case 'gone':
      return stand.phase === 'off' ? [stand, []] : [{ phase: 'off', reason: event.reason }, []]
    case 'timePassed':
      return isDue(stand, event.now) ? [{ phase: 'off', reason: 'timeout' }, []] : [stand, []]
  }
}

/** @param now ms since 1970 */
export function isDue(stand: LinkStand, now: number): boolean {
  return stand.expiresAt !== undefined && stand.expiresAt <= now
}

function asked(stand: LinkStand, event: Extract<LinkEvent, { type: 'asked' }>): LinkResult {
  const move = MOVES[event.action][stand.phase]
  switch (move) {
    case 'same':
      return [stand, []]
    case 'refused':
      return [stand, [{ code: 'NOT_REQUESTED' }]]
    case 'on':
      return take(stand, event.seatFree)
    case 'requesting':
    case 'invited':
      return [{ phase: move, expiresAt: event.expiresAt }, []]
    case 'rejected':
      return [{ phase: 'off', reason: move, ...(event.text ? { text: event.text } : {}) }, []]
    default:
      return [{ phase: 'off', reason: move }, []]
  }
}

function take(stand: LinkStand, seatFree: boolean): LinkResult {
  return seatFree ? [ON, []] : [stand, [{ code: 'SEATS_FULL' }]]
}
