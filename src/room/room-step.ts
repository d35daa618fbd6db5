import { CLOSE_ERRORS, RoomError } from '../errors'
import type { CloseReason, LeaveReason, Member, Role } from '../model'
import type { JoinResult, ProviderSnapshot } from '../provider/provider'
import type { Step } from '../util/step'
import { liveStateOf, liveStep as broadcastStep } from './live-step'
import type { LiveEffect, LiveEvent } from './live-step'
import { mayFollow } from './phases'
import type { Phase } from './phases'
import { IDLE_ROOM } from './room-state'
import type { RoomState } from './room-state'

/** `epoch` on an event = the join it belongs to; the step drops what belongs to an older one. */
export type RoomEvent =
  | { readonly type: 'startRequested'; readonly role: Role; readonly roomId: string; readonly roomName: string }
  | { readonly type: 'stopRequested' }
  | { readonly type: 'joinAccepted'; readonly epoch: number; readonly result: JoinResult }
  /** join or resume did not work out; a recoverable one is tried again */
  | { readonly type: 'tryFailed'; readonly epoch: number; readonly error: RoomError }
  | { readonly type: 'retryDue'; readonly epoch: number }
  | { readonly type: 'gaveUp'; readonly epoch: number }
  | { readonly type: 'connectionLost'; readonly epoch: number; readonly error: RoomError }
  | { readonly type: 'connectionRetried'; readonly epoch: number; readonly attempt: number }
  | { readonly type: 'connectionRestored'; readonly epoch: number }
  | { readonly type: 'resumed'; readonly epoch: number; readonly snapshot: ProviderSnapshot }
  | { readonly type: 'memberJoined'; readonly epoch: number; readonly member: Member }
  | { readonly type: 'memberUpdated'; readonly epoch: number; readonly member: Member }
  | { readonly type: 'memberLeft'; readonly epoch: number; readonly userID: string; readonly reason: LeaveReason }
  | { readonly type: 'roomClosed'; readonly epoch: number; readonly reason: CloseReason; readonly error?: RoomError }
  /** of a broadcast: link-mic, audience, presenter */
  | { readonly type: 'live'; readonly epoch: number; readonly event: LiveEvent }
  | { readonly type: 'left'; readonly epoch: number }

export type RoomEffect =
  | LiveEffect
  | { readonly type: 'join'; readonly epoch: number }
  | { readonly type: 'resume'; readonly epoch: number }
  | { readonly type: 'leave'; readonly epoch: number }
  | { readonly type: 'planRetry'; readonly epoch: number; readonly attempt: number; readonly error: RoomError }
  /** nothing of this join may go on: media, timers, provider session */
  | { readonly type: 'release' }
  | { readonly type: 'reportPhase'; readonly phase: Phase }
  | { readonly type: 'reportJoined'; readonly member: Member }
  | { readonly type: 'reportUpdated'; readonly member: Member }
  | { readonly type: 'reportLeft'; readonly member: Member; readonly reason: LeaveReason }
  | { readonly type: 'reportRetry'; readonly attempt: number; readonly error: RoomError }
  | { readonly type: 'reportRecovery'; readonly attempt: number }
  | { readonly type: 'reportClosed'; readonly reason: CloseReason }
  | { readonly type: 'reportFailure'; readonly error: RoomError }

type Result = readonly [RoomState, readonly RoomEffect[]]

export const roomStep: Step<RoomState, RoomEvent, RoomEffect> = (room, event) => {
  if ('epoch' in event && event.epoch !== room.epoch) return [room, []]
  switch (event.type) {
    case 'startRequested':
      return start(room, event)
    case 'stopRequested':
      return stop(room)
    case 'left':
      return room.phase === 'leaving' ? enter({ ...cleared(room), phase: 'closed' }, []) : [room, []]
  }
  return isRunning(room) ? runningStep(room, event) : [room, []]
}

type RunningEvent = Exclude<RoomEvent, { type: 'startRequested' | 'stopRequested' | 'left' }>

/** Events of a join that is under way or done; after stop() or an end none of them counts. */
function runningStep(room: RoomState, event: RunningEvent): Result {
  switch (event.type) {
    case 'joinAccepted':
      return joined(room, event.result)
    case 'tryFailed':
      return tryFailed(room, event.error)
    case 'retryDue':
      return [room, [{ type: room.selfId ? 'resume' : 'join', epoch: room.epoch }]]
    case 'gaveUp':
      return room.error ? fail(room, room.error) : [room, []]
    case 'connectionLost':
      return connectionLost(room, event.error)
    case 'connectionRetried':
      return connectionRetried(room, event.attempt)
    case 'connectionRestored':
      return room.phase === 'reconnecting' ? [room, [{ type: 'resume', epoch: room.epoch }]] : [room, []]
    case 'resumed':
      return resumed(room, event.snapshot)
    case 'memberJoined':
    case 'memberUpdated':
      return putMember(room, event.member)
    case 'memberLeft':
      return dropMember(room, event.userID, event.reason)
    case 'live':
      return broadcast(room, event.event)
    case 'roomClosed':
      return roomClosed(room, event.reason, event.error)
  }
}

/** A join is under way or done: there is something to leave. */
function isRunning({ phase }: RoomState): boolean {
  return mayFollow(phase, 'leaving')
}

/** A new phase is reported before what follows from it. */
function enter(next: RoomState, effects: readonly RoomEffect[]): Result {
  return [next, [{ type: 'reportPhase', phase: next.phase }, ...effects]]
}

function cleared(room: RoomState): RoomState {
  return { ...IDLE_ROOM, epoch: room.epoch, role: room.role }
}

