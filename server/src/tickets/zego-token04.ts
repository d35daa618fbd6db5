import { createCipheriv, createDecipheriv, randomBytes, randomInt } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { nowSeconds } from './ticket-clock'
import { badField, checkInput, Field } from './ticket-input'
import { proven, refused, type TicketResult } from './ticket-result'

export interface ZegoToken04Request {
  readonly appId: number
  readonly userId: string
  /** The server secret, 32 bytes. */
  readonly secret: string
  readonly effectiveTimeInSeconds: number
  /** '' unless given; {@link zegoPrivileges} where the app checks rights. */
  readonly payload?: string
  /** Unix seconds of issue; now unless given. */
  readonly ctime?: number
  /** 32-bit signed number, never the same twice; random unless given. */
  readonly nonce?: number
  /** 16 bytes, never the same twice; random unless given. */
  readonly iv?: string | Uint8Array
}

const PREFIX = '04'
const CIPHER = 'aes-256-cbc'
const SECRET_BYTES = 32
const IV_BYTES = 16
const INT32 = 0x80000000

const secretField = Type.String({ minLength: 1, description: `a string of ${SECRET_BYTES} bytes` })

export const ZegoToken04Input = Type.Object({
  appId: Field.appID,
  userId: Field.userID,
  secret: secretField,
  effectiveTimeInSeconds: Field.lifetime,
  payload: Type.Optional(Field.anyText),
  ctime: Type.Optional(Field.seconds),
  nonce: Type.Optional(
    Type.Integer({ minimum: -INT32, maximum: INT32 - 1, description: 'a whole number of 32 bits with sign' }),
  ),
  iv: Type.Optional(Type.Union([Type.String(), Type.Uint8Array()], { description: `a string of ${IV_BYTES} bytes` })),
})
const requestCheck = TypeCompiler.Compile(ZegoToken04Input)

const PlainSchema = Type.Object({
  app_id: Type.Integer(),
  user_id: Type.String(),
  nonce: Type.Integer(),
  ctime: Type.Integer(),
  expire: Type.Integer(),
  payload: Type.String(),
})
const plainCheck = TypeCompiler.Compile(PlainSchema)

/**
 * ZEGO's token04: the ticket for loginRoom and renewToken. For servers: the secret never ships in a mini program. It is the
 * variant in AES-CBC, the one that every SDK takes.
 */
export function makeZegoToken04(request: ZegoToken04Request): string {
  checkInput(requestCheck, request)
  const { appId, userId, payload = '', ctime = nowSeconds(), nonce = randomInt(-INT32, INT32) } = request
  const secret = bytesOf('secret', request.secret, SECRET_BYTES)
  const iv = bytesOf('iv', request.iv ?? randomBytes(IV_BYTES), IV_BYTES)
  const expire = ctime + request.effectiveTimeInSeconds
  const plain = JSON.stringify({ app_id: appId, user_id: userId, nonce, ctime, expire, payload })
  const cipher = createCipheriv(CIPHER, secret, iv)
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()])
  if (encrypted.length > 0xffff) throw badField('payload', 'is too long for a token')
  return (
    PREFIX +
    Buffer.concat([uint64(expire), uint16(IV_BYTES), iv, uint16(encrypted.length), encrypted]).toString('base64')
  )
}

/** A payload that limits a token to one room. @param streamIDs the streams it may publish; any when empty */
export function zegoPrivileges(grant: {
  readonly roomID: string
  readonly login: boolean
  readonly publish: boolean
  readonly streamIDs?: readonly string[]
}): string {
  const privilege = { 1: Number(grant.login), 2: Number(grant.publish) }
  return JSON.stringify({ room_id: grant.roomID, privilege, stream_id_list: grant.streamIDs ?? [] })
}

export interface ZegoToken04Claim {
  readonly appId: number
  readonly userId: string
  readonly secret: string
  /** Milliseconds since 1970. */
  readonly now: number
}

const claimCheck = TypeCompiler.Compile(
  Type.Object({ appId: Field.appID, userId: Field.text, secret: secretField, now: Field.milliseconds }),
)

export interface ZegoToken04Content {
  readonly appId: number
  readonly userId: string
  /** Unix seconds of issue. */
  readonly ctime: number
  /** Unix seconds. */
  readonly expire: number
  readonly nonce: number
  readonly payload: string
}

/**
 * Whether a token04 is one of `claim.userId`, and what it says. The format encrypts without a signature: this finds
 * mistakes in tokens of one's own, it is no way to authenticate a stranger.
 */
export function verifyZegoToken04(token: string, claim: ZegoToken04Claim): TicketResult<ZegoToken04Content> {
  checkInput(claimCheck, claim)
  const secret = bytesOf('secret', claim.secret, SECRET_BYTES)
  const parts = partsOf(token)
  if (!parts) return refused('format')
  const plain = decrypted(parts, secret)
  if (!plainCheck.Check(plain) || plain.expire !== parts.expire) return refused('signature')
  if (plain.app_id !== claim.appId || plain.user_id !== claim.userId) return refused('mismatch')
  if (plain.expire * 1000 <= claim.now) return refused('expired')
  const { app_id: appId, user_id: userId, ctime, expire, nonce, payload } = plain
  return proven({ appId, userId, ctime, expire, nonce, payload })
}

interface Parts {
  readonly expire: number
  readonly iv: Buffer
  readonly encrypted: Buffer
}

/** After the prefix, in base64 and big-endian: u64 expiry, u16 length and iv, u16 length and ciphertext. */
function partsOf(token: string): Parts | null {
  if (!/^04[A-Za-z0-9+/]+={0,2}$/.test(token)) return null
  const bytes = Buffer.from(token.slice(PREFIX.length), 'base64')
  const lengthAt = 10 + IV_BYTES
  if (bytes.length < lengthAt + 2 || bytes.readUInt16BE(8) !== IV_BYTES) return null
  const encrypted = bytes.subarray(lengthAt + 2)
  if (encrypted.length !== bytes.readUInt16BE(lengthAt)) return null
  return { expire: Number(bytes.readBigUInt64BE(0)), iv: bytes.subarray(10, lengthAt), encrypted }
}

/** null when it was encrypted with another secret, or changed afterwards. */
function decrypted({ iv, encrypted }: Parts, secret: Uint8Array): unknown {
  const decipher = createDecipheriv(CIPHER, secret, iv)
  try {
    return JSON.parse(Buffer.concat([decipher.update(encrypted), decipher.final()]).toString('utf8'))
  } catch {
    return null
  }
}

function bytesOf(field: string, value: string | Uint8Array, length: number): Uint8Array {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value
  if (bytes.length !== length) throw badField(field, `must be ${length} bytes long`)
  return bytes
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  return bytes
}
