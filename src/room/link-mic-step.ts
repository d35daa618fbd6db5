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
  | { readonly type: 'requested' }
  | { readonly type: 'accepted' }
  | { readonly type: 'declined' }
  /** cancels a request, leaves a seat */
  | { readonly type: 'ended' }
  /** the server's word: an answer, a frame, or a snapshot */
  | { readonly type: 'told'; readonly link: LinkState; readonly publishUrl: string }
  /** the server refused, or could not be asked */
  | { readonly type: 'refused'; readonly error: RoomError }
  /** no word came in the time that was given to the request */
  | { readonly type: 'overdue' }
  /** one's own stream is accepted */
  | { readonly type: 'published' }

/** What is to be done, or told to the page: an event of the session with its arguments. */
export type LinkMicEffect =
  RoomReport | readonly ['ask', action: LinkAction] | readonly ['publish', url: string] | readonly ['unpublish']

type Result = readonly [LinkMicState, readonly LinkMicEffect[]]

export const linkMicStep: Step<LinkMicState, LinkMicEvent, LinkMicEffect> = (link, event) => {
  switch (event.type) {
    case 'requested':
      if (link.phase === 'invited') return ask(link, 'acceptInvite')
      return link.phase === 'off' ? ask({ ...link, phase: 'requesting', leaving: false }, 'request') : [link, []]
    case 'accepted':
      return link.phase === 'invited' ? ask(link, 'acceptInvite') : [link, []]
    case 'declined':
      return link.phase === 'invited' ? leave(link, 'rejectInvite', 'rejected') : [link, []]
    case 'ended':
      return end(link)
    case 'overdue':
      return link.phase === 'requesting' ? leave(link, 'cancel', 'timeout') : [link, []]
    case 'told':
      return told(link, event.link, event.publishUrl)
    case 'refused':
      return refused(link, event.error)
    case 'published':
      return link.phase === 'linking' ? [{ ...link, phase: 'on' }, [['linkOn', null]]] : [link, []]
  }
}

function ask(link: LinkMicState, action: LinkAction): Result {
  return [link, [['ask', action]]]
}

function end(link: LinkMicState): Result {
  if (link.phase === 'off') return [link, []]
  if (link.phase === 'requesting') return leave(link, 'cancel', 'cancelled')
  if (link.phase === 'invited') return leave(link, 'rejectInvite', 'rejected')
  return leave(link, 'leave', 'ended')
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
