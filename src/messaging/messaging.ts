import type { RoomError } from '../errors'
import type { UserInfo } from '../model'
import type { TypedEmitter } from '../util/emitter'

/** What a message says. */
export type MessageContent = SentContent | CommandContent

/** What can be said. */
export type SentContent =
  | { readonly kind: 'text'; readonly content: string }
  /** Of the application's own making; `ext` and `desc` travel beside it. */
  | { readonly kind: 'custom'; readonly content: string; readonly ext: string; readonly desc: string }

/** A named command of another client, such as a gift or a like. */
export interface CommandContent {
  readonly kind: 'command'
  readonly content: string
  readonly cmd: string
}

/** What was said by whom, and when: ms since 1970. */
export type ReceivedMessage = MessageContent & UserInfo & { readonly time: number }

/** A word of the service to the whole room. */
export interface RoomNotice {
  /** Number of the service: 4 put out, 5 dismissed, 255 by the application, … */
  readonly operation: number
  /** What the application's server has written, '' otherwise. */
  readonly text: string
}

export type MessagingEvents = {
  /** With what went wrong: then there are no messages. */
  loginEnded: [RoomError?]
  connectionChanged: ['connected' | 'connecting' | 'disconnected']
  /** As of the login, for those of the room. */
  joinEnded: [RoomError?]
  /** Said to everyone in the room, or to oneself alone. */
  messageReceived: [ReceivedMessage, scope: 'room' | 'direct']
  noticeReceived: [RoomNotice]
  /** Name, notification or members of the room's group; what exactly is the service's own. */
  roomChanged: [change: unknown]
  /** Logged in elsewhere or put out; no message comes any more. */
  kicked: [reason: string]
}

/** Whom messages tell what happens; cleared by their close(). */
export type MessagingEmitter = TypedEmitter<MessagingEvents>

/**
 * The messages of one stay in a room, apart from its sound and pictures: a room whose messages are down goes on.
 * Joined once, discarded after close().
 */
export interface Messaging {
  /**
   * Rejects with a RoomError; `loginEnded` or `joinEnded` say the same. After a recoverable one another Messaging may be
   * tried; REPLACED: logged in elsewhere meanwhile, as `kicked` says.
   */
  join(): Promise<void>
  /**
   * To everyone in the room, or to one user. Resolves once the service has it.
   * @throws RoomError by the promise: MESSAGE_TOO_LONG (nothing was sent), NOT_MEMBER before the room is joined,
   * USER_NOT_FOUND for a receiver who is not there, CANCELLED after close()
   */
  send(message: SentContent, to?: string): Promise<void>
  /** Leaves. Idempotent, never rejects. */
  close(): Promise<void>
}
