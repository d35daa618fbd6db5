import type { LinkReason, Member, UserInfo } from '../../src/model'
import type { LinkMicPhase } from '../../src/room/link-mic-step'
import type { Phase } from '../../src/room/phases'
import type { RoomSessionEvents } from '../../src/room/session-events'
import type { RoomInfo } from '../shared/call-methods'
import type { ForwardEvents, RoomController } from '../shared/room-controller'
import { forward, CALL_EVENTS, told, userOf } from '../shared/room-events'
import type { EventTable, RoomEventDetail, Told } from '../shared/room-events'
import type { Session } from '../shared/session'
import { ROOM_ENDED } from './error-numbers'

/** Somebody whose seat is over, or whose request came to nothing. */
export interface LinkEnd extends UserInfo {
  readonly reason: LinkReason
  /** What the presenter said to a refusal. */
  readonly text?: string
}

/** `e.detail` of `onRoomEvent` and `RoomEvent` of a live-room. */
export type LiveRoomEventDetail =
  | RoomEventDetail
  | Told<'created', RoomInfo>
  /** To the presenter. The user's fields stand beside `tag` too, so that either can be handed to respondJoinReq. */
  | (Told<'joinPusher', UserInfo> & UserInfo)
  | Told<'joinPusherEnded', LinkEnd>
  | Told<'linkInvited', UserInfo>
  | Told<'linkStateChange', { readonly phase: LinkMicPhase }>
  | Told<'linkOn', UserInfo>
  | Told<'linkOff', LinkEnd>
  | Told<'kickout', UserInfo>
  | Told<'mutedByPresenter', { readonly muted: boolean }>
  | Told<'audienceEnter', UserInfo>
  | Told<'audienceLeave', UserInfo>
  | Told<'audienceCount', { readonly count: number }>
  | Told<'presenterAway', { readonly away: boolean }>

/** Tells a page what happens in a broadcast, in the tags of the component's manual, and does what the presenter says. */
export const forwardLiveEvents: ForwardEvents = (session, room) => {
  const { events } = session
  events.on('mutedByPresenter', (muted) => room.update(muted))
  events.on('linkOn', (user) => user === null && room.announce())
  // whoever has left the seat takes the next one with a microphone of their own
  events.on('linkOff', (user) => user === null && room.update(false))
  const table: EventTable<RoomSessionEvents, LiveRoomEventDetail> = {
    ...CALL_EVENTS,
    closed: (reason) => told('roomClosed', { reason }, ROOM_ENDED),
    linkRequested: (user) => ({ ...told('joinPusher', user), ...user }),
    linkRequestEnded: (user, reason) => told('joinPusherEnded', { ...user, reason }),
    linkInvited: () => told('linkInvited', presenterOf(session)),
    linkOn: (user) => told('linkOn', user ?? room.self()),
    mutedByPresenter: (muted) => told('mutedByPresenter', { muted }),
    presenterAwayChanged: (away) => told('presenterAway', { away }),
  }
  forward(events, table, room)
  forwardMore(session, room)
}

/** What is more than one event for one event. */
function forwardMore(session: Session, room: RoomController): void {
  const { events } = session
  const tell = (event: LiveRoomEventDetail): void => room.tell(event)
  let phase: Phase = 'idle'
  let linkPhase: LinkMicPhase = 'off'
  events.on('phaseChanged', (next) => {
    const entered = next === 'joined' && phase === 'joining'
    phase = next
    if (!entered) return
    const { role, live, roomId, roomName, creator } = session.room
    if (role === 'anchor') tell(told('created', { roomId, roomName, creator }))
    if (live) tell(told('audienceCount', { count: live.audienceCount }))
  })
  events.on('changed', () => {
    const next = session.room.live?.own.phase ?? 'off'
    if (next === linkPhase) return
    linkPhase = next
    tell(told('linkStateChange', { phase: next }))
  })
  events.on('linkOff', (user, reason) => {
    // before linkOff, whose reason says the same to pages that know it
    if (user === null && reason === 'kicked') tell(told('kickout', room.self()))
    tell(told('linkOff', { ...(user ?? room.self()), reason }))
  })
  events.on('audienceChanged', ({ count, entered, left }) => {
    for (const user of entered) tell(told('audienceEnter', user))
    for (const user of left) tell(told('audienceLeave', user))
    tell(told('audienceCount', { count }))
  })
}

function presenterOf({ room }: Session): UserInfo {
  const presenter: Member | undefined = room.roster.get(room.creator)
  return presenter ? userOf(presenter) : { userID: room.creator, userName: '', userAvatar: '' }
}
