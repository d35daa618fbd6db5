import type { TypedEmitter } from '../util/emitter'
import { isPublisherChange, readMessage } from './im-format'
import type { MessagePart } from './im-format'
import type { MessagingEvents } from './messaging'
import { CHAT } from './tencent-chat'
import type { ChatMessage } from './tencent-chat'

const OPERATION_PROFILE_CHANGED = 6
const OPERATION_BY_APPLICATION = 255
const NET_STATES = ['connected', 'connecting', 'disconnected'] as const

/** Reads what the SDK reports and tells what of it concerns the room. Never throws: anybody may write anything. */
export class ChatInbox {
  /** Id of the room's group; what is said in others is not told. */
  group = ''

  constructor(
    private readonly selfId: string,
    private readonly events: Pick<TypedEmitter<MessagingEvents>, 'emit'>,
  ) {}

  take(messages: unknown): void {
    if (!Array.isArray(messages)) return
    for (const message of messages as ChatMessage[]) {
      if (message.type === CHAT.groupNotice) this.notice(message.payload)
      else if (message.type === CHAT.groupTip) this.tip(message)
      else this.message(message)
    }
  }

  netState(data: unknown): void {
    const { state } = (data ?? {}) as { readonly state?: unknown }
    const known = NET_STATES.find((name) => name === state)
    if (known) this.events.emit('connectionChanged', known)
  }

  kickedOut(data: unknown): void {
    const { type } = (data ?? {}) as { readonly type?: unknown }
    this.events.emit('kicked', typeof type === 'string' ? type : '')
  }

  private message(message: ChatMessage): void {
    const { conversationType, to, from, nick, avatar, flow, time } = message
    const isDirect = conversationType === CHAT.direct
    if (flow === 'out' || from === this.selfId || (!isDirect && to !== this.group)) return
    const read = readMessage(partsOf(message))
    if (!read) return
    if (read.type === 'linkmic') {
      // only what is said to oneself, about this room, by whom it says
      if (!isDirect || read.roomID !== this.group) return
      return this.events.emit('linkMicReceived', { ...read.from, userID: from }, read.signal)
    }
    const { userName, userAvatar } = read.from
    this.events.emit('messageReceived', {
      content: read.content,
      from: { userID: from, userName: userName || nick || '', userAvatar: userAvatar || avatar || '' },
      scope: isDirect ? 'direct' : 'room',
      time: time * 1000,
    })
  }

  private notice(payload: unknown): void {
    const { operationType, userDefinedField, groupProfile } = (payload ?? {}) as {
      readonly operationType?: unknown
      readonly userDefinedField?: unknown
      readonly groupProfile?: { readonly groupID?: unknown } | null
    }
    if (typeof operationType !== 'number' || String(groupProfile?.groupID ?? '') !== this.group) return
    const text = typeof userDefinedField === 'string' ? userDefinedField : ''
    if (operationType === OPERATION_BY_APPLICATION && isPublisherChange(text)) this.events.emit('publishersChanged')
    this.events.emit('noticeReceived', { operation: operationType, text })
  }

  private tip({ to, payload }: ChatMessage): void {
    const { operationType } = (payload ?? {}) as { readonly operationType?: unknown }
    if (to === this.group && operationType === OPERATION_PROFILE_CHANGED) this.events.emit('roomChanged', payload)
  }
}

/** Pictures, sounds and files have no part here. */
function partsOf(message: ChatMessage): MessagePart[] {
  const elements = message.getElements?.() ?? [{ type: message.type, content: message.payload }]
  const parts: MessagePart[] = []
  for (const element of elements) {
    const { text, data, extension, description } = (element.content ?? {}) as Readonly<Record<string, unknown>>
    if (element.type === CHAT.text) parts.push({ kind: 'text', text: textOf(text) })
    else if (element.type === CHAT.face) parts.push({ kind: 'text', text: textOf(data) })
    else if (element.type === CHAT.custom) {
      parts.push({ kind: 'custom', data: textOf(data), ext: textOf(extension), desc: textOf(description) })
    }
  }
  return parts
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
