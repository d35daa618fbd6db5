import type { UserInfo } from '../model'
import type { LinkMicSignal, MessageContent } from './messaging'

/**
 * The formats in which clients of a room write into its messages, in public use since 2017: a JSON header, and for
 * texts and commands what is said behind it. What is none of them is plain text of somebody else.
 */

/** The header of a text or a command; the text follows it. */
export function headerOf(content: Extract<MessageContent, { text: string }>, self: UserInfo): string {
  const { userName, userAvatar } = self
  return content.kind === 'text'
    ? JSON.stringify({ cmd: 'CustomTextMsg', data: { nickName: userName, headPic: userAvatar } })
    : JSON.stringify({ cmd: 'CustomCmdMsg', data: { userName, userAvatar, cmd: content.cmd } })
}

export function linkMicText(signal: LinkMicSignal, roomID: string, { userID, userName, userAvatar }: UserInfo): string {
  return JSON.stringify({ cmd: 'linkmic', data: { ...signal, roomID, userID, userName, userAvatar } })
}

/** One part of a message, as it came. */
export type MessagePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'custom'; readonly data: string; readonly ext: string; readonly desc: string }

export type ReadMessage =
  | {
      readonly type: 'message'
      readonly content: MessageContent
      /** As the sender writes of themselves; '' where they do not. */
      readonly from: Pick<UserInfo, 'userName' | 'userAvatar'>
    }
  | { readonly type: 'linkmic'; readonly roomID: string; readonly from: UserInfo; readonly signal: LinkMicSignal }

const NAMELESS = { userName: '', userAvatar: '' }

/** Never fails: what has no known format is handed on as it is. null = an empty message. */
export function readMessage(parts: readonly MessagePart[]): ReadMessage | null {
  const [first] = parts
  if (!first) return null
  const headed = splitHeader(first.kind === 'text' ? first.text : first.data)
  const rest = parts.slice(1).map((part) => (part.kind === 'text' ? part.text : part.data))
  const known = headed && readHeaded(headed.header, [headed.rest, ...rest].join(''))
  if (known) return known
  if (first.kind === 'custom') return { type: 'message', content: first, from: NAMELESS }
  return { type: 'message', content: { kind: 'text', text: [first.text, ...rest].join('') }, from: NAMELESS }
}

/** What an application's server tells the whole room. */
export function isPublisherChange(text: string): boolean {
  return splitHeader(text)?.header.cmd === 'notifyPusherChange'
}

interface Header {
  readonly cmd: unknown
  readonly data: Readonly<Record<string, unknown>>
}

function readHeaded({ cmd, data }: Header, text: string): ReadMessage | null {
  switch (cmd) {
    case 'CustomTextMsg':
      return {
        type: 'message',
        content: { kind: 'text', text },
        from: { userName: textOf(data.nickName), userAvatar: textOf(data.headPic) },
      }
    case 'CustomCmdMsg':
      return {
        type: 'message',
        content: { kind: 'command', cmd: textOf(data.cmd), text },
        from: { userName: textOf(data.userName), userAvatar: textOf(data.userAvatar) },
      }
    case 'linkmic':
      return readLinkMic(data)
    default:
      return null
  }
}

function readLinkMic(data: Header['data']): ReadMessage | null {
  const signal = signalOf(data)
  if (!signal) return null
  const [userID, userName, userAvatar] = [textOf(data.userID), textOf(data.userName), textOf(data.userAvatar)]
  return { type: 'linkmic', roomID: textOf(data.roomID), from: { userID, userName, userAvatar }, signal }
}

function signalOf({ type, result, reason }: Header['data']): LinkMicSignal | null {
  if (type === 'request' || type === 'kickout') return { type }
  if (type !== 'response' || (result !== 'accept' && result !== 'reject')) return null
  return { type, result, reason: textOf(reason) }
}

/** The JSON object at the beginning of a text, wherever its braces are: a nickname may have some too. */
function splitHeader(text: string): { readonly header: Header; readonly rest: string } | null {
  const end = text.startsWith('{') ? objectEnd(text) : 0
  if (end === 0) return null
  try {
    const { cmd, data } = JSON.parse(text.slice(0, end)) as Partial<Header>
    return { header: { cmd, data: typeof data === 'object' && data !== null ? data : {} }, rest: text.slice(end) }
  } catch {
    return null
  }
}

/** Index behind the closing brace of the object at the beginning; 0 = it is not closed. */
function objectEnd(text: string): number {
  let depth = 0
  let quoted = false
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index]
    if (quoted) {
      if (char === '\\') index += 1
      else if (char === '"') quoted = false
    } else if (char === '"') quoted = true
    else if (char === '{') depth += 1
    else if (char === '}' && --depth === 0) return index + 1
  }
  return 0
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
