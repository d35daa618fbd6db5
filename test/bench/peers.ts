import type { Measured } from '../support/session/measured-components'

/**
 * What the components and servers of the field do, each gone through the same scripted session in the same model of network
 * and phone; server figures on one CPU, sizes as a page would ship them. Sources: the public Tencent webrtc_room mini program
 * (rtc-room, live-room, webrtc-room and their Node RoomService), trtc-wx, ZEGO Express, Tencent Chat and TUICallEngine from npm.
 */
export interface PeerSession {
  readonly pushUrlMs: number | null
  readonly allPlayersMs: number
  readonly enteredMs: number
  readonly changeMs: number
  readonly requestsPerMinute: number
}

export const PEER_SESSIONS: Readonly<Record<Measured, PeerSession>> = {
  'rtc-room': { pushUrlMs: 116, allPlayersMs: 316, enteredMs: 816, changeMs: 166, requestsPerMinute: 9 },
  'live-room-presenter': { pushUrlMs: 116, allPlayersMs: 166, enteredMs: 916, changeMs: 166, requestsPerMinute: 9 },
  'live-room-audience': { pushUrlMs: null, allPlayersMs: 216, enteredMs: 200, changeMs: 166, requestsPerMinute: 9 },
  'webrtc-room': { pushUrlMs: 116, allPlayersMs: 472, enteredMs: 456, changeMs: 66, requestsPerMinute: 8 },
}

/** Round trips of the login that each has to make before start(). */
export const PEER_LOGIN_ROUND_TRIPS: Readonly<Record<Measured, number>> = {
  'rtc-room': 3,
  'live-room-presenter': 3,
  'live-room-audience': 3,
  'webrtc-room': 2,
}

export const PEER_LINK = { pushUrlMs: 1_282, onMs: 1_882 }

interface PeerSetData {
  readonly calls: number
  readonly bytes: number
  readonly noop?: number
}

export const PEER_SET_DATA: Readonly<Partial<Record<Measured, Readonly<Record<number, PeerSetData>>>>> = {
  'rtc-room': {
    1: { calls: 42, bytes: 8_342, noop: 25 },
    3: { calls: 58, bytes: 35_174, noop: 33 },
    8: { calls: 49, bytes: 29_801, noop: 28 },
  },
  'live-room-presenter': {
    1: { calls: 15, bytes: 1_539 },
    3: { calls: 15, bytes: 5_261, noop: 0 },
    8: { calls: 15, bytes: 14_566, noop: 0 },
  },
  'webrtc-room': {
    1: { calls: 85, bytes: 17_501, noop: 57 },
    3: { calls: 81, bytes: 51_500, noop: 43 },
    8: { calls: 86, bytes: 52_415 },
  },
}

/** trtc-room (2021), whose members come by the tag itself. */
export const TRTC_ROOM_BYTES: Readonly<Record<number, number>> = { 1: 49_675, 3: 158_878, 8: 551_468 }

/** The public Node RoomService, a server CPU-second. */
export const PEER_SERVER = {
  pusher_heartbeat: 10_000,
  get_pushers: 9_900,
  get_push_url: 9_500,
  get_room_list: 4_900,
  cycle: 460,
  bytesPerRoom: [3_600, 6_400],
} as const

/** KB: as it is, minified, gzip */
export const PEER_SIZES: readonly (readonly [name: string, raw: number, minified: number, gzip: number])[] = [
  ['rtc-room', 400, 140, 41],
  ['live-room', 426, 152, 43.7],
  ['webrtc-room', 291, 93, 26],
  ['all three', 526, 199, 53.1],
  ['trtc-room', 434, 381, 94.9],
  ['trtc-wx-sdk', 27, 28, 7.8],
  ['zego-express', 508, 512, 134],
  ['@tencentcloud/chat', 709, 710, 174],
  ['tuicall-engine-wx', 836, 846, 217],
]
