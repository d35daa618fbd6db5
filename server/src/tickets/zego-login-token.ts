import { randomBytes } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { equalSecrets } from '../keys'
import { badField, checkInput, Field } from './ticket-input'
import { proven, refused, type TicketResult } from './ticket-result'
import { md5Hex } from './vendor-sign'

export interface ZegoLoginTokenRequest {
  readonly appID: string | number
  /** As the console shows it (`0x01,0x23,…`), or its hex digits; the first 16 bytes count. */
  readonly appSign: string
  /** The user's id. */
  readonly idName: string
  /** Unix seconds. */
  readonly expired: number
  /** Never the same twice; random unless given. */
  readonly nonce?: string
}

const appIDField = Type.Union([Field.appID, Type.String({ pattern: '^\\d+$' })], {
  description: 'the number of the app',
})

export const ZegoLoginTokenInput = Type.Object({
  appID: appIDField,
  appSign: Field.text,
  idName: Field.userID,
  expired: Field.seconds,
  nonce: Type.Optional(Field.text),
})
const requestCheck = TypeCompiler.Compile(ZegoLoginTokenInput)

const TicketSchema = Type.Object({
  ver: Type.Literal(1),
  hash: Type.String(),
  nonce: Type.String(),
  expired: Type.Integer({ minimum: 0 }),
})
const ticketCheck = TypeCompiler.Compile(TicketSchema)

/**
 * ZEGO's login token version 1, for apps that are not on token04. For servers: the app sign never ships in a mini program,
 * whatever old examples do.
 */
export function makeZegoLoginToken(request: ZegoLoginTokenRequest): string {
  checkInput(requestCheck, request)
  const { appID, appSign, idName, expired, nonce = randomBytes(16).toString('hex') } = request
  return packed(hashOf(`${appID}${appSign32(appSign)}${idName}`, nonce, expired), nonce, expired)
}

export interface ZegoServerTokenRequest {
  readonly appID: string | number
  readonly serverSecret: string
  /** Unix seconds. */
  readonly expired: number
  readonly nonce?: string
}

const serverCheck = TypeCompiler.Compile(
  Type.Object({
    appID: appIDField,
    serverSecret: Field.text,
    expired: Field.seconds,
    nonce: Type.Optional(Field.text),
  }),
)

/** The token with which a server asks ZEGO's server API for an access token (version 1); it is not for users. */
export function makeZegoServerToken(request: ZegoServerTokenRequest): string {
  checkInput(serverCheck, request)
  const { appID, serverSecret, expired, nonce = randomBytes(16).toString('hex') } = request
  return packed(hashOf(`${appID}${serverSecret}`, nonce, expired), nonce, expired)
}

export type ZegoLoginTokenClaim = Pick<ZegoLoginTokenRequest, 'appID' | 'appSign' | 'idName'> & {
  /** Milliseconds since 1970. */
  readonly now: number
}

const claimCheck = TypeCompiler.Compile(
  Type.Object({ appID: appIDField, appSign: Field.text, idName: Field.text, now: Field.milliseconds }),
)

/**
 * Whether a login token is one of `claim.idName`. The user is not written in it, only in its hash: the token of another
 * user has a wrong signature.
 */
export function verifyZegoLoginToken(
  token: string,
  claim: ZegoLoginTokenClaim,
): TicketResult<{ readonly idName: string; readonly expired: number; readonly nonce: string }> {
  checkInput(claimCheck, claim)
  const { appID, idName } = claim
  const owner = `${appID}${appSign32(claim.appSign)}${idName}`
  const ticket = unpacked(token)
  if (!ticketCheck.Check(ticket)) return refused('format')
  const { hash, nonce, expired } = ticket
  if (!equalSecrets(hash, hashOf(owner, nonce, expired))) return refused('signature')
  return expired * 1000 <= claim.now ? refused('expired') : proven({ idName, expired, nonce })
}

function packed(hash: string, nonce: string, expired: number): string {
  return Buffer.from(JSON.stringify({ ver: 1, hash, nonce, expired })).toString('base64')
}

function unpacked(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64').toString('utf8'))
  } catch {
    return null
  }
}

function hashOf(owner: string, nonce: string, expired: number): string {
  return md5Hex(`${owner}${nonce}${expired}`)
}

function appSign32(appSign: string): string {
  const digits = appSign.replace(/0x|[,\s]/gi, '')
  if (!/^[0-9a-fA-F]{32,}$/.test(digits)) throw badField('appSign', 'must be 16 bytes or more in hex')
  return digits.slice(0, 32)
}
