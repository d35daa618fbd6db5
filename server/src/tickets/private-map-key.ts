import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { decodeGrant, encodeGrant, grantResult, type RoomGrant } from './room-grant'
import { nowSeconds } from './ticket-clock'
import { badField, checkInput, Field, UINT32_MAX } from './ticket-input'
import { refused, type TicketResult } from './ticket-result'
import { makeUserSig, verifyUserSig, type UserSigClaim } from './user-sig'

export interface PrivateMapKeyRequest {
  readonly sdkAppID: number
  readonly secretKey: string
  readonly userID: string
  /** 1 to 4294967295 for a numeric room, at most 64 bytes for a string room. */
  readonly room: number | string
  /** Sum of `ROOM_PRIVILEGES`. */
  readonly privilegeMap: number
  /** Lifetime in seconds; either this or `expireAbs`. */
  readonly expire?: number
  /** Unix seconds. */
  readonly expireAbs?: number
  /** Unix seconds of issue; now unless given. */
  readonly time?: number
}

const MAX_ROOM_BYTES = 64

const roomField = Type.Union([Field.numericRoom, Field.text], {
  description: `${Field.numericRoom.description} or ${Field.text.description}`,
})

export const PrivateMapKeyInput = Type.Object({
  sdkAppID: Field.appID,
  secretKey: Field.text,
  userID: Field.userID,
  room: roomField,
  privilegeMap: Field.privileges,
  expire: Type.Optional(Field.lifetime),
  expireAbs: Type.Optional(Field.seconds),
  time: Type.Optional(Field.seconds),
})
const requestCheck = TypeCompiler.Compile(PrivateMapKeyInput)

/**
 * The ticket that lets a user into one TRTC room with certain privileges, where the app has them switched on. For
 * servers: the secret key never ships in a mini program.
 */
export function makePrivateMapKey(request: PrivateMapKeyRequest): string {
  checkInput(requestCheck, request)
  const { sdkAppID, secretKey, userID, room, privilegeMap, time = nowSeconds() } = request
  if (Buffer.byteLength(String(room)) > MAX_ROOM_BYTES) throw badField('room', `is over ${MAX_ROOM_BYTES} bytes`)
  const expire = lifetimeOf(request, time)
  const userbuf = encodeGrant({ userID, sdkAppID, room, privilegeMap, expireAbs: time + expire })
  return makeUserSig({ sdkAppID, secretKey, userID, time, expire, userbuf })
}

function lifetimeOf({ expire, expireAbs }: PrivateMapKeyRequest, time: number): number {
  const end = expireAbs ?? (expire === undefined ? undefined : time + expire)
  if (end === undefined) throw badField('expire', 'is missing, and so is expireAbs')
  if (end > UINT32_MAX) throw badField('expire', 'ends after the year 2106, which no ticket can say')
  if (end <= time) throw badField('expireAbs', 'is not after the time of issue')
  if (expire !== undefined && time + expire !== end) throw badField('expireAbs', 'differs from time + expire')
  return end - time
}

export interface PrivateMapKeyClaim extends UserSigClaim {
  readonly room: number | string
  /** Privileges that must be among those of the ticket; none unless given. */
  readonly privilegeMap?: number
}

const claimCheck = TypeCompiler.Compile(Type.Object({ room: roomField, privilegeMap: Type.Optional(Field.privileges) }))

/** Whether a privateMapKey lets `claim.userID` into `claim.room`, and what it allows there. */
export function verifyPrivateMapKey(privateMapKey: string, claim: PrivateMapKeyClaim): TicketResult<RoomGrant> {
  checkInput(claimCheck, claim)
  const verified = verifyUserSig(privateMapKey, claim)
  if (!verified.ok) return verified
  const grant = decodeGrant(verified.claim.userbuf ?? '')
  return grant ? grantResult(grant, claim) : refused('format')
}
