import { RoomError } from '../../errors'

/** What Vhall's own SDK is given. */
export interface VhallOptions {
  readonly appId: string
  readonly channelId: string
  readonly accountId: string
  readonly token: string
  /** `id` of the live-pusher in WXML; needed when a component holds it. */
  readonly pusherId?: string
  /** 1 = sound alone. The page's live-pusher has to say so as well. */
  readonly singleAudio?: 0 | 1
  readonly profile?: 'RTC'
  /** The page or component that holds the live-pusher. */
  readonly THIS?: object
}

const TEXTS = ['appId', 'channelId', 'accountId', 'token'] as const
const CHOICES = { singleAudio: [undefined, 0, 1], profile: [undefined, 'RTC'] } as const

/** @throws RoomError BAD_CONFIG that names the field */
export function readVhallOptions(options: unknown): VhallOptions {
  const fields = Object(options) as Record<keyof VhallOptions, unknown>
  for (const name of TEXTS) {
    if (typeof fields[name] !== 'string' || fields[name] === '') throw bad(name, 'is not a string, or empty')
  }
  if (fields.pusherId !== undefined && typeof fields.pusherId !== 'string') throw bad('pusherId', 'is not a string')
  if (fields.THIS !== undefined && typeof fields.THIS !== 'object') throw bad('THIS', 'is no page or component')
  for (const name of ['singleAudio', 'profile'] as const) {
    const choices: readonly unknown[] = CHOICES[name]
    if (!choices.includes(fields[name])) throw bad(name, `is none of ${choices.slice(1).join(', ')}`)
  }
  return fields as unknown as VhallOptions
}

function bad(field: string, what: string): RoomError {
  return new RoomError('BAD_CONFIG', `vhall: ${field} ${what}`)
}
