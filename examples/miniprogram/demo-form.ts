import { requestLoginInfo, type LoginInfo } from './server/login-info'
import { queryText } from './page-query'
import { serverOf } from './server/server-choice'
import type { Words } from './words'

type Query = Readonly<Record<string, string | undefined>>

export interface AskedCall {
  /** Root of the server, without a slash at its end. */
  readonly server: string
  readonly autostart: boolean
  /** What the form shows at first. */
  readonly fields: {
    readonly userId: string
    readonly userName: string
    readonly roomId: string
    readonly roomName: string
    readonly template: string
  }
}

/** What the query of a demo page asks for; `template` unless it says another one. */
export function askedCall(query: Query, template: string): AskedCall {
  const userId = queryText(query, 'userId') || `user_${Math.random().toString(36).slice(2, 8)}`
  return {
    server: serverOf(query),
    autostart: query.autostart === '1',
    fields: {
      userId,
      userName: queryText(query, 'userName') || (query.userId ? userId : ''),
      roomId: queryText(query, 'roomId'),
      roomName: queryText(query, 'roomName'),
      template: queryText(query, 'template') || template,
    },
  }
}

/** A demo page as far as its form is concerned. */
export interface FormPage {
  readonly data: {
    readonly stage: 'form' | 'joining' | 'call'
    readonly t: Words
    readonly userId: string
    readonly userName: string
    readonly roomId: string
  }
  readonly server: string
  /** Counts joins, so that an answer to a join that was hung up meanwhile is dropped. */
  joinCount: number
  setData(data: { stage: 'form' | 'joining' | 'call'; toast?: string }): void
  showToast(text: string): void
}

/**
 * The way from the form into the call: what is missing is said, then the login follows, with a userSig that the server in
 * demo mode gives to anyone.
 * @returns the number of this join, 0 when it came to nothing
 */
export async function passForm(
  page: FormPage,
  login: (options: LoginInfo & { readonly serverDomain: string; readonly userName: string }) => Promise<unknown>,
): Promise<number> {
  const { stage, t, roomId, userId, userName } = page.data
  if (stage !== 'form') return 0
  if (!roomId || !userName) {
    page.showToast(roomId ? t.needName : t.needRoom)
    return 0
  }
  const join = (page.joinCount += 1)
  page.setData({ stage: 'joining', toast: '' })
  const isOver = (): boolean => join !== page.joinCount
  try {
    const info = await requestLoginInfo(page.server, userId)
    if (isOver()) return 0
    await login({ serverDomain: `${page.server}/weapp/`, ...info, userName })
  } catch {
    if (isOver()) return 0
    page.setData({ stage: 'form' })
    page.showToast(t.noServer)
    return 0
  }
  if (isOver()) return 0
  page.setData({ stage: 'call' })
  return join
}
