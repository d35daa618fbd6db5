import { selectRoomView } from '../../../src/view/select-room-view'
import type { ErrorCode } from '../../../src/errors'
import type { TileState } from '../../../src/view/room-view'
import type { DeskCall } from './desk-call'
import type { SoundCodec } from './media/stream-sound'
import type { Transport } from './media/desk-tags'

/** One tile as it is to be seen. */
export interface TileModel {
  /** streamId; `self` = one's own */
  readonly key: string
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

/** The tiles of a call: the others in the order of joining, oneself last. */
export function tilesOf(call: DeskCall): TileModel[] {
  const { room, media, parameters, host, transports } = call
  if (!room) return []
  const own = { ...PUBLISHER, muted: call.isMuted, camera: call.isCameraOn }
  const view = selectRoomView(room, media, { ...LAYOUT, selfName: parameters.userName, publisher: own })
  const guest = parameters.kind === 'LiveRoom' && parameters.role === 'anchor'
  const others = view.players.flatMap((player) => {
    if (!('streamId' in player)) return []
    const { streamId, userID, name, state, muted = false, cameraOff = false, net = -1 } = player
    const unheard = unheardBy(transports.codecOf(streamId), host.transportOf(streamId), host.transport)
    return [{ key: streamId, userID, name, state, muted, cameraOff, net, unheard, guest, problem: null }]
  })
  if (!media.publisher) return others
  const { userID, name, state, net } = view.publisher
  const self = { userID, name, state, net, muted: call.isMuted, cameraOff: !call.isCameraOn }
  return [...others, { ...self, key: SELF, unheard: null, guest: false, problem: media.publisher.error?.code ?? null }]
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
