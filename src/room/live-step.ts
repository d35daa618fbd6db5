import type { LinkState } from '../model'
import type { AudienceNews, LiveInfo } from '../provider/provider'
import type { LinkMicEffect, LinkMicEvent, LinkMicState } from './link-mic-step'
import { LINK_OFF, linkMicStep } from './link-mic-step'

/** What a broadcast has beside its roster. */
export interface LiveState {
  readonly audienceCount: number
  /** The presenter has dropped and may come back. */
  readonly presenterAway: boolean
  /** The presenter's view: the last word on everyone who has asked or was invited, those who are off again included. */
  readonly links: ReadonlyMap<string, LinkState>
  /** One's own link-mic, for the audience. */
  readonly own: LinkMicState
}

/** One's own doings, and what a provider's session tells under the same names; a link may be anyone's. */
export type LiveEvent = LinkMicEvent | readonly ['audienceChanged', AudienceNews] | readonly ['presenterAway', boolean]

export type LiveResult = readonly [LiveState, readonly LinkMicEffect[]]

/** How a broadcast begins for somebody who has just come in. */
export function liveStateOf(info: LiveInfo, selfId: string): LiveResult {
  const { audienceCount, presenterAway } = info
  let live: LiveState = { audienceCount, presenterAway, links: new Map(), own: LINK_OFF }
  const effects: LinkMicEffect[] = []
  for (const link of info.links) {
    const [next, more] = liveStep(live, ['linkChanged', link, ''], selfId)
    live = next
    effects.push(...more)
  }
  return [live, effects]
}

export function liveStep(live: LiveState, event: LiveEvent, selfId: string): LiveResult {
  if (event[0] === 'audienceChanged') return [{ ...live, audienceCount: event[1].count }, [event]]
  if (event[0] === 'presenterAway') {
    const [, presenterAway] = event
    return presenterAway === live.presenterAway
      ? [live, []]
      : [{ ...live, presenterAway }, [['presenterAwayChanged', presenterAway]]]
  }
  if (event[0] === 'linkChanged' && event[1].user.userID !== selfId) return guestChanged(live, event[1])
  const [own, effects] = linkMicStep(live.own, event)
  return [own === live.own ? live : { ...live, own }, effects]
}

/** The presenter hears of somebody's link-mic. */
function guestChanged(live: LiveState, link: LinkState): LiveResult {
  const before = live.links.get(link.user.userID)
  if (before && before.rev >= link.rev) return [live, []]
  const links = new Map(live.links).set(link.user.userID, link)
  return [{ ...live, links }, guestReports(before?.phase ?? 'off', link)]
}

function guestReports(
  before: LinkState['phase'],
  { user, phase, reason = 'ended', text = '' }: LinkState,
): LinkMicEffect[] {
  if (before === phase || phase === 'invited') return []
  if (phase === 'requesting') return [['linkRequested', user]]
  if (phase === 'on') return [['linkOn', user]]
  return [before === 'on' ? ['linkOff', user, reason, text] : ['linkRequestEnded', user, reason]]
}
