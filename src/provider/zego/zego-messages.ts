import { RoomError } from '../../errors'
import type { RoomMessage, UserInfo } from '../../model'
import type { Platform } from '../../platform/platform'
import type { OutgoingMessage } from '../provider'
import { byteLength } from '../../util/byte-length'
import { listenTo } from './engine-listeners'
import type { ZegoEngine, ZegoMessage, ZegoUser } from './engine'
import { readLinkCommand } from './link-commands'
import { zegoErrorOf } from './room-codes'

const MAX_BYTES = 1024
/** Tells one's own custom messages from the commands that other apps of the room may send. */
const CUSTOM = 'roomlet.custom'

export interface MessagePort {
  readonly engine: ZegoEngine
  readonly roomId: string
  readonly platform: Platform
  userOf(user: ZegoUser): UserInfo
  received(message: RoomMessage): void
}

/**
 * Text goes as broadcast, any JSON as custom command to everyone. Barrage is heard as well, and whatever another app
 * sends as custom command: its JSON, or else its text.
 * @returns ends the listening
 */
export function listenToMessages({ engine, roomId, platform, userOf, received }: MessagePort): () => void {
  const texts = (id: string, messages: readonly ZegoMessage[]): void => {
    if (id !== roomId) return
    for (const { fromUser, message, sendTime } of messages) {
      received({ kind: 'text', from: userOf(fromUser), data: message, time: sendTime })
    }
  }
  return listenTo(engine, {
    IMRecvBroadcastMessage: texts,
    IMRecvBarrageMessage: texts,
    IMRecvCustomCommand: (id, user, command) => {
      if (id !== roomId || readLinkCommand(command)) return
      received({ kind: 'custom', from: userOf(user), data: readCommand(command), time: platform.now() })
    },
  })
}

/** @throws RoomError MESSAGE_TOO_LONG and NOT_SUPPORTED before anything is sent; what ZEGO refuses */
export async function sendMessage(engine: ZegoEngine, roomId: string, message: OutgoingMessage): Promise<void> {
  const { kind, data } = message
  if (message.to !== undefined) throw new RoomError('NOT_SUPPORTED', 'zego: messages go to everyone in the room')
  const text = kind === 'text' ? String(data) : JSON.stringify({ cmd: CUSTOM, data })
  const bytes = byteLength(text)
  if (bytes > MAX_BYTES) throw new RoomError('MESSAGE_TOO_LONG', `zego: ${bytes} bytes, ${MAX_BYTES} are allowed`)
  const sent = kind === 'text' ? engine.sendBroadcastMessage(roomId, text) : engine.sendCustomCommand(roomId, text, [])
  const answer = await sent.catch((thrown: unknown) => {
    throw zegoErrorOf(thrown, 'NETWORK')
  })
  if (answer.errorCode !== 0) throw zegoErrorOf(answer, 'SERVER_ERROR')
}

function readCommand(command: string): unknown {
  try {
    const read: unknown = JSON.parse(command)
    const { cmd, data } = Object(read) as Record<string, unknown>
    return cmd === CUSTOM ? data : read
  } catch {
    return command
  }
}
