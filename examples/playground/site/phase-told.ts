import type { Phase } from '../../../src/room/phases'
import type { PhoneEventBody } from '../runtime/phone-channel'
import type { LinkPhase } from './phone-link'

interface StateChange<State> {
  readonly tag?: string
  readonly detail?: { readonly phase?: State }
}

/** The phase that a `stateChange` of the room tells; null for any other event. */
export function phaseTold(event: PhoneEventBody): Phase | null {
  return stateTold<Phase>(event, 'stateChange')
}

/** Where somebody of the audience now stands with link-mic; null for any other event. */
export function linkPhaseTold(event: PhoneEventBody): LinkPhase | null {
  return stateTold<LinkPhase>(event, 'linkStateChange')
}

function stateTold<State>(event: PhoneEventBody, wanted: string): State | null {
  if (event.type !== 'component' || event.name !== 'onRoomEvent') return null
  const { tag, detail } = (event.detail ?? {}) as StateChange<State>
  return tag === wanted ? (detail?.phase ?? null) : null
}
