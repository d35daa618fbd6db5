import { CLOSE_ERRORS, RoomError } from '../errors'
import type { Member } from '../model'
import type { JoinRequest, JoinResult, ProviderEvents, ProviderSnapshot } from '../provider/provider'
import type { LinkMicEffect } from './link-mic-step'
import type { LiveEvent, LiveResult } from './live-step'
import { mayFollow } from './phases'
import type { Phase } from './phases'
import { IDLE_ROOM } from './room-state'
import type { RoomState } from './room-state'
import type { RoomReport } from './session-events'

/** What a provider's session tells, as it is. */
type ProviderFacts = Pick<
  ProviderEvents,
  | 'memberJoined'
  | 'memberUpdated'
  | 'memberLeft'
  | 'connectionLost'
  | 'connectionRetried'
  | 'connectionRestored'
  | 'closed'
>

/** What happens to a room. */
export type RoomFacts = ProviderFacts & {
  startRequested: [request: Pick<JoinRequest, 'role' | 'roomId' | 'roomName'>]
  stopRequested: []
  joinAccepted: [JoinResult]
  /** join or resume did not work out; a recoverable one is tried again */
  tryFailed: [RoomError]
  retryDue: []
  gaveUp: []
  resumed: [ProviderSnapshot]
  /** of a broadcast: link-mic, audience, presenter */
  live: [LiveEvent]
  left: []
}

/** The number is the join that the fact belongs to: what belongs to an older one is dropped. */
export type RoomEvent = {
  [Name in keyof RoomFacts]: readonly [name: Name, epoch: number, ...args: RoomFacts[Name]]
}[keyof RoomFacts]

/** What is to be done, by name, or told to the page: an event of the session with its arguments. */
export type RoomEffect =
  | RoomReport
  | LinkMicEffect
  | readonly ['join' | 'resume']
  /** the connection is back: tags that wait for a retry need not wait longer */
  | readonly ['wake']
  | readonly ['planRetry', attempt: number, error: RoomError]
  /** nothing of this join may go on, media, timers, provider session; once the server has been told, `left` follows */
  | readonly ['release']

/** The part of the machine that only broadcasts need. */
export interface BroadcastSteps {
  begin(info: NonNullable<JoinResult['live']>, selfId: string): LiveResult
  step(live: NonNullable<RoomState['live']>, event: LiveEvent, selfId: string): LiveResult
}

type Result = readonly [RoomState, readonly RoomEffect[]]

/** @param broadcasts without it a room is a call, whatever the provider says */
export function roomStep(room: RoomState, [name, epoch, ...args]: RoomEvent, broadcasts?: BroadcastSteps): Result {
  if (epoch !== room.epoch || !counts(name, room.phase)) return [room, []]
  const step = STEPS[name] as (room: RoomState, args: unknown, broadcasts?: BroadcastSteps) => Result
  const [next, effects] = step(room, args, broadcasts)
  if (next.phase === room.phase) return [next, effects]
  // reported before what follows from it, but for the release: whoever hears of an end may begin anew
  const isEnd = effects[0]?.[0] === 'release'
  const news: RoomEffect = ['phaseChanged', next.phase]
  return [next, isEnd ? [['release'], news, ...effects.slice(1)] : [news, ...effects]]
}

/** Whatever belongs to a join counts as long as there is something to leave. */
function counts(name: keyof RoomFacts, phase: Phase): boolean {
  return name === 'left' ? phase === 'leaving' : mayFollow(phase, name === 'startRequested' ? 'joining' : 'leaving')
}

type Steps<Facts extends Partial<RoomFacts>> = {
  readonly [Name in keyof Facts]: (room: RoomState, args: Facts[Name], broadcasts?: BroadcastSteps) => Result
}

const PROVIDER_STEPS: Steps<ProviderFacts> = {
  memberJoined: putMember,
  memberUpdated: putMember,
  memberLeft(room, [userID, reason]) {
    const member = room.roster.get(userID)
    if (!member) return [room, []]
    const roster = new Map(room.roster)
    roster.delete(userID)
    return [{ ...room, roster }, [['memberLeft', member, reason]]]
  },

  /** While joining, the provider asks again by itself once the connection is back: only the attempt is shown. */
  connectionLost(room, [error]) {
    return room.attempt > 0 ? [room, []] : retrying(room, 1, error)
  },
  connectionRetried(room, [attempt]) {
    return room.error && attempt > room.attempt ? retrying(room, attempt, room.error) : [room, []]
  },
  /** Also where the loss was overtaken by what had been asked before it. */
  connectionRestored: (room) => [room, room.selfId ? [['resume'], ['wake']] : [['wake']]],
  /** The error is for the stage; the page is told of the end itself. One's own logout needs no words. */
  closed(room, [closeReason, error = new RoomError(CLOSE_ERRORS[closeReason])]) {
    // a room that was never entered has no end to tell of
    if (error.code === 'ENTER_FAILED') return fail(room, error)
    const why = error.code === 'CANCELLED' ? {} : { error }
    return [{ ...emptied(room, 'closed'), ...why, closeReason }, [['release'], ['closed', closeReason]]]
  },
}

