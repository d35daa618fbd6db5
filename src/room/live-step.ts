import type { RoomError } from '../errors'
import type { LinkReason, LinkState, UserInfo } from '../model'
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

export type LiveEffect =
  | Extract<LinkMicEffect, { type: 'ask' | 'publish' | 'unpublish' }>
  | { readonly type: 'reportLinkInvited' }
  | { readonly type: 'reportLinkRequested'; readonly user: UserInfo }
  | { readonly type: 'reportLinkRequestEnded'; readonly user: UserInfo; readonly reason: LinkReason }
  /** `user` is null for oneself */
  | { readonly type: 'reportLinkOn'; readonly user: UserInfo | null }
  | {
      readonly type: 'reportLinkOff'
      readonly user: UserInfo | null
      readonly reason: LinkReason
      readonly text: string
    }
  /** one's own request came to nothing */
  | {
      readonly type: 'reportLinkRefused'
      readonly reason: LinkReason
      readonly text: string
      readonly error?: RoomError
    }
  | { readonly type: 'reportAudience'; readonly news: AudienceNews }
  | { readonly type: 'reportPresenterAway'; readonly away: boolean }

type Result = readonly [LiveState, readonly LiveEffect[]]

/** How a broadcast begins for somebody who has just come in. */
export function liveStateOf(info: LiveInfo, selfId: string): Result {
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

export function liveStep(live: LiveState, event: LiveEvent, selfId: string): Result {
  switch (event.type) {
    case 'linkMic':
      return ownStep(live, event.event)
    case 'linkChanged':
      return event.link.user.userID === selfId
        ? ownStep(live, { ...event, type: 'told' })
        : guestChanged(live, event.link)
    case 'audienceChanged':
      return [{ ...live, audienceCount: event.news.count }, [{ type: 'reportAudience', news: event.news }]]
    case 'presenterAwayChanged':
      if (event.away === live.presenterAway) return [live, []]
      return [{ ...live, presenterAway: event.away }, [{ type: 'reportPresenterAway', away: event.away }]]
  }
}

function ownStep(live: LiveState, event: LinkMicEvent): Result {
  const [own, effects] = linkMicStep(live.own, event)
  return [own === live.own ? live : { ...live, own }, effects.map(ownEffect)]
}

function ownEffect(effect: LinkMicEffect): LiveEffect {
  switch (effect.type) {
    case 'reportInvited':
      return { type: 'reportLinkInvited' }
    case 'reportOn':
      return { type: 'reportLinkOn', user: null }
    case 'reportRefused':
      return { type: 'reportLinkRefused', reason: 'rejected', text: '', error: effect.error }
    case 'reportOff': {
      const { from, reason, text } = effect
      if (from === 'linking' || from === 'on') return { type: 'reportLinkOff', user: null, reason, text }
      return { type: 'reportLinkRefused', reason, text }
    }
    default:
      return effect
  }
}

/** The presenter hears of somebody's link-mic. */
function guestChanged(live: LiveState, link: LinkState): Result {
  const before = live.links.get(link.user.userID)
  if (before && before.rev >= link.rev) return [live, []]
  const links = new Map(live.links).set(link.user.userID, link)
  return [{ ...live, links }, guestReports(before?.phase ?? 'off', link)]
}

function guestReports(
  before: LinkState['phase'],
  { user, phase, reason = 'ended', text = '' }: LinkState,
): LiveEffect[] {
  if (before === phase) return []
  if (phase === 'requesting') return [{ type: 'reportLinkRequested', user }]
  if (phase === 'on') return [{ type: 'reportLinkOn', user }]
  if (phase === 'invited') return []
  if (before === 'on') return [{ type: 'reportLinkOff', user, reason, text }]
  return [{ type: 'reportLinkRequestEnded', user, reason }]
}
