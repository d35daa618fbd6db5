import { textOf } from '../../src/errors'
import type { ErrorCode, Language, RoomError } from '../../src/errors'
import type { BarCount } from '../../src/media/quality'
import type { CloseReason, LeaveReason, UserInfo } from '../../src/model'
import type { Phase } from '../../src/room/phases'
import type { RetryInfo, RoomSessionEvents } from '../../src/room/session-events'
import type { EventSource } from '../../src/util/emitter'

/** What a page is told under one tag. */
export interface Told<Tag extends string, Detail> {
  readonly tag: Tag
  /** 0: nothing has gone wrong; roomClosed has a number of its own in some components. */
  readonly code: number
  readonly detail: Detail
}

/** Who sent a message, and when: ms since 1970, by the server's clock. */
export interface MessageOrigin extends UserInfo {
  readonly time: number
}

/** What is being brought back by itself. `userID` is one's own for the room and the publisher. */
export interface RetryDetail {
  readonly target: RetryInfo['target']
  readonly userID: string
  readonly attempt: number
  readonly reason?: ErrorCode
}

/** The numbers that users of an original component know, by what went wrong; OTHER for all the rest. */
export type ErrorNumbers = Readonly<Partial<Record<ErrorCode, number>> & { OTHER: number }>

/** Something that the library will not mend by itself. */
export interface ErrorEvent {
  readonly tag: 'error'
  /** A number of the component's own table. */
  readonly code: number
  /** A text to show, in the component's language. */
  readonly detail: string
  readonly error: { readonly code: ErrorCode; readonly recoverable: boolean; readonly cause: unknown }
}

/** What the page has written and the library leaves out; the call goes on. `detail` names it, for developers. */
export interface WarningEvent extends Omit<ErrorEvent, 'tag'> {
  readonly tag: 'warning'
}

/** What a native tag tells beside its states; `userID` is whose tag it is, the rest is the platform's. */
export type TagNews =
  | Told<'bgmStart' | 'bgmComplete', OfTag>
  /** ms */
  | Told<'bgmProgress', OfTag & { readonly progress: number; readonly duration: number }>
  | Told<'fullScreenChange', OfTag & { readonly fullScreen: boolean; readonly direction: string }>
  | Told<'enterPictureInPicture' | 'leavePictureInPicture', OfTag>
  | Told<'castingUserSelect' | 'castingStateChange' | 'castingInterrupt' | 'metadataChange', OfTag>

/** Whose tag it is. */
export interface OfTag {
  readonly userID: string
}

/** `e.detail` of `onRoomEvent` and `RoomEvent`. */
export type RoomEventDetail =
  | Told<'stateChange', { readonly phase: Phase }>
  | Told<'memberJoin', UserInfo>
  | Told<'memberLeave', UserInfo & { readonly reason: LeaveReason }>
  | Told<'roomClosed', { readonly reason: CloseReason }>
  | (Told<'recvTextMsg', string> & MessageOrigin)
  | (Told<'recvCustomMsg', unknown> & MessageOrigin)
  | Told<'networkQuality', { readonly userID: string; readonly level: BarCount }>
  | Told<'activeSpeaker', { readonly userID: string; readonly volume: number }>
  | TagNews
  | Told<'reconnecting', RetryDetail>
  | Told<'reconnected', RetryDetail>
  | ErrorEvent
  | WarningEvent

/** What a page is told, whatever the component. */
export interface ComponentEvent {
  readonly tag: string
  readonly code: number
  readonly detail: unknown
}

/** Who tells a page. */
export interface Teller {
  /** `names` as of {@link ComponentPort.trigger} */
  tell(event: ComponentEvent, names?: readonly string[]): void
}

type Args<Events> = { [Name in keyof Events]: readonly unknown[] }

/** What a page is told of each event. */
export type EventTable<Events extends Args<Events>, Told extends ComponentEvent = ComponentEvent> = {
  readonly [Name in keyof Events]?: (...args: Events[Name]) => Told
}

/** Tells a page what happens in `events`. */
export function forward<Events extends Args<Events>>(
  events: EventSource<Events>,
  table: EventTable<Events>,
  teller: Teller,
  names?: readonly string[],
): void {
  for (const name of Object.keys(table) as (keyof Events)[]) {
    const eventOf = table[name] as (...args: Events[keyof Events]) => ComponentEvent
    events.on(name, (...args) => teller.tell(eventOf(...args), names))
  }
}

export function told<Tag extends string, Detail>(tag: Tag, detail: Detail, code = 0): Told<Tag, Detail> {
  return { tag, code, detail }
}

/** In the tags that all components have in common. Of errors the controller tells. */
export const CALL_EVENTS: EventTable<RoomSessionEvents, RoomEventDetail> = {
  phaseChanged: (phase) => told('stateChange', { phase }),
  memberJoined: (member) => told('memberJoin', userOf(member)),
  memberLeft: (member, reason) => told('memberLeave', { ...userOf(member), reason }),
  messageReceived: ({ kind, from, data, time }) => ({
    ...(kind === 'text' ? told('recvTextMsg', String(data)) : told('recvCustomMsg', data)),
    ...userOf(from),
    time,
  }),
  closed: (reason) => told('roomClosed', { reason }),
  qualityChanged: (quality) => told('networkQuality', quality),
  speakerChanged: (speaker) => told('activeSpeaker', speaker),
  reconnecting: (retry) => told('reconnecting', retryOf(retry)),
  reconnected: (retry) => told('reconnected', retryOf(retry)),
}

export function numberOf(code: ErrorCode, numbers: ErrorNumbers): number {
  return numbers[code] ?? numbers.OTHER
}

export function errorEvent(error: RoomError, language: Language, number: number): ErrorEvent {
  const { code, recoverable, cause } = error
  return { tag: 'error', code: number, detail: textOf(error, language), error: { code, recoverable, cause } }
}

export function userOf({ userID, userName, userAvatar }: UserInfo): UserInfo {
  return { userID, userName, userAvatar }
}

function retryOf({ target, userID, attempt, error }: RetryInfo): RetryDetail {
  return { target, userID, attempt, ...(error && { reason: error.code }) }
}
