import { isErrorCode } from '../../error-catalogue'
import type { ErrorCode } from '../../errors'
import type { LinkAction, LinkState } from '../../model'

const CMD = 'roomlet.link'

/** An audience member asks the presenter's phone, which decides and tells; ZEGO only carries it. */
export type LinkCommand =
  | { readonly ask: LinkAction; readonly id: number; readonly timeoutMs?: number }
  | { readonly told: LinkState; readonly id?: number }
  | { readonly refused: ErrorCode; readonly id: number }
  | { readonly muted: boolean }

export function writeLinkCommand(command: LinkCommand): string {
  return JSON.stringify({ cmd: CMD, ...command })
}

/** null for anything else that apps send as custom commands. */
export function readLinkCommand(text: string): LinkCommand | null {
  if (!text.includes(CMD)) return null
  try {
    const { cmd, ...command } = Object(JSON.parse(text)) as Record<string, unknown>
    if (cmd !== CMD || !isLinkCommand(command)) return null
    return command as unknown as LinkCommand
  } catch {
    return null
  }
}

function isLinkCommand({ ask, told, refused, muted, id }: Record<string, unknown>): boolean {
  if (typeof muted === 'boolean') return true
  if (typeof ask === 'string') return typeof id === 'number'
  if (typeof refused === 'string') return isErrorCode(refused) && typeof id === 'number'
  const { phase, rev, user } = Object(told) as Record<string, unknown>
  return typeof phase === 'string' && typeof rev === 'number' && typeof Object(user).userID === 'string'
}
