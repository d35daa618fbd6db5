import { proven, refused, type TicketResult } from './ticket-result'

/** What a privateMapKey lets its owner do in a room: a sum of these. */
export const ROOM_PRIVILEGES = {
  createRoom: 1,
  joinRoom: 2,
  sendAudio: 4,
  receiveAudio: 8,
  sendVideo: 16,
  receiveVideo: 32,
  sendAuxiliary: 64,
  receiveAuxiliary: 128,
} as const

export const ALL_PRIVILEGES = 255

/** The inside of a privateMapKey: who may do what, in which room, until when. */
export interface RoomGrant {
  readonly userID: string
  readonly sdkAppID: number
  /** A number names a numeric room, a string a string room; `7` and `'7'` are two rooms. */
  readonly room: number | string
  readonly privilegeMap: number
  /** Unix seconds. */
  readonly expireAbs: number
}

const NUMERIC_ROOM = 0
const STRING_ROOM = 1
/** Five numbers of 32 bits: app, room (0 for a string room), expiry, privileges, and a 0. */
const NUMBERS_BYTES = 20

/** Big-endian: u8 kind of room, u16 length and account, the numbers, and u16 length and name of a string room. */
export function encodeGrant(grant: RoomGrant): string {
  const { room } = grant
  const numbers = Buffer.alloc(NUMBERS_BYTES)
  const values = [grant.sdkAppID, typeof room === 'number' ? room : 0, grant.expireAbs, grant.privilegeMap, 0]
  values.forEach((value, index) => numbers.writeUInt32BE(value, index * 4))
  const kind = Buffer.of(typeof room === 'string' ? STRING_ROOM : NUMERIC_ROOM)
  const name = typeof room === 'string' ? [withLength(room)] : []
  return Buffer.concat([kind, withLength(grant.userID), numbers, ...name]).toString('base64')
}

/** The reverse of {@link encodeGrant}; null for anything it does not make. */
export function decodeGrant(base64: string): RoomGrant | null {
  const bytes = Buffer.from(base64, 'base64')
  try {
    const kind = bytes.readUInt8(0)
    const userID = textAt(bytes, 1)
    const numbers = 3 + Buffer.byteLength(userID)
    const number = (index: number): number => bytes.readUInt32BE(numbers + index * 4)
    const room = kind === STRING_ROOM ? textAt(bytes, numbers + NUMBERS_BYTES) : number(1)
    const grant = { userID, sdkAppID: number(0), room, expireAbs: number(2), privilegeMap: number(3) }
    return encodeGrant(grant) === base64 ? grant : null
  } catch {
    // shorter than its own lengths say
    return null
  }
}

/** Who asks to be let in, where, and when (milliseconds since 1970). */
export interface GrantClaim extends Pick<RoomGrant, 'userID' | 'sdkAppID' | 'room'> {
  /** Privileges that must be among those of the grant; none unless given. */
  readonly privilegeMap?: number
  readonly now: number
}

/** Whether a grant whose signature has been verified lets somebody in. */
export function grantResult(grant: RoomGrant, claim: GrantClaim): TicketResult<RoomGrant> {
  const wanted = claim.privilegeMap ?? 0
  const same = grant.userID === claim.userID && grant.sdkAppID === claim.sdkAppID && grant.room === claim.room
  if (!same || (grant.privilegeMap & wanted) !== wanted) return refused('mismatch')
  return grant.expireAbs * 1000 <= claim.now ? refused('expired') : proven(grant)
}

function withLength(text: string): Buffer {
  const bytes = Buffer.from(text)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}

function textAt(bytes: Buffer, offset: number): string {
  return bytes.toString('utf8', offset + 2, offset + 2 + bytes.readUInt16BE(offset))
}
