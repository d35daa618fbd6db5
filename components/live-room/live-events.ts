import type { LinkReason, Member, UserInfo } from '../../src/model'
import type { LinkMicPhase } from '../../src/room/link-mic-step'
import type { Phase } from '../../src/room/phases'
import { forwardRoomEvents, userOf } from '../shared/room-events'
import type { ForwardEvents, RoomEventDetail, Told } from '../shared/room-events'
import type { RoomInfo } from '../shared/room-instance'
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

/** Tells a page what happens in a broadcast, in the tags of the component's manual. */
export const forwardLiveEvents: ForwardEvents<LiveRoomEventDetail> = (session, context, trigger) => {
  const { events } = session
  forwardRoomEvents(session, context, (event) =>
    trigger(event.tag === 'roomClosed' ? { ...event, code: ROOM_ENDED } : event),
  )
  const code = 0
  let phase: Phase = 'idle'
  events.on('phaseChanged', (next) => {
    const entered = next === 'joined' && phase === 'joining'
    phase = next
    if (!entered) return
    const { role, live, roomId, roomName, creator } = session.room
    if (role === 'anchor') trigger({ tag: 'created', code, detail: { roomId, roomName, creator } })
    if (live) trigger({ tag: 'audienceCount', code, detail: { count: live.audienceCount } })
  })
  events.on('audienceChanged', ({ count, entered, left }) => {
    for (const user of entered) trigger({ tag: 'audienceEnter', code, detail: user })
    for (const user of left) trigger({ tag: 'audienceLeave', code, detail: user })
    trigger({ tag: 'audienceCount', code, detail: { count } })
  })
  events.on('presenterAwayChanged', (away) => trigger({ tag: 'presenterAway', code, detail: { away } }))
  forwardLinkMic(session, context.self, trigger)
}

function forwardLinkMic(session: Session, self: () => UserInfo, trigger: (event: LiveRoomEventDetail) => void): void {
  const { events } = session
  const code = 0
  let phase: LinkMicPhase = 'off'
  events.on('changed', () => {
    const before = phase
    phase = session.room.live?.own.phase ?? 'off'
    if (phase !== before) trigger({ tag: 'linkStateChange', code, detail: { phase } })
  })
  events.on('linkRequested', (user) => trigger({ tag: 'joinPusher', code, detail: user, ...user }))
  events.on('linkRequestEnded', (user, reason) =>
    trigger({ tag: 'joinPusherEnded', code, detail: { ...user, reason } }),
  )
  events.on('linkInvited', () => trigger({ tag: 'linkInvited', code, detail: presenterOf(session) }))
  events.on('linkOn', (user) => trigger({ tag: 'linkOn', code, detail: user ?? self() }))
  events.on('linkOff', (user, reason) => {
    // before linkOff, whose reason says the same to pages that know it
    if (user === null && reason === 'kicked') trigger({ tag: 'kickout', code, detail: self() })
    trigger({ tag: 'linkOff', code, detail: { ...(user ?? self()), reason } })
  })
  events.on('mutedByPresenter', (muted) => trigger({ tag: 'mutedByPresenter', code, detail: { muted } }))
}

function presenterOf({ room }: Session): UserInfo {
  const presenter: Member | undefined = room.roster.get(room.creator)
  return presenter ? userOf(presenter) : { userID: room.creator, userName: '', userAvatar: '' }
}
