import { classify } from '../../../src/codes/classify'
import type { Phase } from '../../../src/room/phases'
import type { PhoneComponentEvent, PhoneEvent, PhoneMediaEvent, PhoneSetDataEvent } from '../runtime/phone-channel'
import type { Phrase } from './language'
import { phaseTold } from './phase-told'
import type { Word } from './words'

export type LogTag = 'push' | 'play' | 'room' | 'net' | 'msg' | 'err'

/** One line of the event log. */
export interface LogRow {
  /** ms since 1970 */
  readonly at: number
  readonly tag: LogTag
  readonly code?: number
  readonly name: string
  readonly detail: Phrase
}

/** What a row needs to know beside the event. */
export interface LogContext {
  /** Path of the demo page, whose setData calls show what the person changed. */
  readonly pagePath: string
  readonly pageData: Readonly<Record<string, unknown>>
  /** Phase of the room before the event. */
  readonly phase: Phase
}

type RowBody = Omit<LogRow, 'at'>

/** The line for an event; null for what a log does not show (figures, mere rendering). */
export function logRowOf(event: PhoneEvent, context: LogContext): LogRow | null {
  const body = rowBody(event, context)
  return body && { at: event.at, ...body }
}

function rowBody(event: PhoneEvent, context: LogContext): RowBody | null {
  switch (event.type) {
    case 'media':
      return mediaRow(event)
    case 'component':
      if (event.name === 'onIMEvent') return messageRow(event)
      return event.name === 'onRoomEvent' ? roomRow(event, context.phase) : null
    case 'setData':
      return settingRow(event, context)
    case 'page':
      return event.name === 'hide' ? { tag: 'room', name: 'onHide', detail: '' } : null
    case 'fault':
      return { tag: 'net', name: `fault ${event.fault}`, detail: { word: event.on ? 'logBroken' : 'logMended' } }
    case 'log':
      return event.level === 'error' ? { tag: 'err', name: event.message, detail: '' } : null
    default:
      return null
  }
}

const NAME_PREFIX = /^(PUSH|PLAY)_(EVT|WARNING|ERR)_/
const ERROR_SIGNALS = ['retry', 'cameraDenied', 'microphoneDenied', 'failed']

function mediaRow(event: PhoneMediaEvent): RowBody | null {
  if (event.event === 'bgmstart' || event.event === 'bgmcomplete') return { tag: 'push', name: event.event, detail: '' }
  if (event.event === 'netstatus' || event.code === undefined) return null
  const isPusher = event.element === 'live-pusher'
  const { code, name, signal } = classify(isPusher ? 'publisher' : 'player', event.code)
  const failed = event.event === 'error' || code < 0 || ERROR_SIGNALS.includes(signal)
  return {
    tag: failed ? 'err' : isPusher ? 'push' : 'play',
    code,
    name: name.replace(NAME_PREFIX, ''),
    detail: isPusher ? '' : event.userId,
  }
}

const SETTINGS = ['template', 'muted', 'camera', 'beauty', 'debug']

function settingRow(event: PhoneSetDataEvent, context: LogContext): RowBody | null {
  if (event.component !== context.pagePath) return null
  const changed = event.keys.filter((key) => SETTINGS.includes(key))
  // onLoad sets the page up; a person changes one thing at a time
  if (changed.length === 0 || event.keys.length > 1) return null
  return { tag: 'room', name: changed.map((key) => `${key} ${String(context.pageData[key])}`).join(' '), detail: '' }
}

interface RoomEventDetail {
  readonly tag?: string
  readonly code?: number
  readonly detail?: unknown
  readonly userID?: string
  readonly error?: { readonly code: string }
  readonly [field: string]: unknown
}

const NET_TAGS = ['networkQuality', 'reconnecting', 'reconnected']
const MESSAGE_TAGS = ['recvTextMsg', 'recvCustomMsg']

function roomRow(event: PhoneComponentEvent, phase: Phase): RowBody {
  const next = phaseTold(event)
  if (next) return { tag: 'room', name: `${phase} → ${next}`, detail: '' }
  const told = (event.detail ?? {}) as RoomEventDetail
  const name = told.tag ?? event.name
  if (name === 'error') {
    return { tag: 'err', code: told.code, name: told.error?.code ?? name, detail: plainText(told.detail) }
  }
  if (MESSAGE_TAGS.includes(name)) {
    return { tag: 'msg', name, detail: { word: 'quoted', args: { text: plainText(said(told.detail)) } } }
  }
  return { tag: NET_TAGS.includes(name) ? 'net' : 'room', name, detail: detailOf(told) }
}

/** Custom messages that carry what they say as webrtc-room's do. */
function said(message: unknown): unknown {
  return (message as { readonly data?: unknown } | null)?.data ?? message
}

/** Of webrtc-room's messages: what was said, not how the service is. */
function messageRow({ detail }: PhoneComponentEvent): RowBody | null {
  const told = (detail ?? {}) as RoomEventDetail
  const [message] = Array.isArray(told.detail) ? (told.detail as readonly { readonly content?: unknown }[]) : []
  if (!message) return null
  return { tag: 'msg', name: told.tag ?? '', detail: { word: 'quoted', args: { text: plainText(message.content) } } }
}

const TRY_WORDS: Readonly<Record<string, Word>> = {
  room: 'tryOfRoom',
  publisher: 'tryOfPublisher',
  player: 'tryOfPlayer',
}

function detailOf({ detail, userID }: RoomEventDetail): Phrase {
  if (typeof detail !== 'object' || detail === null) return plainText(detail ?? userID)
  const fields = detail as Record<string, unknown>
  const word = TRY_WORDS[plainText(fields.target)]
  if (word) return { word, args: { n: Number(fields.attempt) } }
  if (fields.level !== undefined) {
    return { word: 'networkOf', args: { userID: plainText(fields.userID), level: Number(fields.level) } }
  }
  return plainText(fields.userID ?? fields.reason ?? fields.phase ?? fields.count ?? fields.away)
}

function plainText(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
