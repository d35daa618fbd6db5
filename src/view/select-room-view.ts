import { textOf } from '../errors'
import type { ErrorCode, Language, RoomError } from '../errors'
import type { MediaState, PlayerState, TagNetwork, TagPhase, TagState } from '../media/media-state'
import type { Member, Stream } from '../model'
import type { RoomState } from '../room/room-state'
import { wantedStreams } from '../room/wanted-streams'
import { placesOf } from './layouts'
import type { LayoutName, Seated } from './layouts'
import type {
  NoticeView,
  PlaybackView,
  PlayerView,
  PublisherView,
  RoomView,
  SpeakerView,
  TagOptions,
  TileState,
} from './room-view'

/** The live-pusher's attributes as the page wants them. */
export interface PublisherOptions {
  readonly muted: boolean
  readonly camera: boolean
  /** 0-9 */
  readonly beauty: number
  /** 0-9 */
  readonly whiteness: number
  /** '3:4' or '9:16' */
  readonly aspect: string
  /** kbps */
  readonly minBitrate: number
  /** kbps */
  readonly maxBitrate: number
  readonly mode: 'RTC' | 'SD' | 'HD' | 'FHD'
  readonly audioQuality: 'high' | 'low'
  readonly devicePosition: 'front' | 'back'
  readonly orientation: 'vertical' | 'horizontal'
}

/** What of a view the page decides. */
export interface ViewOptions {
  readonly layout: LayoutName
  readonly language: Language
  readonly debug: boolean
  readonly selfName: string
  readonly publisher: PublisherOptions
  readonly playback: PlaybackView
  readonly pusherOptions?: TagOptions
  readonly playerOptions?: TagOptions
  /** userIDs of those who are played without sound */
  readonly silenced?: ReadonlySet<string>
  /** As the session has told it last; nobody unless told. */
  readonly speaker?: SpeakerView
}

const NO_OPTIONS: TagOptions = {}
const NOBODY: SpeakerView = { userID: '', volume: 0 }

/** Projects room and media onto what the WXML reads. Pure; the result is JSON. */
export function selectRoomView(room: RoomState, media: MediaState, options: ViewOptions): RoomView {
  const { layout } = options
  const shown = shownPlayers(room, media)
  const self: Seated = { self: true, creator: room.creator === room.selfId, slot: -1 }
  const tiles = [...(media.publisher ? [self] : []), ...shown]
  const places = placesOf(layout, tiles)
  const players: RoomView['players'] = media.slots.map((_player, slot) => ({ slot }))
  shown.forEach((tile, order) => {
    const place = places[order + tiles.length - shown.length] ?? ''
    players[tile.slot] = playerView(tile, place, isAway(room, tile), options)
  })
  return {
    layout,
    phase: room.phase,
    count: tiles.length,
    more: hiddenMembers(room, shown),
    attempt: room.attempt,
    recovered: room.phase === 'joined' && room.awayMs > 0 ? (room.awayMs / 1000).toFixed(1) : '',
    notice: noticeOf(room, media, options.language),
    speaker: options.speaker ?? NOBODY,
    playback: options.playback,
    pusherOptions: options.pusherOptions ?? NO_OPTIONS,
    playerOptions: options.playerOptions ?? NO_OPTIONS,
    publisher: publisherView(room, media, options, media.publisher ? (places[0] ?? '') : ''),
    players,
  }
}

interface ShownPlayer extends Seated {
  readonly player: PlayerState
  readonly member: Member
  readonly stream: Stream
}

/** In the order of joining, which decides who is the big picture. */
function shownPlayers(room: RoomState, media: MediaState): ShownPlayer[] {
  const shown: ShownPlayer[] = []
  const slots = new Map(media.slots.map((player, slot) => [player?.streamId, slot]))
  for (const member of room.roster.values()) {
    for (const stream of member.streams) {
      const slot = slots.get(stream.streamId) ?? -1
      const player = media.slots[slot]
      const creator = member.userID === room.creator
      const screen = stream.kind === 'aux'
      if (player) shown.push({ self: false, creator, screen, slot, player, member, stream })
    }
  }
  return shown
}

