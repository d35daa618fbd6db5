import { textOf } from '../../src/errors'
import type { RoomError } from '../../src/errors'
import type { Messaging, MessagingEvents, ReceivedMessage, RoomNotice } from '../../src/messaging/messaging'
import type { Unsubscribe } from '../../src/util/emitter'
import { numberOf } from '../shared/room-events'
import type { EventContext, Told } from '../shared/room-events'

/** One message, flat as pages read it: `content` is the text, or the data of a custom message. */
export interface ImMessage {
  readonly userID: string
  readonly userName: string
  readonly userAvatar: string
  /** ms since 1970 */
  readonly time: number
  readonly kind: ReceivedMessage['content']['kind']
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

const IM_TAGS: ReadonlySet<string> = new Set<ImEventDetail['tag']>([
  'login_event',
  'join_group_event',
  'connection_event',
  'big_group_msg_notify',
  'msg_notify',
  'group_system_notifys',
  'group_info_change_notify',
  'kicked',
])

export function isImTag(tag: string): boolean {
  return IM_TAGS.has(tag)
}

/** Tells a page what happens to its messages, until it is unsubscribed. */
export function forwardImEvents(
  { events }: Messaging,
  context: EventContext,
  trigger: (event: ImEventDetail) => void,
): Unsubscribe {
  const code = 0
  const outcome = (tag: 'login_event' | 'join_group_event', error?: RoomError): void =>
    trigger(error ? failure(tag, error, context) : { tag, code, detail: { ErrorCode: 0, ErrorInfo: '' } })
  const subscriptions = [
    events.on('loggedIn', () => outcome('login_event')),
    events.on('loginFailed', (error) => outcome('login_event', error)),
    events.on('roomJoined', () => outcome('join_group_event')),
    events.on('roomJoinFailed', (error) => outcome('join_group_event', error)),
    events.on('connectionChanged', (state) => trigger({ tag: 'connection_event', code, detail: { state } })),
    events.on('messageReceived', (message) => {
      const tag = message.scope === 'room' ? 'big_group_msg_notify' : 'msg_notify'
      trigger({ tag, code, detail: [imMessage(message)] })
    }),
    events.on('noticeReceived', (notice) => trigger({ tag: 'group_system_notifys', code, detail: notice })),
    events.on('roomChanged', (change) => trigger({ tag: 'group_info_change_notify', code, detail: change })),
    events.on('kicked', (reason) => trigger({ tag: 'kicked', code, detail: { reason } })),
  ]
  return () => subscriptions.forEach((unsubscribe) => unsubscribe())
}

export function failure(
  tag: 'login_event' | 'join_group_event',
  error: RoomError,
  { errorNumbers, language }: EventContext,
): ImEventDetail {
  const number = numberOf(error.code, errorNumbers)
  return { tag, code: number, detail: { ErrorCode: number, ErrorInfo: textOf(error, language()) } }
}

function imMessage({ content, from, time }: ReceivedMessage): ImMessage {
  const { userID, userName, userAvatar } = from
  const origin = { userID, userName, userAvatar, time, kind: content.kind }
  switch (content.kind) {
    case 'text':
      return { ...origin, content: content.text }
    case 'custom':
      return { ...origin, content: content.data, ext: content.ext, desc: content.desc }
    case 'command':
      return { ...origin, content: content.text, cmd: content.cmd }
  }
}
