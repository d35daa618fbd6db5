import { RoomError } from '../errors'
import type { RoomMessage } from '../model'
import type { OutgoingMessage } from '../provider/provider'
import type { EventSource, Unsubscribe } from '../util/emitter'
import type { MessageContent, Messaging, MessagingEmitter, SentContent } from './messaging'

/** A room that is joined over RoomService; its messages are repeated over drops and come once. */
export interface MessageChannel {
  readonly events: EventSource<{ messageReceived: [RoomMessage] }>
  send(message: OutgoingMessage): Promise<void>
}

/** Messages over the same connection as the room, to everyone in it or to one of them. */
export class RoomServiceMessaging implements Messaging {
  private readonly unlisten: Unsubscribe
  private closed = false

  constructor(
    private readonly channel: MessageChannel,
    private readonly events: MessagingEmitter,
  ) {
    this.unlisten = channel.events.on('messageReceived', ({ kind, data, from, time, isDirect }) => {
      const { userID, userName, userAvatar } = from
      const message = { userID, userName, userAvatar, time, ...contentOf(kind, data) }
      events.emit('messageReceived', message, isDirect ? 'direct' : 'room')
    })
  }

  async join(): Promise<void> {
    this.events.emit('loginEnded')
    this.events.emit('connectionChanged', 'connected')
    this.events.emit('joinEnded')
  }

  async send(message: SentContent, to?: string): Promise<void> {
    if (this.closed) throw new RoomError('CANCELLED')
    await this.channel.send({ ...outgoing(message), to })
  }

  async close(): Promise<void> {
    this.closed = true
    this.unlisten()
    this.events.clear()
  }
}

function outgoing(message: SentContent): OutgoingMessage {
  const { kind, content } = message
  return message.kind === 'text'
    ? { kind, data: content }
    : { kind, data: { data: content, ext: message.ext, desc: message.desc } }
}

/** Members with other components send any JSON: it is handed on as text. */
function contentOf(kind: RoomMessage['kind'], value: unknown): MessageContent {
  if (kind === 'text') return { kind, content: String(value) }
  const { data, ext = '', desc = '', cmd, msg } = (value ?? {}) as Readonly<Record<string, unknown>>
  if (typeof data === 'string' && typeof ext === 'string' && typeof desc === 'string') {
    return { kind, content: data, ext, desc }
  }
  if (typeof cmd === 'string' && typeof msg === 'string') return { kind: 'command', content: msg, cmd }
  return { kind, content: typeof value === 'string' ? value : JSON.stringify(value), ext: '', desc: '' }
}
