import { RoomError } from '../../src/errors'
import { parseServiceRoot, type ServiceKind } from '../../src/signaling/service-root'
import type { Account } from './login'

/** Fields that stand at top level or inside `data`; those in `data` win. */
export type InData<Fields> = Partial<Fields> & { readonly data?: Partial<Fields> }

/** Who logs in, and where. */
export interface LoginFields {
  /** Address of the RoomService, with or without a path, `/weapp/` and a room kind. */
  readonly serverDomain: string
  readonly userID: string | number
  readonly userSig: string
  readonly sdkAppID?: string | number
  readonly accType?: string | number
  /** userID when it is missing */
  readonly userName?: string
  readonly userAvatar?: string
}

/** What a page handed over, whatever its shape. */
export function fieldsOf(options: unknown): Record<string, unknown> {
  const top = isRecord(options) ? options : {}
  return { ...top, ...(isRecord(top.data) ? top.data : {}) }
}

/** @throws RoomError BAD_PARAMETER that names the field, never its value */
export function accountOf(options: unknown): { readonly account: Account; readonly kind: ServiceKind | null } {
  const fields = fieldsOf(options)
  const { root, kind } = parseServiceRoot(required(fields, 'serverDomain'))
  const userID = required(fields, 'userID')
  const account: Account = {
    root,
    userID,
    userSig: required(fields, 'userSig'),
    sdkAppID: optional(fields, 'sdkAppID'),
    accType: optional(fields, 'accType'),
    userName: optional(fields, 'userName') ?? userID,
    userAvatar: optional(fields, 'userAvatar') ?? '',
  }
  return { account, kind }
}

/** A whole number from 0; pages write digits as text too. */
export function countOf(fields: Record<string, unknown>, name: string, whenMissing: number): number {
  const text = optional(fields, name)
  if (text === undefined) return whenMissing
  if (!/^\d{1,9}$/.test(text)) throw new RoomError('BAD_PARAMETER', `${name} is not a whole number from 0`)
  return Number(text)
}

function required(fields: Record<string, unknown>, name: string): string {
  const value = optional(fields, name)
  if (value === undefined) throw new RoomError('BAD_PARAMETER', `${name} is missing`)
  return value
}

function optional(fields: Record<string, unknown>, name: string): string | undefined {
  const value = fields[name]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string') return value
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  throw new RoomError('BAD_PARAMETER', `${name} is neither a text nor a number`)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
