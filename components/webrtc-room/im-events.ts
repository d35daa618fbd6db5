import { textOf } from '../../src/errors'
import type { RoomError } from '../../src/errors'
import type { MessagingEvents, ReceivedMessage, RoomNotice } from '../../src/messaging/messaging'
import type { EventSource } from '../../src/util/emitter'
import type { RoomController } from '../shared/room-controller'
import { forward, numberOf, told } from '../shared/room-events'
import type { EventTable, Told } from '../shared/room-events'
import { WEBRTC_ROOM_ERROR_NUMBERS } from './error-numbers'

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

const IM_EVENTS: readonly string[] = ['onIMEvent', 'IMEvent']

/** Tells a page what happens to its messages. */
export function forwardImEvents(events: EventSource<MessagingEvents>, room: RoomController): void {
  const outcome = (tag: 'login_event' | 'join_group_event', error?: RoomError): ImEventDetail => {
    if (!error) return told(tag, { ErrorCode: 0, ErrorInfo: '' })
    const number = numberOf(error.code, WEBRTC_ROOM_ERROR_NUMBERS)
    return told(tag, { ErrorCode: number, ErrorInfo: textOf(error, room.settings.view.language) }, number)
  }
  const table: EventTable<MessagingEvents, ImEventDetail> = {
    loginEnded: (error) => outcome('login_event', error),
    joinEnded: (error) => outcome('join_group_event', error),
    connectionChanged: (state) => told('connection_event', { state }),
    messageReceived: (message, scope) => told(scope === 'room' ? 'big_group_msg_notify' : 'msg_notify', [message]),
    noticeReceived: (notice) => told('group_system_notifys', notice),
    roomChanged: (change) => told('group_info_change_notify', change),
    kicked: (reason) => told('kicked', { reason }),
  }
  forward(events, table, room, IM_EVENTS)
}
