import { Type, type Static } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { equalSecrets, hmac } from '../keys'
import { packTicket, unpackTicket } from './packed-ticket'
import { nowSeconds } from './ticket-clock'
import { checkInput, Field } from './ticket-input'
import { proven, refused, type TicketFault, type TicketResult } from './ticket-result'

const TicketSchema = Type.Object({
  'TLS.ver': Type.Literal('2.0'),
  'TLS.identifier': Type.String(),
  'TLS.sdkappid': Type.Integer(),
  'TLS.time': Type.Integer(),
  'TLS.expire': Type.Integer(),
  'TLS.userbuf': Type.Optional(Type.String()),
  'TLS.sig': Type.String(),
})
type Ticket = Static<typeof TicketSchema>
const ticketCheck = TypeCompiler.Compile(TicketSchema)

export interface UserSigRequest {
  readonly sdkAppID: number
  readonly secretKey: string
  readonly userID: string
  /** Lifetime in seconds. */
  readonly expire: number
  /** Unix seconds of issue; now unless given. */
  readonly time?: number
  /** Base64 of the privileges; makes the ticket a privateMapKey. */
  readonly userbuf?: string
}

export const UserSigInput = Type.Object({
  sdkAppID: Field.appID,
  secretKey: Field.text,
  userID: Field.userID,
  expire: Field.lifetime,
  time: Type.Optional(Field.seconds),
})
const requestCheck = TypeCompiler.Compile(UserSigInput)

/**
 * A userSig version 2 (HMAC-SHA256): the ticket with which a user of an app proves who they are. For servers: whoever
 * has the secret key is everybody, so it never ships in a mini program.
 */
export function makeUserSig(request: UserSigRequest): string {
  checkInput(requestCheck, request)
  const ticket: Omit<Ticket, 'TLS.sig'> = {
    'TLS.ver': '2.0',
    'TLS.identifier': request.userID,
    'TLS.sdkappid': request.sdkAppID,
    'TLS.time': request.time ?? nowSeconds(),
    'TLS.expire': request.expire,
    ...(request.userbuf === undefined ? {} : { 'TLS.userbuf': request.userbuf }),
  }
  return packTicket({ ...ticket, 'TLS.sig': signatureOf(ticket, request.secretKey) })
}

export type UserSigFault = TicketFault

export interface UserSigClaim {
  readonly sdkAppID: number
  readonly secretKey: string
  readonly userID: string
  /** Milliseconds since 1970. */
  readonly now: number
}

const claimCheck = TypeCompiler.Compile(
  Type.Object({ sdkAppID: Field.appID, secretKey: Field.text, userID: Field.text, now: Field.milliseconds }),
)

/** What a userSig says, once it has proved it. */
export interface UserSigContent {
  readonly userID: string
  readonly sdkAppID: number
  /** Unix seconds of issue. */
  readonly time: number
  /** Lifetime in seconds. */
  readonly expire: number
  /** Base64, in a privateMapKey only. */
  readonly userbuf?: string
}

/** Whether a userSig of somebody who says to be `claim.userID` proves it, and what it says. */
export function verifyUserSig(userSig: string, claim: UserSigClaim): TicketResult<UserSigContent> {
  checkInput(claimCheck, claim)
  const ticket = decodeUserSig(userSig)
  const fault = faultOf(ticket, claim)
  if (!ticket || fault) return refused(fault ?? 'format')
  const { 'TLS.identifier': userID, 'TLS.sdkappid': sdkAppID, 'TLS.userbuf': userbuf } = ticket
  const content = { userID, sdkAppID, time: ticket['TLS.time'], expire: ticket['TLS.expire'] }
  return proven(userbuf === undefined ? content : { ...content, userbuf })
}

/** What is wrong with the userSig of somebody who says to be `claim.userID`; null when it proves it. */
export function userSigFault(userSig: string, claim: UserSigClaim): UserSigFault | null {
  return faultOf(decodeUserSig(userSig), claim)
}

function faultOf(ticket: Ticket | null, claim: UserSigClaim): TicketFault | null {
  if (!ticket) return 'format'
  if (ticket['TLS.identifier'] !== claim.userID || ticket['TLS.sdkappid'] !== claim.sdkAppID) return 'mismatch'
  if (!equalSecrets(ticket['TLS.sig'], signatureOf(ticket, claim.secretKey))) return 'signature'
  return (ticket['TLS.time'] + ticket['TLS.expire']) * 1000 <= claim.now ? 'expired' : null
}

/** The ticket inside a userSig, nothing verified; null when it is none. */
export function decodeUserSig(userSig: string): Ticket | null {
  return unpackTicket(userSig, ticketCheck)
}

function signatureOf(ticket: Omit<Ticket, 'TLS.sig'>, secretKey: string): string {
  const userbuf = ticket['TLS.userbuf']
  const content =
    `TLS.identifier:${ticket['TLS.identifier']}\n` +
    `TLS.sdkappid:${ticket['TLS.sdkappid']}\n` +
    `TLS.time:${ticket['TLS.time']}\n` +
    `TLS.expire:${ticket['TLS.expire']}\n` +
    (userbuf === undefined ? '' : `TLS.userbuf:${userbuf}\n`)
  return hmac(secretKey, content).toString('base64')
}
