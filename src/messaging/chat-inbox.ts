import { readMessage, textOf } from './im-format'
import type { MessageContent, MessagingEmitter } from './messaging'
import { CHAT } from './tencent-chat'
import type { ChatMessage } from './tencent-chat'

const OPERATION_PROFILE_CHANGED = 6
const NET_STATES = ['connected', 'connecting', 'disconnected'] as const

type Fields = Readonly<Record<string, unknown>>

/** Reads what the SDK reports and tells what of it concerns the room. Never throws: anybody may write anything. */
export class ChatInbox {
  /** `group`: the room's; what is said in others is not told. */
  constructor(
    private readonly group: string,
    private readonly selfId: string,
    private readonly events: Pick<MessagingEmitter, 'emit'>,
  ) {}

  take(messages: unknown): void {
    if (!Array.isArray(messages)) return
    for (const message of messages.map((each) => fieldsOf(each) as unknown as ChatMessage)) {
      if (message.type === CHAT.groupNotice) this.notice(message)
      else if (message.type === CHAT.groupTip) this.tip(message)
      else this.message(message)
    }
  }

  netState(data: unknown): void {
    const { state } = fieldsOf(data)
    const known = NET_STATES.find((name) => name === state)
    if (known) this.events.emit('connectionChanged', known)
  }

  kickedOut(data: unknown): void {
    this.events.emit('kicked', textOf(fieldsOf(data).type))
  }

  private message(message: ChatMessage): void {
    const { conversationType, to, from, nick, avatar, flow, time } = message
    const isDirect = conversationType === CHAT.direct
    if (flow === 'out' || from === this.selfId || (!isDirect && to !== this.group)) return
    const read = readMessage(partsOf(message))
    if (!read) return
    const userName = read.userName || nick || ''
    const userAvatar = read.userAvatar || avatar || ''
    const received = { ...read.message, userID: from, userName, userAvatar, time: time * 1000 }
    this.events.emit('messageReceived', received, isDirect ? 'direct' : 'room')
  }

  private notice({ payload }: ChatMessage): void {
    const { operationType, userDefinedField, groupProfile } = fieldsOf(payload)
    if (typeof operationType !== 'number' || textOf(fieldsOf(groupProfile).groupID) !== this.group) return
    this.events.emit('noticeReceived', { operation: operationType, text: textOf(userDefinedField) })
  }

  private tip({ to, payload }: ChatMessage): void {
    if (to === this.group && fieldsOf(payload).operationType === OPERATION_PROFILE_CHANGED) {
      this.events.emit('roomChanged', payload)
    }
  }
}

/** Pictures, sounds and files have no part here. */
function partsOf(message: ChatMessage): MessageContent[] {
  const elements = message.getElements?.() ?? [{ type: message.type, content: message.payload }]
  const parts: MessageContent[] = []
  for (const { type, content } of elements.map(fieldsOf)) {
    const { text, data, extension, description } = fieldsOf(content)
    if (type === CHAT.text) parts.push({ kind: 'text', content: textOf(text) })
    else if (type === CHAT.face) parts.push({ kind: 'text', content: textOf(data) })
    else if (type === CHAT.custom) {
      parts.push({ kind: 'custom', content: textOf(data), ext: textOf(extension), desc: textOf(description) })
    }
  }
  return parts
}

function fieldsOf(value: unknown): Fields {
  return (value ?? {}) as Fields
}
