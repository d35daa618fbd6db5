import type { UserInfo } from '../model'
import type { MessageContent } from './messaging'

/**
 * The formats in which clients of a room write into its messages, in public use since 2017: a JSON header, and for
 * texts and commands what is said behind it. What is none of them is plain text of somebody else.
 */

/** The header of a text, which follows it. */
export function headerOf({ userName, userAvatar }: UserInfo): string {
  return JSON.stringify({ cmd: 'CustomTextMsg', data: { nickName: userName, headPic: userAvatar } })
}

export interface ReadMessage {
  readonly message: MessageContent
  /** As the sender writes of themselves; '' where they do not. */
  readonly userName: string
  readonly userAvatar: string
}

/**
 * What the parts of a message say together. Never fails: what has no known format is handed on as it is. null = nothing
 * that is for a person: an empty message, or what clients of a broadcast without a server say to each other of link-mic.
 */
export function readMessage([first, ...others]: readonly MessageContent[]): ReadMessage | null {
  if (!first) return null
  const rest = others.map(({ content }) => content).join('')
  const headed = splitHeader(first.content)
  if (headed?.header.cmd === 'linkmic') return null
  const known = headed && readHeaded(headed.header, headed.rest + rest)
  if (known) return known
  const message = first.kind === 'text' ? { ...first, content: first.content + rest } : first
  return { message, userName: '', userAvatar: '' }
}

interface Header {
  readonly cmd: unknown
  readonly data: Readonly<Record<string, unknown>>
}

function readHeaded({ cmd, data }: Header, content: string): ReadMessage | null {
  const by = (userName: unknown, userAvatar: unknown, message: MessageContent): ReadMessage => ({
    message,
    userName: textOf(userName),
    userAvatar: textOf(userAvatar),
  })
  if (cmd === 'CustomTextMsg') return by(data.nickName, data.headPic, { kind: 'text', content })
  if (cmd !== 'CustomCmdMsg') return null
  return by(data.userName, data.userAvatar, { kind: 'command', content, cmd: textOf(data.cmd) })
}

/** The JSON object at the beginning of a text, wherever its braces are: a nickname may have some too. */
function splitHeader(text: string): { readonly header: Header; readonly rest: string } | null {
  const end = text.startsWith('{') ? objectEnd(text) : 0
  if (end === 0) return null
  try {
    const { cmd, data } = JSON.parse(text.slice(0, end)) as Partial<Header>
    return { header: { cmd, data: data ?? {} }, rest: text.slice(end) }
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

/** What somebody else has written as text; '' for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
