import type { RoomError } from '../errors'
import type { BarCount } from '../media/quality'
import type { CloseReason, LeaveReason, LinkReason, Member, RoomMessage, UserInfo } from '../model'
import type { AudienceNews } from '../provider/provider'
import type { Phase } from './phases'

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
  /** The last is what the presenter said. */
  linkOff: [UserInfo | null, LinkReason, string]
  /** One's own request, or acceptance, came to nothing. */
  linkRefused: [LinkReason, string, RoomError?]
  audienceChanged: [AudienceNews]
  presenterAwayChanged: [boolean]
  mutedByPresenter: [boolean]
  qualityChanged: [{ readonly userID: string; readonly level: BarCount }]
  /** The loudest of all, oneself included, at most twice a second; volume 1-100. Silence: '' and 0. */
  speakerChanged: [{ readonly userID: string; readonly volume: number }]
}

/** An event with its arguments: news for the page that a machine gives out as an effect. */
export type RoomReport = {
  [Name in keyof RoomSessionEvents]: readonly [name: Name, ...args: RoomSessionEvents[Name]]
}[keyof RoomSessionEvents]
