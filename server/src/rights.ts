import { RoomError } from '../../src/errors'
import type { Clock } from './clock'
import type { Keys } from './keys'
import { verifyPrivateMapKey } from './tickets/private-map-key'
import { ROOM_PRIVILEGES } from './tickets/room-grant'
import { UINT32_MAX } from './tickets/ticket-input'
import type { TicketFault } from './tickets/ticket-result'

/** Who asks, as far as it matters for what is asked. */
export interface Standing {
  readonly isCreator?: boolean
  /** Sits on a seat of the room. */
  readonly publishes?: boolean
  /** Sum of `ROOM_PRIVILEGES` that the user's privateMapKey holds; absent where none is asked for. */
  readonly grant?: number
}

interface Rule {
  readonly creator?: boolean
  readonly publishes?: true
  /** One of these is enough. */
  readonly privileges?: number
  /** What whoever lacks the right is told. */
  readonly refusal: string
}

const { createRoom, joinRoom, sendAudio, sendVideo, sendAuxiliary, receiveAudio, receiveVideo } = ROOM_PRIVILEGES
const SEND = sendAudio | sendVideo
const RECEIVE = receiveAudio | receiveVideo

/** Everything in a room that not everybody may do. Whoever serves a call asks here, and nowhere else is it decided. */
const RULES = {
  create: { privileges: createRoom, refusal: 'The privateMapKey does not allow to create this room' },
  enter: { privileges: joinRoom, refusal: 'The privateMapKey does not allow to enter this room' },
  sit: { privileges: SEND, refusal: 'The privateMapKey does not allow to publish in this room' },
  publish: { publishes: true, privileges: SEND, refusal: 'An audience publishes only while it is linked' },
  share: { publishes: true, privileges: sendAuxiliary, refusal: 'Whoever only watches shares no screen' },
  play: { privileges: RECEIVE, refusal: 'The privateMapKey does not allow to play in this room' },
  destroy: { creator: true, refusal: 'Only its creator may destroy a room' },
  mix: { creator: true, refusal: 'Only its creator may mix the streams of a room' },
  listRecords: { creator: true, refusal: 'Only its creator may see the files of a room' },
  present: { creator: true, refusal: 'Only its creator presents in a room' },
  watch: { creator: false, refusal: 'The creator of a room presents in it' },
  decideLink: { creator: true, refusal: 'Only the presenter may do that' },
  askLink: { creator: false, refusal: 'The presenter is on anyway' },
} as const satisfies Readonly<Record<string, Rule>>

export type Act = keyof typeof RULES

export function may(act: Act, { isCreator = false, publishes = false, grant }: Standing): boolean {
  const rule: Rule = RULES[act]
  if (rule.creator !== undefined && rule.creator !== isCreator) return false
  if (rule.publishes && !publishes) return false
  return rule.privileges === undefined || grant === undefined || (grant & rule.privileges) !== 0
}

/** @throws RoomError FORBIDDEN */
export function requireRight(act: Act, standing: Standing): void {
  if (!may(act, standing)) throw new RoomError('FORBIDDEN', RULES[act].refusal)
}

/** What privateMapKeys allow, where they are asked for. */
export interface Grants {
  readonly areRequired: boolean
  /**
   * Sum of the privileges in this room; undefined where nobody is asked for a key.
   * @throws RoomError FORBIDDEN when there is none, or it is not for this user and room, or over
   */
  of(asker: { readonly userID: string; readonly room: string; readonly privateMapKey?: string }): number | undefined
}

const FAULTS: Readonly<Record<TicketFault, string>> = {
  format: 'has a wrong format',
  mismatch: 'is for another user, app or room',
  signature: 'has a wrong signature',
  expired: 'has expired',
}

export function createGrants(options: { keys: Keys; clock: Pick<Clock, 'now'>; isRequired: boolean }): Grants {
  const { sdkAppID, userSigKey: secretKey } = options.keys
  return {
    areRequired: options.isRequired,
    of({ userID, room, privateMapKey = '' }) {
      if (!options.isRequired) return undefined
      if (privateMapKey === '') throw new RoomError('FORBIDDEN', 'The privateMapKey of this room is missing')
      const claim = { sdkAppID, secretKey, userID, now: options.clock.now() }
      const named = verifyPrivateMapKey(privateMapKey, { ...claim, room })
      // a key may name a room of digits as a number as well
      const isNumber = /^[1-9]\d{0,9}$/.test(room) && Number(room) <= UINT32_MAX
      const result =
        !named.ok && named.reason === 'mismatch' && isNumber
          ? verifyPrivateMapKey(privateMapKey, { ...claim, room: Number(room) })
          : named
      if (result.ok) return result.claim.privilegeMap
      throw new RoomError('FORBIDDEN', `The privateMapKey ${FAULTS[result.reason]}`)
    },
  }
}
