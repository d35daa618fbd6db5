import { RoomError } from '../errors'
import type { ErrorCode } from '../errors'
import type { UserInfo } from '../model'
import type { Platform } from '../platform/platform'
import { byteLength } from '../util/byte-length'
import type { Unsubscribe } from '../util/emitter'
import { PendingWork } from '../util/pending-work'
import { chatError } from './chat-errors'
import { ChatInbox } from './chat-inbox'
import { headerOf } from './im-format'
import type { Messaging, MessagingEmitter, SentContent } from './messaging'
import { CHAT } from './tencent-chat'
import type { ChatMessage, TencentChat } from './tencent-chat'

/** What the service takes of one message, header included, bytes. */
export const MAX_IM_BYTES = 12 * 1024
const LOGIN_DEADLINE_MS = 15_000

export interface TencentIMOptions {
  readonly platform: Pick<Platform, 'setTimer'>
  /** Made by the application; it is never logged out here. */
  readonly chat: TencentChat
  /** Id of the room's group: that of the room. */
  readonly group: string
  readonly self: UserInfo
  /** Logs in where the application has not done so; '': the application does. */
  readonly userSig: string
  readonly events: MessagingEmitter
}

/** Messages by Tencent IM, said in the formats that clients of the original components know, see im-format.ts. */
export class TencentIMMessaging implements Messaging {
  private readonly pending = new PendingWork()
  private readonly cleanUps: Unsubscribe[] = []
  private phase: 'outside' | 'inside' | 'over' = 'outside'

  constructor(private readonly options: TencentIMOptions) {}

  join(): Promise<void> {
    return this.pending.track(async () => {
      this.listen()
      await this.telling('loginEnded', this.logIn())
      await this.telling('joinEnded', this.joinGroup())
    })
  }

  send(message: SentContent, to?: string): Promise<void> {
    return this.pending.track(async () => {
      if (this.phase !== 'inside') throw new RoomError('NOT_MEMBER', 'Messages can be sent once start() has joined')
      const outgoing = this.messageOf(message, to)
      await this.options.chat.sendMessage(outgoing).catch((thrown: unknown) => {
        throw chatError(thrown)
      })
    })
  }

  /** `why`: what has not been answered yet rejects with. */
  async close(why: ErrorCode = 'CANCELLED'): Promise<void> {
    const wasInside = this.phase === 'inside'
    this.phase = 'over'
    for (const cleanUp of this.cleanUps.splice(0)) cleanUp()
    this.pending.end(new RoomError(why))
    this.options.events.clear()
    if (wasInside) await this.quitGroup()
  }

  private listen(): void {
    const { group, self, events } = this.options
    const inbox = new ChatInbox(group, self.userID, events)
    this.on(CHAT.messageReceived, (data) => inbox.take(data))
    this.on(CHAT.netStateChange, (data) => inbox.netState(data))
    this.on(CHAT.kickedOut, (data) => {
      inbox.kickedOut(data)
      // a join goes no further, and nobody tries it again: each would put the other out in turn
      if (this.phase === 'outside') void this.close('REPLACED')
    })
  }

  private on(event: string, handler: (data: unknown) => void): void {
    const { chat } = this.options
    const listener = ({ data }: { readonly data?: unknown }): void => handler(data)
    chat.on(event, listener)
    this.cleanUps.push(() => chat.off(event, listener))
  }

  private async telling(name: 'loginEnded' | 'joinEnded', work: Promise<void>): Promise<void> {
    const { events } = this.options
    try {
      await work
    } catch (thrown) {
      const error = chatError(thrown)
      events.emit(name, error)
      throw error
    }
    events.emit(name)
  }

  private async logIn(): Promise<void> {
    const { chat, platform, self, userSig } = this.options
    if (chat.isReady()) return
    await new Promise<void>((resolve, reject) => {
      const cancel = platform.setTimer(LOGIN_DEADLINE_MS, () =>
        reject(new RoomError('TIMEOUT', 'Tencent IM is not ready')),
      )
      this.cleanUps.push(cancel)
      this.on(CHAT.ready, () => {
        cancel()
        resolve()
      })
      // being ready is what counts, whoever has logged in
      if (userSig) chat.login({ userID: self.userID, userSig }).catch(reject)
    })
  }

  /** The group may have to be made: nothing else makes it where no server of one's own runs the rooms. */
  private async joinGroup(): Promise<void> {
    const { chat, group: groupID } = this.options
    const type = CHAT.audienceGroup
    const join = (): Promise<unknown> => chat.joinGroup({ groupID, type })
    await join().catch(async (thrown: unknown) => {
      if (chatError(thrown).code !== 'ROOM_NOT_FOUND') throw thrown
      await chat.createGroup({ groupID, name: groupID, type }).catch((refused: unknown) => {
        if (chatError(refused).code !== 'ROOM_EXISTS') throw refused
      })
      await join()
    })
    // what was closed meanwhile has left nothing to be heard in
    if (this.phase === 'over') await this.quitGroup()
    else this.phase = 'inside'
  }

  private async quitGroup(): Promise<void> {
    const { chat, group } = this.options
    await chat.quitGroup(group).catch(() => undefined)
  }

  /** Header and text are two parts of one message; an SDK that makes messages of one part has them in one text. */
  private messageOf(message: SentContent, to?: string): ChatMessage {
    const { chat, group, self } = this.options
    const target =
      to === undefined ? { to: group, conversationType: CHAT.group } : { to, conversationType: CHAT.direct }
    const custom = (data: string, description: string, extension: string): ChatMessage =>
      chat.createCustomMessage({ ...target, payload: { data, description, extension } })
    const { content } = message
    if (message.kind === 'custom') {
      const { ext, desc } = message
      limit(content + ext + desc)
      return custom(content, desc, ext)
    }
    const header = headerOf(self)
    limit(header + content)
    const headed = custom(header, '', '')
    if (!headed.setTextElement) return chat.createTextMessage({ ...target, payload: { text: header + content } })
    headed.setTextElement(content)
    return headed
  }
}

function limit(text: string): void {
  const bytes = byteLength(text)
  if (bytes <= MAX_IM_BYTES) return
  throw new RoomError('MESSAGE_TOO_LONG', `${bytes} bytes, ${MAX_IM_BYTES} at most can be sent`)
}
