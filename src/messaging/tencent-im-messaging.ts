import { RoomError } from '../errors'
import type { UserInfo } from '../model'
import type { Platform } from '../platform/platform'
import { TypedEmitter } from '../util/emitter'
import type { EventSource, Unsubscribe } from '../util/emitter'
import { PendingWork } from '../util/pending-work'
import { chatError } from './chat-errors'
import { ChatInbox } from './chat-inbox'
import { headerOf, linkMicText } from './im-format'
import type { LinkMicSignal, MessageContent, Messaging, MessagingEvents } from './messaging'
import { CHAT } from './tencent-chat'
import type { ChatMessage, TencentChat } from './tencent-chat'
import { byteLength } from '../util/byte-length'

/** What the service takes of one message, header included, bytes. */
export const MAX_IM_BYTES = 12 * 1024
const LOGIN_DEADLINE_MS = 15_000

export interface TencentIMOptions {
  readonly platform: Platform
  /** Made by the application; it is never logged out here. */
  readonly chat: TencentChat
  readonly self: UserInfo
  /** Logs in where the application has not done so; without it the application does. */
  readonly userSig?: string
}

/**
 * Messages by Tencent IM: the room's group has the room's id. Whatever it says is said in the formats that clients of
 * the original components know, see im-format.ts.
 */
export class TencentIMMessaging implements Messaging {
  private readonly emitter: TypedEmitter<MessagingEvents>
  private readonly inbox: ChatInbox
  private readonly pending = new PendingWork()
  private readonly cleanUps: Unsubscribe[] = []
  private joining: Promise<void> | null = null
  private phase: 'outside' | 'inside' | 'over' = 'outside'

  constructor(private readonly options: TencentIMOptions) {
    const { platform, self } = options
    this.emitter = new TypedEmitter((error) => platform.log('error', 'A listener of the messages threw', error))
    this.inbox = new ChatInbox(self.userID, this.emitter)
  }

  get events(): EventSource<MessagingEvents> {
    return this.emitter
  }

  join(roomId: string): Promise<void> {
    this.joining ??= this.pending.track(() => this.enter(roomId))
    return this.joining
  }

  send(content: MessageContent, to?: string): Promise<void> {
    return this.pending.track(async () => {
      const { group } = this.standing()
      const target =
        to === undefined ? { to: group, conversationType: CHAT.group } : { to, conversationType: CHAT.direct }
      await this.deliver(content.kind === 'custom' ? this.custom(target, content) : this.headed(target, content))
    })
  }

  sendLinkMic(signal: LinkMicSignal, to: string): Promise<void> {
    return this.pending.track(async () => {
      const data = linkMicText(signal, this.standing().group, this.options.self)
      await this.deliver(this.custom({ to, conversationType: CHAT.direct }, { data, ext: '', desc: '' }))
    })
  }

  async close(): Promise<void> {
    if (this.phase === 'over') return
    const wasInside = this.phase === 'inside'
    this.phase = 'over'
    for (const cleanUp of this.cleanUps.splice(0)) cleanUp()
    this.pending.end(new RoomError('CANCELLED'))
    this.emitter.clear()
    if (wasInside) await this.options.chat.quitGroup(this.inbox.group).catch(() => undefined)
  }

  private async enter(roomId: string): Promise<void> {
    this.inbox.group = roomId
    this.listen()
    await this.logIn()
    try {
      await this.joinGroup(roomId)
    } catch (thrown) {
      const error = chatError(thrown)
      this.emitter.emit('roomJoinFailed', error)
      throw error
    }
    // what was closed meanwhile has left nothing to be heard in
    if (this.phase === 'over') return void this.options.chat.quitGroup(roomId).catch(() => undefined)
    this.phase = 'inside'
    this.emitter.emit('roomJoined')
  }

  private async logIn(): Promise<void> {
    const { chat, self, userSig } = this.options
    try {
      if (!chat.isReady()) {
        const ready = this.untilReady()
        if (userSig) await chat.login({ userID: self.userID, userSig })
        await ready
      }
    } catch (thrown) {
      const error = chatError(thrown)
      this.emitter.emit('loginFailed', error)
      throw error
    }
    this.emitter.emit('loggedIn')
  }

  private untilReady(): Promise<void> {
    const { chat, platform } = this.options
    const ready = new Promise<void>((resolve, reject) => {
      const cancel = platform.setTimer(LOGIN_DEADLINE_MS, () =>
        reject(new RoomError('TIMEOUT', `Tencent IM was not ready within ${LOGIN_DEADLINE_MS} ms`)),
      )
      const onReady = (): void => {
        cancel()
        resolve()
      }
      chat.on(CHAT.ready, onReady)
      this.cleanUps.push(cancel, () => chat.off(CHAT.ready, onReady))
    })
    // a login that fails first is what is told
    ready.catch(() => undefined)
    return ready
  }

  /** The group may have to be made: nothing else makes it where no server of one's own runs the rooms. */
  private async joinGroup(groupID: string): Promise<void> {
    const { chat } = this.options
    const join = (): Promise<unknown> => chat.joinGroup({ groupID, type: CHAT.audienceGroup })
    try {
      await join()
    } catch (thrown) {
      if (chatError(thrown).code !== 'ROOM_NOT_FOUND') throw thrown
      await chat.createGroup({ groupID, name: groupID, type: CHAT.audienceGroup }).catch((refused: unknown) => {
        if (chatError(refused).code !== 'ROOM_EXISTS') throw refused
      })
      await join()
    }
  }

  private listen(): void {
    const { chat } = this.options
    const on = (event: string, handler: (data: unknown) => void): void => {
      const listener = ({ data }: { readonly data?: unknown }): void => handler(data)
      chat.on(event, listener)
      this.cleanUps.push(() => chat.off(event, listener))
    }
    on(CHAT.messageReceived, (data) => this.inbox.take(data))
    on(CHAT.netStateChange, (data) => this.inbox.netState(data))
    on(CHAT.kickedOut, (data) => this.inbox.kickedOut(data))
  }

  private standing(): { readonly group: string } {
    if (this.phase !== 'inside') throw new RoomError('NOT_MEMBER', 'Messages can be sent once the room is joined')
    return this.inbox
  }

  private custom(
    target: { to: string; conversationType: string },
    { data, ext, desc }: { readonly data: string; readonly ext: string; readonly desc: string },
  ): ChatMessage {
    limit(data, ext, desc)
    return this.options.chat.createCustomMessage({ ...target, payload: { data, description: desc, extension: ext } })
  }

  /** Header and text are two parts of one message; an SDK that makes messages of one part has them in one text. */
  private headed(
    target: { to: string; conversationType: string },
    content: Extract<MessageContent, { text: string }>,
  ): ChatMessage {
    const { chat, self } = this.options
    const header = headerOf(content, self)
    limit(header, content.text)
    const message = chat.createCustomMessage({ ...target, payload: { data: header, description: '', extension: '' } })
    if (message.setTextElement) {
      message.setTextElement(content.text)
      return message
    }
    return chat.createTextMessage({ ...target, payload: { text: header + content.text } })
  }

  private async deliver(message: ChatMessage): Promise<void> {
    try {
      await this.options.chat.sendMessage(message)
    } catch (thrown) {
      throw chatError(thrown)
    }
  }
}

function limit(...texts: readonly string[]): void {
  const bytes = texts.reduce((sum, text) => sum + byteLength(text), 0)
  if (bytes <= MAX_IM_BYTES) return
  throw new RoomError('MESSAGE_TOO_LONG', `The message has ${bytes} bytes, ${MAX_IM_BYTES} at most can be sent`)
}
