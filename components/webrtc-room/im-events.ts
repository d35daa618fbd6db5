import { textOf } from '../../src/errors'
import type { RoomError } from '../../src/errors'
import type { MessagingEvents, ReceivedMessage, RoomNotice } from '../../src/messaging/messaging'
import type { EventSource } from '../../src/util/emitter'
import { numberOf } from '../shared/room-events'
import type { EventContext, Told } from '../shared/room-events'

/** One message, flat as pages read it: `content` is the text, or the data of a custom message. */
export interface ImMessage {
  readonly userID: string
  readonly userName: string
  readonly userAvatar: string
  /** ms since 1970 */
  readonly time: number
  readonly kind: ReceivedMessage['kind']
  readonly content: string
  /** Of a custom message. */
  readonly ext?: string
  readonly desc?: string
  /** Of a command, its name. */
  readonly cmd?: string
}

/** How something went that the messages cannot do without; 0 is well. */
export interface ImOutcome {
  readonly ErrorCode: number
  readonly ErrorInfo: string
}

/** `e.detail` of `onIMEvent` and `IMEvent`. */
export type ImEventDetail =
  | Told<'login_event' | 'join_group_event', ImOutcome>
  | Told<'connection_event', { readonly state: MessagingEvents['connectionChanged'][0] }>
  | Told<'big_group_msg_notify' | 'msg_notify', readonly ImMessage[]>
  | Told<'group_system_notifys', RoomNotice>
  | Told<'group_info_change_notify', unknown>
  | Told<'kicked', { readonly reason: string }>

/** Tells a page what happens to its messages. */
export function forwardImEvents(
  events: EventSource<MessagingEvents>,
  { errorNumbers, language }: EventContext,
  trigger: (event: ImEventDetail) => void,
): void {
  const code = 0
  const outcome = (tag: 'login_event' | 'join_group_event', error?: RoomError): void => {
    const number = error ? numberOf(error.code, errorNumbers) : 0
    trigger({ tag, code: number, detail: { ErrorCode: number, ErrorInfo: error ? textOf(error, language()) : '' } })
  }
  events.on('loginEnded', (error) => outcome('login_event', error))
  events.on('joinEnded', (error) => outcome('join_group_event', error))
  events.on('connectionChanged', (state) => trigger({ tag: 'connection_event', code, detail: { state } }))
  events.on('messageReceived', (message, scope) =>
    trigger({ tag: scope === 'room' ? 'big_group_msg_notify' : 'msg_notify', code, detail: [message] }),
  )
  events.on('noticeReceived', (notice) => trigger({ tag: 'group_system_notifys', code, detail: notice }))
  events.on('roomChanged', (change) => trigger({ tag: 'group_info_change_notify', code, detail: change }))
  events.on('kicked', (reason) => trigger({ tag: 'kicked', code, detail: { reason } }))
}
