import { CLOSE_ERRORS, RoomError } from '../../../src/errors'
import type { LinkReason, Member, RoomMessage, UserInfo } from '../../../src/model'
import type { RoomSession } from '../../../src/room/room-session'
import type { TypedEmitter } from '../../../src/util/emitter'

export type DeskCallEvents = {
  /** Something that is shown has moved. */
  changed: []
  messageReceived: [RoomMessage]
  memberJoined: [Member]
  memberLeft: [Member]
  linkRequested: [UserInfo]
  linkRequestEnded: [UserInfo]
  /** To a viewer: the presenter invites. */
  linkInvited: []
  /** One's own request or invitation has come to nothing. */
  linkRefused: []
  /** One's own seat is over: what one has shared has ended with it. */
  linkEnded: [LinkReason]
  /** Something could not be done; the call goes on. */
  complained: [RoomError]
  /** Nothing more follows: the server ended it, or it cannot go on. */
  ended: [RoomError]
}

/** Hands on what happens in the room. `over`: it has come to its end. */
export function relayRoom(
  session: RoomSession,
  desk: TypedEmitter<DeskCallEvents>,
  over: (why: RoomError) => void,
): void {
  const { events } = session
  events.on('messageReceived', (message) => desk.emit('messageReceived', message))
  events.on('memberJoined', (member) => desk.emit('memberJoined', member))
  events.on('memberLeft', (member) => desk.emit('memberLeft', member))
  events.on('linkRequested', (user) => desk.emit('linkRequested', user))
  events.on('linkRequestEnded', (user) => desk.emit('linkRequestEnded', user))
  events.on('linkInvited', () => desk.emit('linkInvited'))
  events.on('linkRefused', () => desk.emit('linkRefused'))
  events.on('linkOff', (user, reason) => user === null && desk.emit('linkEnded', reason))
  events.on('closed', (reason) => over(new RoomError(CLOSE_ERRORS[reason])))
  events.on('failed', (error) => session.room.phase === 'closed' && over(error))
}
