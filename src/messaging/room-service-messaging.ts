import { RoomError, toRoomError } from '../errors'
import type { RoomMessage } from '../model'
import type { OutgoingMessage } from '../provider/provider'
import { TypedEmitter } from '../util/emitter'
import type { EventSource, Unsubscribe } from '../util/emitter'
import type { Log } from '../platform/platform'
import type { MessageContent, Messaging, MessagingEvents } from './messaging'

/** The messages of a room that is joined over RoomService; they are repeated over drops and come once. */
export interface RoomChannel {
  send(message: OutgoingMessage): Promise<void>
  onMessage(listener: (message: RoomMessage) => void): Unsubscribe
  /** Settles once the room is joined; then messages can be sent. */
  joined(): Promise<unknown>
}

/** Messages over the same connection as the room, to everyone in it or to one of them. */
export class RoomServiceMessaging implements Messaging {
  private readonly emitter: TypedEmitter<MessagingEvents>
  private unlisten: Unsubscribe | null = null
  private closed = false

  constructor(
    private readonly channel: RoomChannel,
    log: Log,
  ) {
    this.emitter = new TypedEmitter((error) => log('error', 'A listener of the messages threw', error))
  }

  get events(): EventSource<MessagingEvents> {
    return this.emitter
  }

  async join(): Promise<void> {
    this.unlisten ??= this.channel.onMessage((message) => this.received(message))
    try {
      await this.channel.joined()
    } catch (thrown) {
      const error = toRoomError(thrown)
      if (!this.closed) this.emitter.emit('roomJoinFailed', error)
      throw error
    }
    if (this.closed) throw new RoomError('CANCELLED')
    this.emitter.emit('loggedIn')
    this.emitter.emit('connectionChanged', 'connected')
    this.emitter.emit('roomJoined')
  }

  async send(content: MessageContent, to?: string): Promise<void> {
    if (this.closed) throw new RoomError('CANCELLED')
    await this.channel.send(to === undefined ? outgoing(content) : { ...outgoing(content), to })
  }

  async close(): Promise<void> {
    this.closed = true
    this.unlisten?.()
    this.unlisten = null
    this.emitter.clear()
  }

  private received({ kind, data, from, time, isDirect }: RoomMessage): void {
    const scope = isDirect ? 'direct' : 'room'
    this.emitter.emit('messageReceived', { content: contentOf(kind, data), from, scope, time })
  }
}

function outgoing(content: MessageContent): OutgoingMessage {
  switch (content.kind) {
    case 'text':
      return { kind: 'text', data: content.text }
    case 'custom':
      return { kind: 'custom', data: { data: content.data, ext: content.ext, desc: content.desc } }
    case 'command':
      return { kind: 'custom', data: { cmd: content.cmd, msg: content.text } }
  }
}

/** Members with other components send any JSON: it is handed on as text. */
function contentOf(kind: RoomMessage['kind'], value: unknown): MessageContent {
  if (kind === 'text') return { kind, text: String(value) }
  const { data, ext = '', desc = '', cmd, msg } = (value ?? {}) as Readonly<Record<string, unknown>>
  if (typeof data === 'string' && typeof ext === 'string' && typeof desc === 'string') return { kind, data, ext, desc }
  if (typeof cmd === 'string' && typeof msg === 'string') return { kind: 'command', cmd, text: msg }
  return { kind, data: typeof value === 'string' ? value : JSON.stringify(value), ext: '', desc: '' }
}
