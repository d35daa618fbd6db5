import { toRoomError } from '../../src/errors'
import type { ErrorCode } from '../../src/errors'
import type { SentContent } from '../../src/messaging/messaging'
import type { TencentChat } from '../../src/messaging/tencent-chat'
import { createConsoleLog } from '../../src/platform/console-log'
import { answerBothWays } from '../../src/util/answer-both-ways'
import { textOf } from '../shared/property-parsers'
import type { RoomInstance } from '../shared/room-instance'
import { numberOf } from '../shared/room-events'
import { WEBRTC_ROOM_ERROR_NUMBERS } from './error-numbers'
import type { WebrtcSession } from './webrtc-session'
import { useChat } from './webrtc-sessions'

/** What a custom message carries. */
export interface CustomMessage {
  readonly data?: string
  readonly ext?: string
  readonly desc?: string
}

/** What `fail` of a message is called with. */
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

const log = createConsoleLog('error')

function send(
  { room }: RoomInstance,
  content: () => SentContent,
  to: string | undefined,
  success?: Succeeded,
  fail?: Failed,
): Promise<void> {
  const deliver = async (): Promise<void> => {
    const message = read(content)
    await ((await room.whenActive()) as WebrtcSession).sendMessage(message, to)
  }
  return answerBothWays(log, { success, fail }, deliver(), ({ code, message: errMsg }) => ({
    errCode: numberOf(code, WEBRTC_ROOM_ERROR_NUMBERS),
    errMsg,
    code,
  }))
}

export const imMethods = {
  useChat(this: RoomInstance, chat: TencentChat): void {
    useChat(this.room.host, chat)
  },
  sendGroupTextMsg(this: RoomInstance, msg: string, succ?: Succeeded, fail?: Failed): Promise<void> {
    return send(this, () => contentOf(msg), undefined, succ, fail)
  },
  sendGroupCustomMsg(this: RoomInstance, msg: CustomMessage, succ?: Succeeded, fail?: Failed): Promise<void> {
    return send(this, () => customOf(msg), undefined, succ, fail)
  },
  sendC2CTextMsg(this: RoomInstance, to: string, msg: string, succ?: Succeeded, fail?: Failed): Promise<void> {
    return send(this, () => contentOf(msg), textOf(to), succ, fail)
  },
  sendC2CCustomMsg(this: RoomInstance, to: string, msg: CustomMessage, succ?: Succeeded, fail?: Failed): Promise<void> {
    return send(this, () => customOf(msg), textOf(to), succ, fail)
  },
}

/** @throws RoomError BAD_PARAMETER for what is no text and has no JSON */
function read(content: () => SentContent): SentContent {
  try {
    return content()
  } catch (thrown) {
    throw toRoomError(thrown, 'BAD_PARAMETER')
  }
}

function contentOf(msg: string): SentContent {
  return { kind: 'text', content: String(msg) }
}

function customOf(msg: CustomMessage): SentContent {
  const { data, ext, desc } = Object(msg) as CustomMessage
  return { kind: 'custom', content: fieldOf(data), ext: fieldOf(ext), desc: fieldOf(desc) }
}

/** A page that hands in an object is taken to mean its JSON. */
function fieldOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')
}
