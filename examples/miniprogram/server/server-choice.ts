import { queryText } from '../page-query'
import { DEFAULT_SERVER } from './server-address'

const CHOSEN_KEY = 'roomlet.server'
const USED_KEY = 'roomlet.servers'
const USED_KEPT = 5

/** What a page's query has named: it holds as long as the app runs, so that the pages after it need not repeat it. */
let named = ''

/** The root that all pages talk to, without a slash at its end: named by a query, chosen in the settings, or the default. */
export function serverOf(query: Readonly<Record<string, string | undefined>> = {}): string {
  named = rootOf(queryText(query, 'server')) || named
  return named || storedText() || DEFAULT_SERVER
}

/** The addresses used last, the latest first. */
export function usedServers(): readonly string[] {
  const stored: unknown = wx.getStorageSync(USED_KEY)
  return Array.isArray(stored) ? stored.filter((each): each is string => typeof each === 'string') : []
}

export function chooseServer(root: string): void {
  named = root
  wx.setStorageSync(CHOSEN_KEY, root)
  wx.setStorageSync(USED_KEY, [root, ...usedServers().filter((other) => other !== root)].slice(0, USED_KEPT))
}

export function forgetServer(root: string): void {
  wx.setStorageSync(
    USED_KEY,
    usedServers().filter((other) => other !== root),
  )
}

/** What a person types as the root of a server, `http://` unless told; '' when it is none. */
export function rootOf(typed: string): string {
  const text = typed.trim().replace(/\/+$/, '')
  const address = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`
  return /^https?:\/\/(?:[\w.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?(?:\/[\w.~/-]*)?$/i.test(address) ? address : ''
}

function storedText(): string {
  const stored: unknown = wx.getStorageSync(CHOSEN_KEY)
  return typeof stored === 'string' ? stored : ''
}
