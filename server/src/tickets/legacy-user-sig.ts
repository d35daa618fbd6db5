import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { Type, type Static } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { packTicket, unpackTicket } from './packed-ticket'
import { ALL_PRIVILEGES, decodeGrant, encodeGrant, grantResult, type RoomGrant } from './room-grant'
import { nowSeconds } from './ticket-clock'
import { badField, checkInput, Field, UINT32_MAX } from './ticket-input'
import { proven, refused, type TicketResult } from './ticket-result'
import type { UserSigContent } from './user-sig'

const VERSION = '201512300000'

const digits = Type.String({ pattern: '^\\d{1,10}$' })
const TicketSchema = Type.Object({
  'TLS.account_type': Type.String(),
  'TLS.identifier': Type.String(),
  'TLS.appid_at_3rd': Type.String(),
  'TLS.sdk_appid': digits,
  'TLS.expire_after': digits,
  'TLS.time': digits,
  'TLS.version': Type.Literal(VERSION),
  'TLS.userbuf': Type.Optional(Type.String()),
  'TLS.sig': Type.String(),
})
type Ticket = Static<typeof TicketSchema>
const ticketCheck = TypeCompiler.Compile(TicketSchema)

export interface LegacyUserSigRequest {
  /** PEM of an elliptic-curve key; the curve is the key's own. */
  readonly privateKey: string
  readonly sdkAppID: number
  readonly userID: string
  /** Lifetime in seconds. */
  readonly expire: number
  /** Unix seconds of issue; now unless given. */
  readonly time?: number
}

export const LegacyUserSigInput = Type.Object({
  privateKey: Field.text,
  sdkAppID: Field.appID,
  userID: Field.userID,
  expire: Field.lifetime,
  time: Type.Optional(Field.seconds),
})
const requestCheck = TypeCompiler.Compile(LegacyUserSigInput)

/**
 * A userSig as apps of before 2019 have it, signed with ECDSA-SHA256. For servers: the private key never ships in a
 * mini program. ECDSA is salted: no two are equal.
 */
export function makeLegacyUserSig(request: LegacyUserSigRequest): string {
  checkInput(requestCheck, request)
  return signed(request)
}

export interface LegacyPrivateMapKeyRequest extends LegacyUserSigRequest {
  /** Numeric, 1 to 4294967295: string rooms came later. */
  readonly roomID: number
  /** Sum of `ROOM_PRIVILEGES`; all of them unless given. */
  readonly privilegeMap?: number
}

const roomRequestCheck = TypeCompiler.Compile(
  Type.Object({ roomID: Field.numericRoom, privilegeMap: Type.Optional(Field.privileges) }),
)

/** The ticket for one room as it was before version 2 (PrivMapEncrypt of the room signature's request). */
export function makeLegacyPrivateMapKey(request: LegacyPrivateMapKeyRequest): string {
  checkInput(requestCheck, request)
  checkInput(roomRequestCheck, request)
  const { sdkAppID, userID, roomID: room, privilegeMap = ALL_PRIVILEGES, time = nowSeconds() } = request
  const expireAbs = time + request.expire
  if (expireAbs > UINT32_MAX) throw badField('expire', 'ends after the year 2106, which no ticket can say')
  return signed({ ...request, time }, encodeGrant({ userID, sdkAppID, room, privilegeMap, expireAbs }))
}

function signed(request: LegacyUserSigRequest, userbuf?: string): string {
  const ticket: Omit<Ticket, 'TLS.sig'> = {
    'TLS.account_type': '0',
    'TLS.identifier': request.userID,
    'TLS.appid_at_3rd': '0',
    'TLS.sdk_appid': String(request.sdkAppID),
    'TLS.expire_after': String(request.expire),
    'TLS.time': String(request.time ?? nowSeconds()),
    'TLS.version': VERSION,
    ...(userbuf === undefined ? {} : { 'TLS.userbuf': userbuf }),
  }
  const key = ecKey('privateKey', () => createPrivateKey(request.privateKey))
  return packTicket({ ...ticket, 'TLS.sig': sign('sha256', Buffer.from(contentOf(ticket)), key).toString('base64') })
}

export interface LegacyUserSigClaim {
  /** PEM; that of a private key does as well. */
  readonly publicKey: string
  readonly sdkAppID: number
  readonly userID: string
  /** Milliseconds since 1970. */
  readonly now: number
}

const claimCheck = TypeCompiler.Compile(
  Type.Object({ publicKey: Field.text, sdkAppID: Field.appID, userID: Field.text, now: Field.milliseconds }),
)

/** Whether a legacy userSig of somebody who says to be `claim.userID` proves it, and what it says. */
export function verifyLegacyUserSig(userSig: string, claim: LegacyUserSigClaim): TicketResult<UserSigContent> {
  checkInput(claimCheck, claim)
  const key = ecKey('publicKey', () => createPublicKey(claim.publicKey))
  const ticket = unpackTicket(userSig, ticketCheck)
  if (!ticket) return refused('format')
  const [userID, sdkAppID, userbuf] = [ticket['TLS.identifier'], Number(ticket['TLS.sdk_appid']), ticket['TLS.userbuf']]
  const [time, expire] = [Number(ticket['TLS.time']), Number(ticket['TLS.expire_after'])]
  if (userID !== claim.userID || sdkAppID !== claim.sdkAppID) return refused('mismatch')
  const signature = Buffer.from(ticket['TLS.sig'], 'base64')
  if (!verify('sha256', Buffer.from(contentOf(ticket)), key, signature)) return refused('signature')
  if ((time + expire) * 1000 <= claim.now) return refused('expired')
  return proven({ userID, sdkAppID, time, expire, ...(userbuf === undefined ? {} : { userbuf }) })
}

/** Whether a legacy privateMapKey lets `claim.userID` into `claim.roomID`, and what it allows there. */
export function verifyLegacyPrivateMapKey(
  privateMapKey: string,
  claim: LegacyUserSigClaim & { readonly roomID: number; readonly privilegeMap?: number },
): TicketResult<RoomGrant> {
  checkInput(roomRequestCheck, claim)
  const verified = verifyLegacyUserSig(privateMapKey, claim)
  if (!verified.ok) return verified
  const grant = decodeGrant(verified.claim.userbuf ?? '')
  return grant ? grantResult(grant, { ...claim, room: claim.roomID }) : refused('format')
}

function contentOf(ticket: Omit<Ticket, 'TLS.sig'>): string {
  const userbuf = ticket['TLS.userbuf']
  return (
    `TLS.appid_at_3rd:${ticket['TLS.appid_at_3rd']}\n` +
    `TLS.account_type:${ticket['TLS.account_type']}\n` +
    `TLS.identifier:${ticket['TLS.identifier']}\n` +
    `TLS.sdk_appid:${ticket['TLS.sdk_appid']}\n` +
    `TLS.time:${ticket['TLS.time']}\n` +
    `TLS.expire_after:${ticket['TLS.expire_after']}\n` +
    (userbuf === undefined ? '' : `TLS.userbuf:${userbuf}\n`)
  )
}

/** What OpenSSL says of a bad key is no help, and an RSA key would sign without complaint. */
function ecKey(field: string, read: () => KeyObject): KeyObject {
  const key = keyOrNull(read)
  if (key?.asymmetricKeyType !== 'ec') throw badField(field, 'must be the PEM of an elliptic-curve key')
  return key
}

function keyOrNull(read: () => KeyObject): KeyObject | null {
  try {
    return read()
  } catch {
    return null
  }
}