/** The events of a provider's session that are facts of the room. */
export const PROVIDER_FACTS = Object.keys(PROVIDER_STEPS) as readonly (keyof ProviderFacts)[]

const STEPS: Steps<RoomFacts> = {
  ...PROVIDER_STEPS,
  startRequested(room, [{ role, roomId, roomName }]) {
    const epoch = room.epoch + 1
    return [{ ...IDLE_ROOM, phase: 'joining', epoch, role, roomId, roomName }, [['join']]]
  },
  stopRequested: (room) => [emptied(room, 'leaving'), [['release']]],
  left: (room) => [emptied(room, 'closed'), []],

  joinAccepted(room, [result], broadcasts) {
    const { selfId, live, publishUrl } = result
    const [begun, news] = live && broadcasts ? broadcasts.begin(live, selfId) : [null, []]
    const publish: readonly RoomEffect[] = publishUrl ? [['publish', publishUrl]] : []
    return [{ ...entered(room, result), selfId, live: begun }, [...publish, ...recovery(room), ...news]]
  },
  tryFailed(room, [error]) {
    if (!error.recoverable) return fail(room, error)
    const attempt = room.attempt + 1
    return retrying(room, attempt, error, [['planRetry', attempt, error]])
  },
  retryDue: (room) => [room, [[room.selfId ? 'resume' : 'join']]],
  gaveUp: (room) => (room.error ? fail(room, room.error) : [room, []]),

  resumed(room, [snapshot]) {
    const next: RoomState = { ...entered(room, snapshot), live: resumedLive(room.live, snapshot.live) }
    return [next, [...recovery(room), ...rosterChanges(room.roster, next.roster)]]
  },

  live(room, [event], broadcasts) {
    if (!room.live || !broadcasts) return [room, []]
    const [live, effects] = broadcasts.step(room.live, event, room.selfId)
    return [live === room.live ? room : { ...room, live }, effects]
  },
}

function emptied({ epoch, role }: RoomState, phase: Phase): RoomState {
  return { ...IDLE_ROOM, phase, epoch, role }
}

/** In the room, or in it again: it is as the provider has it, and nothing is wrong any more. */
function entered(
  { error: _mended, ...room }: RoomState,
  { roomId, roomName, creator, members }: ProviderSnapshot,
): RoomState {
  const roster = new Map(members.map((member) => [member.userID, member]))
  return { ...room, phase: 'joined', attempt: 0, roomId, roomName, creator, roster }
}

function retrying(room: RoomState, attempt: number, error: RoomError, more: readonly RoomEffect[] = []): Result {
  const phase = mayFollow(room.phase, 'reconnecting') ? 'reconnecting' : room.phase
  const retry = { target: 'room', userID: room.selfId, attempt, error } as const
  return [{ ...room, phase, attempt, error }, [['reconnecting', retry], ...more]]
}

function recovery({ attempt, selfId }: RoomState): readonly RoomReport[] {
  return attempt > 0 ? [['reconnected', { target: 'room', userID: selfId, attempt }]] : []
}

function fail(room: RoomState, error: RoomError): Result {
  return [{ ...emptied(room, 'closed'), error }, [['release'], ['failed', error]]]
}

/** Link-mic is told link by link while a session resumes; only what has no history stands in the snapshot. */
function resumedLive(live: RoomState['live'], info: ProviderSnapshot['live']): RoomState['live'] {
  return live && info ? { ...live, audienceCount: info.audienceCount, presenterAway: info.presenterAway } : live
}

function rosterChanges(before: RoomState['roster'], after: RoomState['roster']): RoomReport[] {
  const missing = (from: RoomState['roster'], other: RoomState['roster']) =>
    [...from.values()].filter(({ userID }) => !other.has(userID))
  return [
    ...missing(before, after).map((member) => ['memberLeft', member, 'left'] as const),
    ...missing(after, before).map((member) => ['memberJoined', member] as const),
  ]
}

function putMember(room: RoomState, [member]: readonly [Member]): Result {
  const { userID } = member
  if (userID === room.selfId) return [room, []]
  const roster = new Map(room.roster).set(userID, member)
  return [{ ...room, roster }, [[room.roster.has(userID) ? 'memberUpdated' : 'memberJoined', member]]]
}
