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

/** The configuration, checked, every value as it is written into a URL. */
export interface TrtcAccount extends Required<Omit<TrtcConfig, 'pureAudioMode' | 'legacy'>> {
  readonly sdkAppID: string
  readonly pureAudioMode: '' | '1' | '2'
  readonly legacy: { readonly request: SigRequest } | null
}

const MAX_UINT32 = 4_294_967_295
const MAX_USER_ID = 32
const MAX_STRING_ROOM = 64

/** @throws RoomError BAD_CONFIG that names the field */
export function parseTrtcConfig(config: unknown): TrtcAccount {
  const given = (typeof config === 'object' && config !== null ? config : {}) as Readonly<Record<string, unknown>>
  const text = (field: keyof TrtcConfig): string => urlText(given[field] ?? '', field, 'BAD_CONFIG')
  const choice = <T>(field: keyof TrtcConfig, choices: readonly T[], byDefault: T): T => {
    const value = given[field] ?? byDefault
    if (!choices.includes(value as T)) throw bad('BAD_CONFIG', field, `is none of ${choices.join(', ')}`)
    return value as T
  }
  const pureAudioMode = choice('pureAudioMode', ['', 1, 2] as const, '')
  return {
    sdkAppID: uint32(given.sdkAppID, 'sdkAppID', 'BAD_CONFIG'),
    userID: required(text('userID'), 'userID', MAX_USER_ID),
    userSig: required(text('userSig'), 'userSig', Infinity),
    stringRoom: choice('stringRoom', [false, true], false),
    privateMapKey: text('privateMapKey'),
    scene: choice('scene', ['videocall', 'live'], 'videocall'),
    pureAudioMode: pureAudioMode === '' ? '' : (String(pureAudioMode) as '1' | '2'),
    recvMode: choice('recvMode', [1, 2, 3, 4], 1),
    smallStream: choice('smallStream', [false, true], false),
    streamId: text('streamId'),
    recordId: text('recordId'),
    roomCreator: typeof given.roomCreator === 'string' ? given.roomCreator : '',
    legacy: legacyOf(given.legacy),
  }
}

/** @throws RoomError BAD_PARAMETER when it cannot name a room of its kind */
export function parseRoomId(roomId: string, { stringRoom, legacy }: TrtcAccount): string {
  if (!stringRoom) return uint32(roomId, 'roomID', 'BAD_PARAMETER')
  if (legacy) throw bad('BAD_PARAMETER', 'strRoomID', 'is not known to rooms of the first generation')
  const text = urlText(roomId, 'strRoomID', 'BAD_PARAMETER')
  if (text === '' || text.length > MAX_STRING_ROOM) {
    throw bad('BAD_PARAMETER', 'strRoomID', `has not 1 to ${MAX_STRING_ROOM} characters`)
  }
  return text
}

/** Digits, as TRTC counts rooms and applications. */
function uint32(value: unknown, field: string, code: ErrorCode): string {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : ''
  const number = /^\d{1,10}$/.test(text) ? Number(text) : NaN
  if (number >= 1 && number <= MAX_UINT32) return String(number)
  throw bad(code, field, `is not a whole number from 1 to ${MAX_UINT32}`)
}

/** The URL carries its values as they are, not encoded: what would break it cannot be said. */
function urlText(value: unknown, field: string, code: ErrorCode): string {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string') throw bad(code, field, 'is not a text')
  if (/[^\x21-\x7e]|[&#]/.test(text)) throw bad(code, field, 'has characters other than ASCII, or a space, & or #')
  return text
}

function required(text: string, field: string, most: number): string {
  if (text === '') throw bad('BAD_CONFIG', field, 'is empty')
  if (text.length > most) throw bad('BAD_CONFIG', field, `is longer than ${most} characters`)
  return text
}

function legacyOf(value: unknown): TrtcAccount['legacy'] {
  if (value === undefined || value === null) return null
  const { request } = value as { readonly request?: unknown }
  if (typeof request !== 'function') throw bad('BAD_CONFIG', 'legacy.request', 'is not a function')
  return { request: request as SigRequest }
}

/** Values are left out: some of them are secrets. */
function bad(code: ErrorCode, field: string, what: string): RoomError {
  return new RoomError(code, `trtc: ${field} ${what}`)
}