function start(room: RoomState, event: { role: Role; roomId: string; roomName: string }): Result {
  if (!mayFollow(room.phase, 'joining')) return [room, []]
  const epoch = room.epoch + 1
  const { role, roomId, roomName } = event
  return enter({ ...IDLE_ROOM, phase: 'joining', epoch, role, roomId, roomName }, [{ type: 'join', epoch }])
}

function stop(room: RoomState): Result {
  if (!isRunning(room)) return [room, []]
  return enter({ ...cleared(room), phase: 'leaving' }, [{ type: 'release' }, { type: 'leave', epoch: room.epoch }])
}

function joined(room: RoomState, result: JoinResult): Result {
  const [live, news] = result.live ? liveStateOf(result.live, result.selfId) : [null, []]
  const next: RoomState = {
    ...withoutError(room),
    phase: 'joined',
    attempt: 0,
    roomId: result.roomId,
    roomName: result.roomName,
    creator: result.creator,
    selfId: result.selfId,
    roster: rosterOf(result.members),
    live,
  }
  const publish: readonly RoomEffect[] = result.publishUrl ? [{ type: 'publish', url: result.publishUrl }] : []
  return enter(next, [...publish, ...recovery(room), ...news])
}

function broadcast(room: RoomState, event: LiveEvent): Result {
  if (!room.live) return [room, []]
  const [live, effects] = broadcastStep(room.live, event, room.selfId)
  return [live === room.live ? room : { ...room, live }, effects]
}

function recovery(room: RoomState): readonly RoomEffect[] {
  return room.attempt > 0 ? [{ type: 'reportRecovery', attempt: room.attempt }] : []
}

function tryFailed(room: RoomState, error: RoomError): Result {
  if (!error.recoverable) return fail(room, error)
  const attempt = room.attempt + 1
  return [
    { ...room, attempt, error },
    [
      { type: 'reportRetry', attempt, error },
      { type: 'planRetry', epoch: room.epoch, attempt, error },
    ],
  ]
}

/** The error is for the stage; the page is told of the end itself. One's own logout needs no words. */
function roomClosed(room: RoomState, reason: CloseReason, cause = new RoomError(CLOSE_ERRORS[reason])): Result {
  // a room that was never entered has no end to tell of
  if (cause.code === 'ENTER_FAILED') return fail(room, cause)
  const error = cause.code === 'CANCELLED' ? {} : { error: cause }
  return enter({ ...cleared(room), ...error, phase: 'closed', closeReason: reason }, [
    { type: 'release' },
    { type: 'reportClosed', reason },
  ])
}

function fail(room: RoomState, error: RoomError): Result {
  return enter({ ...cleared(room), phase: 'closed', error }, [{ type: 'release' }, { type: 'reportFailure', error }])
}

/** While joining, the provider asks again by itself once the connection is back: only the attempt is shown. */
function connectionLost(room: RoomState, error: RoomError): Result {
  if (room.attempt > 0) return [room, []]
  const next: RoomState = { ...room, attempt: 1, error }
  const report: readonly RoomEffect[] = [{ type: 'reportRetry', attempt: 1, error }]
  return mayFollow(room.phase, 'reconnecting') ? enter({ ...next, phase: 'reconnecting' }, report) : [next, report]
}

function connectionRetried(room: RoomState, attempt: number): Result {
  if (room.phase === 'joined' || attempt <= room.attempt || !room.error) return [room, []]
  return [{ ...room, attempt }, [{ type: 'reportRetry', attempt, error: room.error }]]
}

function resumed(room: RoomState, snapshot: ProviderSnapshot): Result {
  const roster = rosterOf(snapshot.members)
  const next: RoomState = {
    ...withoutError(room),
    phase: 'joined',
    attempt: 0,
    roomName: snapshot.roomName,
    creator: snapshot.creator,
    roster,
    live: resumedLive(room.live, snapshot),
  }
  const effects = [...recovery(room), ...rosterChanges(room.roster, roster)]
  return room.phase === 'joined' ? [next, effects] : enter(next, effects)
}

/** Link-mic is told link by link while a session resumes; only what has no history stands in the snapshot. */
function resumedLive(live: RoomState['live'], { live: info }: ProviderSnapshot): RoomState['live'] {
  if (!live || !info) return live
  return { ...live, audienceCount: info.audienceCount, presenterAway: info.presenterAway }
}

function rosterChanges(before: RoomState['roster'], after: RoomState['roster']): RoomEffect[] {
  const left = [...before.values()].filter((member) => !after.has(member.userID))
  const come = [...after.values()].filter((member) => !before.has(member.userID))
  return [
    ...left.map((member): RoomEffect => ({ type: 'reportLeft', member, reason: 'left' })),
    ...come.map((member): RoomEffect => ({ type: 'reportJoined', member })),
  ]
}

function putMember(room: RoomState, member: Member): Result {
  if (member.userID === room.selfId) return [room, []]
  const known = room.roster.has(member.userID)
  const roster = new Map(room.roster).set(member.userID, member)
  return [{ ...room, roster }, [{ type: known ? 'reportUpdated' : 'reportJoined', member }]]
}

function dropMember(room: RoomState, userID: string, reason: LeaveReason): Result {
  const member = room.roster.get(userID)
  if (!member) return [room, []]
  const roster = new Map(room.roster)
  roster.delete(userID)
  return [{ ...room, roster }, [{ type: 'reportLeft', member, reason }]]
}

function rosterOf(members: readonly Member[]): RoomState['roster'] {
  return new Map(members.map((member) => [member.userID, member]))
}

function withoutError(room: RoomState): RoomState {
  const { error: _mended, ...rest } = room
  return rest
}
