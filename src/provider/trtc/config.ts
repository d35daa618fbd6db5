import { RoomError } from '../../errors'
import type { ErrorCode } from '../../errors'
import type { SigRequest } from './room-sig'

/** What a room of Tencent TRTC needs to know of its user; see {@link trtc}. */
export interface TrtcConfig {
  /** A number, or its digits. */
  readonly sdkAppID: number | string
  /** At most 32 ASCII characters. */
  readonly userID: string
  readonly userSig: string
  /** true: rooms are named by a string, not by a number from 1 to 4294967295. */
  readonly stringRoom?: boolean
  /** Proof that the user may enter, where the application demands it. */
  readonly privateMapKey?: string
  /** `videocall` (the default) or `live`, which lets many watch. */
  readonly scene?: 'videocall' | 'live'
  /** 1: sends sound alone and records none of it, 2: sends sound alone, recorded as MP3. Unset: sound and pictures. */
  readonly pureAudioMode?: 1 | 2
  /** 1 everything (the default), 2 sound, 3 pictures, 4 nothing is received without being asked for. */
  readonly recvMode?: 1 | 2 | 3 | 4
  /** A small picture beside the large one, for whoever has little bandwidth. */
  readonly smallStream?: boolean
  /** Name of the relayed stream in the live service. */
  readonly streamId?: string
  /** Name of the recorded file. */
  readonly recordId?: string
  /** userID of whoever has made the room: TRTC does not tell. */
  readonly roomCreator?: string
  /** Rooms of the first generation: their URL carries a signature of the room, which has to be asked for. */
  readonly legacy?: { readonly request: SigRequest }
}

/** The configuration of a room, checked, every value as it is written into a URL. */
export interface TrtcAccount extends Required<Omit<TrtcConfig, 'pureAudioMode' | 'legacy'>> {
  readonly sdkAppID: string
  readonly pureAudioMode: '' | 1 | 2
}

const MAX_UINT32 = 4_294_967_295
const MAX_USER_ID = 32
const MAX_STRING_ROOM = 64

/** @throws RoomError BAD_CONFIG that names the field */
export function parseTrtcConfig(config: unknown): TrtcAccount {
  const given = (config ?? {}) as Readonly<Record<string, unknown>>
  const text = (field: keyof TrtcConfig, least = 0, most = Infinity): string =>
    urlText('BAD_CONFIG', field, given[field] ?? '', least, most)
  /** The first one unless told. */
  const choice = <T>(field: keyof TrtcConfig, choices: readonly T[]): T => {
    const value = (given[field] ?? choices[0]) as T
    if (!choices.includes(value)) throw bad('BAD_CONFIG', field, `is none of ${choices.join(', ')}`)
    return value
  }
  return {
    sdkAppID: uint32('BAD_CONFIG', 'sdkAppID', given.sdkAppID),
    userID: text('userID', 1, MAX_USER_ID),
    userSig: text('userSig', 1),
    stringRoom: choice('stringRoom', [false, true]),
    privateMapKey: text('privateMapKey'),
    scene: choice('scene', ['videocall', 'live']),
    pureAudioMode: choice('pureAudioMode', ['', 1, 2]),
    recvMode: choice('recvMode', [1, 2, 3, 4]),
    smallStream: choice('smallStream', [false, true]),
    streamId: text('streamId'),
    recordId: text('recordId'),
    roomCreator: typeof given.roomCreator === 'string' ? given.roomCreator : '',
  }
}

/** @throws RoomError BAD_PARAMETER when it cannot name a room of its kind */
export function parseRoomId(roomId: string, { stringRoom }: TrtcAccount): string {
  return stringRoom
    ? urlText('BAD_PARAMETER', 'strRoomID', roomId, 1, MAX_STRING_ROOM)
    : uint32('BAD_PARAMETER', 'roomID', roomId)
}

/** Digits, as TRTC counts rooms and applications. */
function uint32(code: ErrorCode, field: string, value: unknown): string {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : ''
  const number = /^\d{1,10}$/.test(text) ? Number(text) : NaN
  if (number >= 1 && number <= MAX_UINT32) return String(number)
  throw bad(code, field, `is not a whole number from 1 to ${MAX_UINT32}`)
}

/** The URL carries its values as they are, not encoded: what would break it cannot be said. */
function urlText(code: ErrorCode, field: string, value: unknown, least: number, most: number): string {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string') throw bad(code, field, 'is not a text')
  if (/[^\x21-\x7e]|[&#]/.test(text)) throw bad(code, field, 'has characters other than ASCII, or a space, & or #')
  if (text.length < least) throw bad(code, field, 'is empty')
  if (text.length > most) throw bad(code, field, `is longer than ${most} characters`)
  return text
}

/** Values are left out: some of them are secrets. */
export function bad(code: ErrorCode, field: string, what: string): RoomError {
  return new RoomError(code, `trtc: ${field} ${what}`)
}
