import { toRoomError } from '../../src/errors'
import type { ErrorCode } from '../../src/errors'
import type { MessageContent } from '../../src/messaging/messaging'
import type { TencentChat } from '../../src/messaging/tencent-chat'
import { textOf } from '../shared/property-parsers'
import { ignorable } from '../shared/room-instance'
import type { RoomInstance } from '../shared/room-instance'
import { numberOf } from '../shared/room-events'
import { WEBRTC_ROOM_ERROR_NUMBERS } from './error-numbers'
import type { WebrtcSessions } from './webrtc-sessions'

/** What a custom message carries. */
export interface CustomMessage {
  readonly data?: string
  readonly ext?: string
  readonly desc?: string
}

export interface SendFailure {
  /** A number of the component's own table. */
  readonly errCode: number
  readonly errMsg: string
  readonly code: ErrorCode
}

type Succeeded = () => void
type Failed = (failure: SendFailure) => void

/** Messages. Each tells by its callbacks and by its promise, which may be ignored. */
export interface ImMethods {
  /**
   * An instance of `@tencentcloud/chat` that carries the messages from the next start() on. Without it RoomService
   * carries them; TRTC has none of its own.
   */
  useChat(chat: TencentChat): void
  /** A text to everyone in the room. */
  sendGroupTextMsg(msg: string, succ?: Succeeded, fail?: Failed): Promise<void>
  /** A custom message to everyone in the room. */
  sendGroupCustomMsg(msg: CustomMessage, succ?: Succeeded, fail?: Failed): Promise<void>
  /** To one user: USER_NOT_FOUND when RoomService carries it and they are not in the room. */
  sendC2CTextMsg(receiveUser: string, msg: string, succ?: Succeeded, fail?: Failed): Promise<void>
  /** A custom message to one user. */
  sendC2CCustomMsg(receiveUser: string, msg: CustomMessage, succ?: Succeeded, fail?: Failed): Promise<void>
}

export function imMethods(sessions: WebrtcSessions) {
  function send(
    { room }: RoomInstance,
    content: MessageContent,
    to: string | undefined,
    succ?: Succeeded,
    fail?: Failed,
  ): Promise<void> {
    const sending = room.whenActive().then((session) => sessions.deskOf(session).send(content, to))
    sending.then(
      () => succ?.(),
      (thrown: unknown) => {
        const error = toRoomError(thrown)
        fail?.({ errCode: numberOf(error.code, WEBRTC_ROOM_ERROR_NUMBERS), errMsg: error.message, code: error.code })
      },
    )
    return ignorable(sending)
  }
  return {
    useChat(this: RoomInstance, chat: TencentChat): void {
      sessions.useChat(this.room, chat)
    },
    sendGroupTextMsg(this: RoomInstance, msg: string, succ?: Succeeded, fail?: Failed): Promise<void> {
      return send(this, { kind: 'text', text: String(msg) }, undefined, succ, fail)
    },
    sendGroupCustomMsg(this: RoomInstance, msg: CustomMessage, succ?: Succeeded, fail?: Failed): Promise<void> {
      return send(this, customOf(msg), undefined, succ, fail)
    },
    sendC2CTextMsg(this: RoomInstance, to: string, msg: string, succ?: Succeeded, fail?: Failed): Promise<void> {
      return send(this, { kind: 'text', text: String(msg) }, textOf(to), succ, fail)
    },
    sendC2CCustomMsg(
      this: RoomInstance,
      to: string,
      msg: CustomMessage,
      succ?: Succeeded,
      fail?: Failed,
    ): Promise<void> {
      return send(this, customOf(msg), textOf(to), succ, fail)
    },
  }
}

function customOf({ data, ext, desc }: CustomMessage): MessageContent {
  return { kind: 'custom', data: String(data ?? ''), ext: String(ext ?? ''), desc: String(desc ?? '') }
}
