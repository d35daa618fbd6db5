import { textOf } from '../../src/errors'
import type { ErrorCode, Language, RoomError } from '../../src/errors'
import type { BarCount } from '../../src/media/quality'
import type { CloseReason, LeaveReason, RoomMessage, UserInfo } from '../../src/model'
import type { Phase } from '../../src/room/phases'
import type { RetryInfo } from '../../src/room/session-events'
import type { Session } from './session'

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

interface OfTag {
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

export interface ErrorWording {
  language(): Language
  /** The numbers that users of the original component know. */
  readonly errorNumbers: ErrorNumbers
}

export interface EventContext extends ErrorWording {
  /** Oneself, as the others see one. */
  self(): UserInfo
}

/** Tells a page what happens in a session; `names` as of {@link ComponentPort.trigger}. */
export type ForwardEvents<Event extends ComponentEvent = ComponentEvent> = (
  session: Session,
  context: EventContext,
  trigger: (event: Event, names?: readonly string[]) => void,
) => void

/** In the tags that all components have in common. */
export const forwardRoomEvents: ForwardEvents<RoomEventDetail> = (session, wording, trigger) => {
  const { events } = session
  const code = 0
  events.on('phaseChanged', (phase) => trigger({ tag: 'stateChange', code, detail: { phase } }))
  events.on('memberJoined', (member) => trigger({ tag: 'memberJoin', code, detail: userOf(member) }))
  events.on('memberLeft', (member, reason) =>
    trigger({ tag: 'memberLeave', code, detail: { ...userOf(member), reason } }),
  )
  events.on('messageReceived', (message) => trigger(messageEvent(message)))
  events.on('closed', (reason) => trigger({ tag: 'roomClosed', code, detail: { reason } }))
  events.on('qualityChanged', ({ userID, level }) =>
    trigger({ tag: 'networkQuality', code, detail: { userID, level } }),
  )
  events.on('speakerChanged', (detail) => trigger({ tag: 'activeSpeaker', code, detail }))
  events.on('reconnecting', (retry) => trigger({ tag: 'reconnecting', code, detail: retryOf(retry) }))
  events.on('reconnected', (retry) => trigger({ tag: 'reconnected', code, detail: retryOf(retry) }))
  events.on('failed', (error) => trigger(errorEvent(error, wording)))
}

export function numberOf(code: ErrorCode, numbers: ErrorNumbers): number {
  return numbers[code] ?? numbers.OTHER
}

/** `number`: the component's for what was being done, where that counts more than what went wrong. */
export function errorEvent(error: RoomError, { language, errorNumbers }: ErrorWording, number?: number): ErrorEvent {
  const { code, recoverable, cause } = error
  return {
    tag: 'error',
    code: number ?? numberOf(code, errorNumbers),
    detail: textOf(error, language()),
    error: { code, recoverable, cause },
  }
}

export function warningEvent(error: RoomError, wording: ErrorWording): WarningEvent {
  return { ...errorEvent(error, wording), tag: 'warning', detail: error.message }
}

export function userOf({ userID, userName, userAvatar }: UserInfo): UserInfo {
  return { userID, userName, userAvatar }
}

function messageEvent({ kind, from, data, time }: RoomMessage): RoomEventDetail {
  const { userID, userName, userAvatar } = from
  const origin = { userID, userName, userAvatar, time }
  if (kind === 'text') return { tag: 'recvTextMsg', code: 0, detail: String(data), ...origin }
  return { tag: 'recvCustomMsg', code: 0, detail: data, ...origin }
}

function retryOf({ target, userID, attempt, error }: RetryInfo): RetryDetail {
  return error ? { target, userID, attempt, reason: error.code } : { target, userID, attempt }
}
