import type { SettingsReader } from './settings-reader'

/** Less than this could be found by trying. */
const SHORTEST_WEBHOOK_SECRET = 16

/** What goes out about the rooms, and what comes in. */
export interface EventsConfig {
  /** Keys of Tencent's callbacks; '' = they are not taken. */
  readonly callbacks: { readonly liveKey: string; readonly trtcKey: string }
  /** null: nothing is told to clients on IM. */
  readonly im: { readonly admin: string; readonly baseUrl: string } | null
  /** null: nobody is told. */
  readonly webhooks: { readonly urls: readonly string[]; readonly secrets: readonly string[] } | null
}

export function eventsIn(reader: SettingsReader): EventsConfig {
  return {
    webhooks: webhooksIn(reader),
    im: imIn(reader),
    callbacks: { liveKey: reader.secret('LIVE_CALLBACK_KEY'), trtcKey: reader.secret('TRTC_CALLBACK_KEY') },
  }
}

function webhooksIn(reader: SettingsReader): EventsConfig['webhooks'] {
  const urls = wordsIn(reader.secret('ROOMLET_WEBHOOK_URL'))
  const secrets = wordsIn(reader.secret('ROOMLET_WEBHOOK_SECRET'))
  reader.together('ROOMLET_WEBHOOK_URL', 'ROOMLET_WEBHOOK_SECRET')
  if (!urls.every(isHttpUrl)) {
    reader.wrong('ROOMLET_WEBHOOK_URL', 'is not one or more http:// or https:// URLs without a password')
  }
  if (secrets.some(({ length }) => length < SHORTEST_WEBHOOK_SECRET)) {
    reader.wrong('ROOMLET_WEBHOOK_SECRET', `has less than ${SHORTEST_WEBHOOK_SECRET} characters`)
  }
  return urls.length === 0 ? null : { urls: [...new Set(urls)], secrets }
}

function imIn(reader: SettingsReader): EventsConfig['im'] {
  const admin = reader.text('IM_ADMIN')
  const baseUrl = reader.text('IM_BASE_URL').replace(/\/+$/, '')
  if (!isHttpUrl(baseUrl)) reader.wrong('IM_BASE_URL', 'is not an http:// or https:// URL without a password')
  return admin === '' ? null : { admin, baseUrl }
}

function wordsIn(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && username === '' && password === ''
}
