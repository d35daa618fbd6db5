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

export type LiveEvent =
  /** one's own doing */
  | { readonly type: 'linkMic'; readonly event: Exclude<LinkMicEvent, { type: 'told' }> }
  /** the server's word on anyone, oneself included */
  | { readonly type: 'linkChanged'; readonly link: LinkState; readonly publishUrl: string }
  | { readonly type: 'audienceChanged'; readonly news: AudienceNews }
  | { readonly type: 'presenterAwayChanged'; readonly away: boolean }

export type LiveEffect = LinkMicEffect

export type LiveResult = readonly [LiveState, readonly LiveEffect[]]

/** How a broadcast begins for somebody who has just come in. */
export function liveStateOf(info: LiveInfo, selfId: string): LiveResult {
  const { audienceCount, presenterAway } = info
  let live: LiveState = { audienceCount, presenterAway, links: new Map(), own: LINK_OFF }
  const effects: LiveEffect[] = []
  for (const link of info.links) {
    const [next, more] = liveStep(live, { type: 'linkChanged', link, publishUrl: '' }, selfId)
    live = next
    effects.push(...more)
  }
  return [live, effects]
}

export function liveStep(live: LiveState, event: LiveEvent, selfId: string): LiveResult {
  switch (event.type) {
    case 'linkMic':
      return ownStep(live, event.event)
    case 'linkChanged':
      return event.link.user.userID === selfId
        ? ownStep(live, { ...event, type: 'told' })
        : guestChanged(live, event.link)
    case 'audienceChanged':
      return [{ ...live, audienceCount: event.news.count }, [['audienceChanged', event.news]]]
    case 'presenterAwayChanged':
      if (event.away === live.presenterAway) return [live, []]
      return [{ ...live, presenterAway: event.away }, [['presenterAwayChanged', event.away]]]
  }
}

function ownStep(live: LiveState, event: LinkMicEvent): LiveResult {
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
): LiveEffect[] {
  if (before === phase || phase === 'invited') return []
  if (phase === 'requesting') return [['linkRequested', user]]
  if (phase === 'on') return [['linkOn', user]]
  return [before === 'on' ? ['linkOff', user, reason, text] : ['linkRequestEnded', user, reason]]
}
