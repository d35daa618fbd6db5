import type { RoomError } from '../errors'
import type { BarCount } from '../media/quality'
import type { CloseReason, LeaveReason, LinkReason, Member, RoomMessage, UserInfo } from '../model'
import type { AudienceNews } from '../provider/provider'
import type { TypedEmitter } from '../util/emitter'
import type { Phase } from './phases'
import type { RoomEffect } from './room-step'

/** Which part of a call is being brought back. `userID` is oneself for the room and the publisher. */
export interface RetryInfo {
  readonly target: 'room' | 'publisher' | 'player'
  readonly userID: string
  readonly attempt: number
  readonly error?: RoomError
}

/** What a session tells; every event is a fact in the past tense. */
export type RoomSessionEvents = {
  /** Something a view may show has moved: render it, at most once a turn. */
  changed: []
  /** Network figures have moved that nothing but a debugging view shows. */
  measured: []
  phaseChanged: [Phase]
  memberJoined: [Member]
  memberUpdated: [Member]
  memberLeft: [Member, LeaveReason]
  messageReceived: [RoomMessage]
  /** The server ended it; nothing follows. */
  closed: [CloseReason]
  /** Only what the library will not mend by itself. */
  failed: [RoomError]
  reconnecting: [RetryInfo]
  reconnected: [RetryInfo]
  /** To the presenter: somebody asks for a seat. */
  linkRequested: [UserInfo]
  /** To the presenter: the request is over without a seat. */
  linkRequestEnded: [UserInfo, LinkReason]
  /** To a member of the audience: the presenter invites. */
  linkInvited: []
  /** To the presenter: the guest has a seat; to the guest (`null`): one's own stream is accepted. */
  linkOn: [UserInfo | null]
  linkOff: [UserInfo | null, LinkReason]
  audienceChanged: [AudienceNews]
  presenterAwayChanged: [boolean]
  mutedByPresenter: [boolean]
  qualityChanged: [{ readonly userID: string; readonly level: BarCount }]
  /** The loudest of all, oneself included, at most twice a second; volume 1-100. Silence: '' and 0. */
  speakerChanged: [{ readonly userID: string; readonly volume: number }]
}

/** The effects of the room's machine that are nothing but news for the page. */
export type RoomReport = Extract<RoomEffect, { type: `report${string}` }>

/** Tells the page; `selfId` is the member whose room it is. */
export function emitReport(emitter: TypedEmitter<RoomSessionEvents>, report: RoomReport, selfId: string): void {
  switch (report.type) {
    case 'reportPhase':
      return emitter.emit('phaseChanged', report.phase)
    case 'reportJoined':
      return emitter.emit('memberJoined', report.member)
    case 'reportUpdated':
      return emitter.emit('memberUpdated', report.member)
    case 'reportLeft':
      return emitter.emit('memberLeft', report.member, report.reason)
    case 'reportRetry':
      return emitter.emit('reconnecting', {
        target: 'room',
        userID: selfId,
        attempt: report.attempt,
        error: report.error,
      })
    case 'reportRecovery':
      return emitter.emit('reconnected', { target: 'room', userID: selfId, attempt: report.attempt })
    case 'reportClosed':
      return emitter.emit('closed', report.reason)
    case 'reportLinkRequested':
      return emitter.emit('linkRequested', report.user)
    case 'reportLinkRequestEnded':
      return emitter.emit('linkRequestEnded', report.user, report.reason)
    case 'reportLinkInvited':
      return emitter.emit('linkInvited')
    case 'reportLinkOn':
      return emitter.emit('linkOn', report.user)
    case 'reportLinkOff':
      return emitter.emit('linkOff', report.user, report.reason)
    case 'reportLinkRefused':
      return
    case 'reportAudience':
      return emitter.emit('audienceChanged', report.news)
    case 'reportPresenterAway':
      return emitter.emit('presenterAwayChanged', report.away)
    case 'reportFailure':
      return emitter.emit('failed', report.error)
  }
}