/** Members of whom nothing is shown: a member beside a screen of theirs that found no seat is shown. */
function hiddenMembers(room: RoomState, shown: readonly ShownPlayer[]): number {
  const wanted = wantedStreams(room)
  if (wanted.length === shown.length) return 0
  const hidden = new Set(wanted.map(({ userID }) => userID))
  for (const { member } of shown) hidden.delete(member.userID)
  return hidden.size
}

/** The presenter has dropped: their picture stands still until they come back or the room ends. */
function isAway({ live }: RoomState, { creator }: ShownPlayer): boolean {
  return creator && live !== null && live.presenterAway
}

interface Drawn {
  readonly view: PlayerView
  readonly slot: number
  readonly place: string
  readonly away: boolean
  readonly silent: boolean
  readonly debug: boolean
  readonly member: Member
}

/** By the state that it was drawn from: whoever has not changed is the same object again, which a comparison skips. */
const drawn = new WeakMap<PlayerState, Drawn>()

function playerView(tile: ShownPlayer, place: string, away: boolean, { debug, silenced }: ViewOptions): PlayerView {
  const { slot, player, member } = tile
  const silent = silenced?.has(member.userID) ?? false
  const last = drawn.get(player)
  if (
    last?.member === member &&
    last.place === place &&
    last.slot === slot &&
    last.away === away &&
    last.silent === silent &&
    last.debug === debug
  )
    return last.view
  const view = drawPlayer(tile, place, away, silent, debug)
  drawn.set(player, { view, slot, place, away, silent, debug, member })
  return view
}

function drawPlayer(tile: ShownPlayer, place: string, away: boolean, silent: boolean, debug: boolean): PlayerView {
  const { slot, player, member, stream } = tile
  return {
    slot,
    streamId: stream.streamId,
    userID: member.userID,
    name: member.userName || member.userID,
    src: player.url,
    place,
    state: away ? 'away' : tileState(player),
    ...(stream.kind === 'live' && { live: true }),
    ...(silent && { silent: true }),
    ...(tile.screen && { screen: true }),
    ...(!stream.hasAudio && !tile.screen && { muted: true }),
    ...(!stream.hasVideo && { cameraOff: true }),
    ...(player.bars >= 0 && { net: player.bars }),
    ...(debug && { debug: debugLine(player) }),
  }
}

function publisherView(room: RoomState, media: MediaState, options: ViewOptions, place: string): PublisherView {
  const { publisher } = media
  return {
    ...options.publisher,
    url: publisher?.url ?? '',
    name: options.selfName,
    userID: room.selfId,
    place,
    state: publisher ? tileState(publisher) : 'loading',
    net: publisher?.bars ?? -1,
    debug: options.debug && publisher ? debugLine(publisher) : '',
  }
}

const TILE_STATES: Readonly<Record<TagPhase, TileState>> = {
  held: 'held',
  starting: 'loading',
  running: 'playing',
  stalled: 'stalled',
  retrying: 'reconnecting',
  suspended: 'reconnecting',
  failed: 'failed',
}

/** A restart after a break still shows the last picture under its veil, not the empty tile of a first start. */
function tileState(tag: TagState): TileState {
  return tag.phase === 'starting' && tag.attempt > 0 ? 'reconnecting' : TILE_STATES[tag.phase]
}

function debugLine({ phase, attempt, figures, codes }: TagState & TagNetwork): string {
  return [phase, attempt > 0 ? `retry ${attempt}` : '', figures, codes.join(' ')].filter(Boolean).join(' · ')
}

/** The only breaks of one's own tag that take over the stage: there is something the user has to do. */
const DEVICE_ERRORS: readonly ErrorCode[] = ['CAMERA_DENIED', 'MICROPHONE_DENIED', 'PERMISSION_DENIED']

function noticeOf(room: RoomState, media: MediaState, language: Language): NoticeView | null {
  if (room.error && room.phase === 'closed') return notice(room.error, language)
  const { publisher } = media
  if (publisher?.phase !== 'failed' || !publisher.error) return null
  return DEVICE_ERRORS.includes(publisher.error.code) ? notice(publisher.error, language) : null
}

function notice(error: RoomError, language: Language): NoticeView {
  return { code: error.code, text: textOf(error, language) }
}
