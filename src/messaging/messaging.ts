import type { RoomError } from '../errors'
import type { UserInfo } from '../model'
import type { EventSource } from '../util/emitter'

/** What a message says. */
export type MessageContent =
  | { readonly kind: 'text'; readonly text: string }
  /** Of the application's own making; `ext` and `desc` travel beside `data`. */
  | { readonly kind: 'custom'; readonly data: string; readonly ext: string; readonly desc: string }
  /** A named command, such as a gift or a like. */
  | { readonly kind: 'command'; readonly cmd: string; readonly text: string }

export interface ReceivedMessage {
  readonly content: MessageContent
  readonly from: UserInfo
  /** Said to everyone in the room, or to oneself alone. */
  readonly scope: 'room' | 'direct'
  /** ms since 1970 */
  readonly time: number
}

/** Link-mic as clients without a server of their own agree on it, one to one. */
export type LinkMicSignal =
  | { readonly type: 'request' }
  | { readonly type: 'response'; readonly result: 'accept' | 'reject'; readonly reason: string }
  | { readonly type: 'kickout' }

/** A word of the service to the whole room. */
export interface RoomNotice {
  /** Number of the service: 4 put out, 5 dismissed, 255 by the application, … */
  readonly operation: number
  /** What the application's server has written, '' otherwise. */
  readonly text: string
}

export type MessagingEvents = {
  loggedIn: []
  loginFailed: [RoomError]
  connectionChanged: ['connected' | 'connecting' | 'disconnected']
  roomJoined: []
  roomJoinFailed: [RoomError]
  messageReceived: [ReceivedMessage]
  linkMicReceived: [from: UserInfo, LinkMicSignal]
  /** Who publishes in the room has changed: ask the server. */
  publishersChanged: []
  noticeReceived: [RoomNotice]
  /** Name, notification or members of the room's group; what exactly is the service's own. */
  roomChanged: [change: unknown]
  /** Logged in elsewhere or put out; no message comes any more. */
  kicked: [reason: string]
}

/**
 * The messages of one stay in a room, apart from its sound and pictures: a room whose messages are down goes on.
 * Discarded after close().
 */
export interface Messaging {
  readonly events: EventSource<MessagingEvents>
  /** Rejects with a RoomError; `roomJoined` or `roomJoinFailed` say the same. */
  join(roomId: string): Promise<void>
  /**
   * To everyone in the room, or to one user. Resolves once the service has it.
   * @throws RoomError by the promise: MESSAGE_TOO_LONG (nothing was sent), NOT_MEMBER before the room is joined,
   * USER_NOT_FOUND for a receiver who is not there, NOT_SUPPORTED for what the service does not carry
   */
  send(content: MessageContent, to?: string): Promise<void>
  /** Absent where link-mic is the server's. */
  sendLinkMic?(signal: LinkMicSignal, to: string): Promise<void>
  /** Leaves. Idempotent, never rejects. */
  close(): Promise<void>
}
