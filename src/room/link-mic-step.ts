import type { RoomError } from '../errors'
import type { LinkAction, LinkReason, LinkState } from '../model'
import type { Step } from '../util/step'
import type { RoomReport } from './session-events'

/** `linking` = the seat is granted, one's own stream is not accepted yet. */
export type LinkMicPhase = 'off' | 'requesting' | 'invited' | 'linking' | 'on'

/** Where one stands oneself with link-mic. The server decides; this follows its word by revision. */
export interface LinkMicState {
  readonly phase: LinkMicPhase
  /** Revision of the server's word this rests on; older words are dropped. */
  readonly rev: number
  /** One has left, declined or given up, and the server has not confirmed it: its earlier words count no more. */
  readonly leaving: boolean
}

export const LINK_OFF: LinkMicState = { phase: 'off', rev: 0, leaving: false }

export type LinkMicEvent =
  /** one asks for a seat, or accepts an invitation */
  | readonly ['requested']
  /** one cancels a request, declines an invitation, or leaves a seat */
  | readonly ['ended']
  /** the server's word: an answer, a frame, or a snapshot */
  | readonly ['linkChanged', link: LinkState, publishUrl: string]
  /** the server refused, or could not be asked */
  | readonly ['refused', RoomError]
  /** no word came in the time that was given to the request */
  | readonly ['overdue']
  /** one's own stream is accepted */
  | readonly ['published']

/** What is to be done, or told to the page: an event of the session with its arguments. */
export type LinkMicEffect =
  RoomReport | readonly ['ask', action: LinkAction] | readonly ['publish', url: string] | readonly ['unpublish']

type Result = readonly [LinkMicState, readonly LinkMicEffect[]]

/** What ends a phase by one's own doing: the server is told the one, the page the other. */
const ENDINGS: Readonly<Record<Exclude<LinkMicPhase, 'off'>, readonly [LinkAction, LinkReason]>> = {
  requesting: ['cancel', 'cancelled'],
  invited: ['rejectInvite', 'rejected'],
  linking: ['leave', 'ended'],
  on: ['leave', 'ended'],
}

export const linkMicStep: Step<LinkMicState, LinkMicEvent, LinkMicEffect> = (link, event) => {
  const { phase } = link
  switch (event[0]) {
    case 'requested':
      if (phase === 'invited') return [link, [['ask', 'acceptInvite']]]
      return phase === 'off' ? [{ ...link, phase: 'requesting', leaving: false }, [['ask', 'request']]] : [link, []]
    case 'ended':
      return phase === 'off' ? [link, []] : leave(link, ...ENDINGS[phase])
    case 'overdue':
      return phase === 'requesting' ? leave(link, 'cancel', 'timeout') : [link, []]
    case 'linkChanged':
      return told(link, event[1], event[2])
    case 'refused':
      return refused(link, event[1])
    case 'published':
      return phase === 'linking' ? [{ ...link, phase: 'on' }, [['linkOn', null]]] : [link, []]
  }
}

/** Ends it here at once; the server is told, and its confirmation is awaited. */
function leave(link: LinkMicState, action: LinkAction, reason: LinkReason): Result {
  const [next, effects] = off({ ...link, leaving: true }, reason, '')
  return [next, [...effects, ['ask', action]]]
}

function off(link: LinkMicState, reason: LinkReason, text: string): Result {
  const { phase } = link
  if (phase === 'off') return [link, []]
  const over: LinkMicState = { ...link, phase: 'off' }
  if (!isSeated(link)) return [over, [['linkRefused', reason, text]]]
  return [over, [['unpublish'], ['linkOff', null, reason, text]]]
}

function isSeated({ phase }: LinkMicState): boolean {
  return phase === 'linking' || phase === 'on'
}

function told(link: LinkMicState, word: LinkState, publishUrl: string): Result {
  if (word.rev <= link.rev) return [link, []]
  const next = { ...link, rev: word.rev }
  if (word.phase === 'off') return off({ ...next, leaving: false }, word.reason ?? 'ended', word.text ?? '')
  if (link.leaving) return [next, []]
  const published = isSeated(link)
  if (word.phase === 'on') {
    return published ? [next, []] : [{ ...next, phase: 'linking' }, [['publish', publishUrl]]]
  }
  // the word that ended the seat was lost on the way
  const [base, ending] = published ? off(next, 'ended', '') : [next, []]
  const invited = word.phase === 'invited' && link.phase !== 'invited'
  return [{ ...base, phase: word.phase }, invited ? [...ending, ['linkInvited']] : ending]
}

/** What was asked did not come about; where the server's word differs, the next one or a resume says so. */
function refused(link: LinkMicState, error: RoomError): Result {
  const waiting = link.phase === 'requesting' || link.phase === 'invited'
  const next: LinkMicState = { ...link, phase: waiting ? 'off' : link.phase, leaving: false }
  return [next, waiting ? [['linkRefused', 'rejected', '', error]] : []]
}
