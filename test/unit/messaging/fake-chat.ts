import type { ChatDraft, ChatMessage, TencentChat } from '../../../src/messaging/tencent-chat'
import { CHAT } from '../../../src/messaging/tencent-chat'

type Handler = Parameters<TencentChat['on']>[1]
type Part = { type: string; content: unknown }

export interface FakeServiceOptions {
  /** Groups that are there before anybody comes. */
  readonly groups?: readonly string[]
  /** false: messages are made of one part, and cannot be added to. */
  readonly parts?: boolean
}

/** The service behind the SDK: users, groups, and messages that arrive at once. */
export class FakeChatService {
  readonly groups: Map<string, Set<FakeChat>>
  readonly users: FakeChat[] = []
  readonly parts: boolean

  constructor({ groups = [], parts = true }: FakeServiceOptions = {}) {
    this.groups = new Map(groups.map((group) => [group, new Set()]))
    this.parts = parts
  }

  user(userID: string, ready = true): FakeChat {
    const chat = new FakeChat(this, userID, ready)
    this.users.push(chat)
    return chat
  }

  deliver(sender: FakeChat, message: FakeMessage): void {
    const isGroup = message.conversationType === CHAT.group
    const hearers = isGroup
      ? (this.groups.get(message.to) ?? [])
      : this.users.filter(({ userID }) => userID === message.to)
    for (const hearer of hearers) {
      if (hearer !== sender) hearer.emit(CHAT.messageReceived, [message.receivedBy()])
    }
  }
}

export class FakeMessage implements ChatMessage {
  readonly nick = ''
  readonly avatar = ''
  readonly time = 1_700_000_000

  constructor(
    readonly from: string,
    readonly to: string,
    readonly conversationType: string | number,
    readonly parts: Part[],
    readonly flow: string,
    canHaveParts: boolean,
  ) {
    if (!canHaveParts) return
    this.getElements = () => this.parts
    this.setTextElement = (text) => void this.parts.push({ type: CHAT.text, content: { text } })
  }

  getElements?: () => Part[]
  setTextElement?: (text: string) => void

  get type(): string {
    return this.parts[0]?.type ?? ''
  }

  get payload(): unknown {
    return this.parts[0]?.content
  }

  receivedBy(): FakeMessage {
    return new FakeMessage(this.from, this.to, this.conversationType, this.parts, 'in', this.getElements !== undefined)
  }
}

/** One logged-in SDK. */
export class FakeChat implements TencentChat {
  readonly sent: FakeMessage[] = []
  readonly joins: string[] = []
  readonly logins: { userID: string; userSig: string }[] = []
  /** What the next call of this name is rejected with. */
  readonly failures = new Map<string, { code: number; message: string }>()
  private readonly handlers = new Map<string, Set<Handler>>()

  constructor(
    private readonly service: FakeChatService,
    readonly userID: string,
    private ready: boolean,
  ) {}

  get listeners(): number {
    return [...this.handlers.values()].reduce((sum, { size }) => sum + size, 0)
  }

  async login(options: { userID: string; userSig: string }): Promise<void> {
    this.fail('login')
    this.logins.push(options)
    this.becomeReady()
  }

  becomeReady(): void {
    this.ready = true
    this.emit(CHAT.ready, undefined)
  }

  isReady(): boolean {
    return this.ready
  }

  on(event: string, handler: Handler): void {
    this.handlers.set(event, (this.handlers.get(event) ?? new Set()).add(handler))
  }

  off(event: string, handler: Handler): void {
    this.handlers.get(event)?.delete(handler)
  }

  emit(name: string, data: unknown): void {
    for (const handler of [...(this.handlers.get(name) ?? [])]) handler({ name, data })
  }

  createTextMessage(draft: ChatDraft): FakeMessage {
    return this.message(CHAT.text, draft)
  }

  createCustomMessage(draft: ChatDraft): FakeMessage {
    return this.message(CHAT.custom, draft)
  }

  async sendMessage(message: ChatMessage): Promise<void> {
    this.fail('sendMessage')
    this.sent.push(message as FakeMessage)
    this.service.deliver(this, message as FakeMessage)
  }

  async joinGroup({ groupID }: { groupID: string }): Promise<void> {
    this.fail('joinGroup')
    const group = this.service.groups.get(groupID)
    if (!group) throw { code: 10010, message: 'group not exist' }
    group.add(this)
    this.joins.push(groupID)
  }

  async createGroup({ groupID = '' }: { name: string; groupID?: string }): Promise<void> {
    this.fail('createGroup')
    if (this.service.groups.has(groupID)) throw { code: 10021, message: 'group id has be used' }
    this.service.groups.set(groupID, new Set())
  }

  async quitGroup(groupID: string): Promise<void> {
    this.service.groups.get(groupID)?.delete(this)
  }

  private message(type: string, { to, conversationType, payload }: ChatDraft): FakeMessage {
    return new FakeMessage(this.userID, to, conversationType, [{ type, content: payload }], 'out', this.service.parts)
  }

  private fail(call: string): void {
    const failure = this.failures.get(call)
    this.failures.delete(call)
    if (failure) throw failure
  }
}
