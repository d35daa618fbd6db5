import { askServer } from './ask-server'
import { errorText } from '../error-text'
import { rootOf } from './server-choice'

/**
 * address: what was typed is none · domain: WeChat allows no request to it · certificate: https that the phone does not
 * trust · timeout: nothing in time · noAnswer: nobody listens, or no way there · stranger: something else answers
 */
export type ServerProblem = 'address' | 'domain' | 'certificate' | 'timeout' | 'noAnswer' | 'stranger'

export type ServerCheck =
  | { readonly ok: true; readonly root: string; readonly ms: number }
  | { readonly ok: false; readonly problem: ServerProblem; readonly said: string }

const CHECK_TIMEOUT_MS = 5000

/** Asks a server whether it lives. Never rejects. */
export async function checkServer(typed: string, now: () => number = Date.now): Promise<ServerCheck> {
  const root = rootOf(typed)
  if (!root) return { ok: false, problem: 'address', said: '' }
  const askedAt = now()
  try {
    const { status } = await askServer<{ status?: unknown }>(`${root}/healthz`, { timeout: CHECK_TIMEOUT_MS })
    if (status === 'ok') return { ok: true, root, ms: now() - askedAt }
    return { ok: false, problem: 'stranger', said: '' }
  } catch (error) {
    const said = errorText(error)
    return { ok: false, problem: problemOf(said), said }
  }
}

/** What the words mean with which a phone refuses or fails a request. */
export function problemOf(said: string): ServerProblem {
  if (/^status \d/.test(said)) return 'stranger'
  if (/domain/i.test(said)) return 'domain'
  if (/ssl|cert|tls/i.test(said)) return 'certificate'
  if (/time/i.test(said)) return 'timeout'
  return /invalid url/i.test(said) ? 'address' : 'noAnswer'
}
