/**
 * The slice of a `@tencentcloud/chat` instance that messages need. The application makes the instance and hands it in:
 * the SDK is not bundled. Held equal to the real package by a test.
 */
export interface TencentChat {
  login(options: { userID: string; userSig: string }): Promise<unknown>
  /** Whether messages can be sent. */
  isReady(): boolean
  on(event: string, handler: (event: { readonly name?: string; readonly data?: unknown }) => void): void
  off(event: string, handler: (event: { readonly name?: string; readonly data?: unknown }) => void): void
  createTextMessage(options: ChatDraft): ChatMessage
  createCustomMessage(options: ChatDraft): ChatMessage
  sendMessage(message: ChatMessage): Promise<unknown>
  joinGroup(options: { groupID: string; type?: string | number }): Promise<unknown>
  createGroup(options: { name: string; groupID?: string; type?: string | number }): Promise<unknown>
  quitGroup(groupID: string): Promise<unknown>
}

export interface ChatDraft {
  to: string
  conversationType: string | number
  payload: unknown
}

export interface ChatMessage {
  readonly type: string | number
  readonly payload: unknown
  readonly conversationType: string | number
  readonly to: string
  readonly from: string
  /** `in` received, `out` one's own */
  readonly flow: string
  /** s since 1970 */
  readonly time: number
  readonly nick: string
  readonly avatar: string
  /** Messages of other clients may have several parts; the type declarations do not tell of them. */
  getElements?(): readonly { readonly type: string | number; readonly content: unknown }[]
  /** Adds a part. */
  setTextElement?(text: string): void
}

/** Values of the SDK's EVENT and TYPES. */
export const CHAT = {
  ready: 'sdkStateReady',
  messageReceived: 'onMessageReceived',
  kickedOut: 'kickedOut',
  netStateChange: 'netStateChange',
  direct: 'C2C',
  group: 'GROUP',
  text: 'TIMTextElem',
  custom: 'TIMCustomElem',
  face: 'TIMFaceElem',
  groupTip: 'TIMGroupTipElem',
  groupNotice: 'TIMGroupSystemNoticeElem',
  audienceGroup: 'AVChatRoom',
} as const
