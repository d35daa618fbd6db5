import { selectRoomView } from '../../../src/view/select-room-view'
import type { ErrorCode } from '../../../src/errors'
import type { TagPhase } from '../../../src/media/media-state'
import type { TileState } from '../../../src/view/room-view'
import type { DeskCall } from './desk-call'
import type { SoundCodec } from './media/stream-sound'
import type { Transport } from './media/desk-tags'

/** One tile as it is to be seen. */
export interface TileModel {
  /** streamId; `self` = one's own, `screen` = one's own screen */
  readonly key: string
  /** A shared screen, no face. */
  readonly screen: boolean
  readonly userID: string
  readonly name: string
  readonly state: TileState
  readonly muted: boolean
  readonly cameraOff: boolean
  /** bars of the network, -1 = unknown */
  readonly net: number
  readonly unheard: 'unheard' | 'unheardMe' | null
  /** A guest of one's own broadcast, whom one may ask to go. */
  readonly guest: boolean
  /** Why one's own picture has failed. */
  readonly problem: ErrorCode | null
}

export const SELF = 'self'
export const OWN_SCREEN = 'screen'

const LAYOUT = {
  layout: 'grid',
  language: 'zh',
  debug: false,
  playback: { objectFit: 'contain', minCache: 0, maxCache: 1 },
} as const

const PUBLISHER = {
  beauty: 0,
  whiteness: 0,
  aspect: '16:9',
  minBitrate: 0,
  maxBitrate: 0,
  mode: 'RTC',
  audioQuality: 'high',
  devicePosition: 'front',
  orientation: 'horizontal',
} as const

const OWN_SCREEN_TILE = {
  key: OWN_SCREEN,
  screen: true,
  muted: false,
  cameraOff: false,
  net: -1,
  unheard: null,
  guest: false,
  problem: null,
} as const

const SCREEN_STATES: Partial<Record<TagPhase, TileState>> = {
  starting: 'loading',
  running: 'playing',
  failed: 'failed',
}

/** The tiles of a call: the others in the order of joining, oneself last. A screen stands beside its owner. */
export function tilesOf(call: DeskCall): TileModel[] {
  const { room, media, parameters, host, transports } = call
  if (!room) return []
  const own = { ...PUBLISHER, muted: call.isMuted, camera: call.isCameraOn }
  const view = selectRoomView(room, media, { ...LAYOUT, selfName: parameters.userName, publisher: own })
  const guest = parameters.kind === 'LiveRoom' && parameters.role === 'anchor'
  const others = view.players.flatMap((player): TileModel[] => {
    if (!('streamId' in player)) return []
    const { streamId, userID, name, state, screen = false, muted = false, cameraOff = false, net = -1 } = player
    const unheard = unheardBy(transports.codecOf(streamId), host.transportOf(streamId), host.transport)
    const person = { key: streamId, userID, name, state, muted, cameraOff, net, unheard }
    return [{ ...person, screen, guest: guest && !screen, problem: null }]
  })
  const { phase } = call.screen
  const { userID, name } = view.publisher
  if (phase) others.push({ ...OWN_SCREEN_TILE, userID, name, state: SCREEN_STATES[phase] ?? 'reconnecting' })
  if (!media.publisher) return others
  const { state, net } = view.publisher
  const self = { key: SELF, userID, name, state, net, screen: false, guest: false, unheard: null }
  const problem = media.publisher.error?.code ?? null
  return [...others, { ...self, muted: call.isMuted, cameraOff: !call.isCameraOn, problem }]
}

/** FLV carries AAC and WebRTC carries Opus: whoever speaks the other one is seen and not heard. */
export function unheardBy(
  codec: SoundCodec | undefined,
  playing: Transport | null,
  publishing: Transport | null,
): TileModel['unheard'] {
  if (codec === undefined || codec === 'none') return null
  const theirs = codec === 'opus' ? 'webrtc' : 'flv'
  if (playing && playing !== theirs) return 'unheard'
  return publishing === 'webrtc' && theirs === 'flv' ? 'unheardMe' : null
}
