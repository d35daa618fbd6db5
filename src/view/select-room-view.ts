import { textOf } from '../errors'
import type { ErrorCode, Language, RoomError } from '../errors'
import type { MediaState, PlayerState, TagPhase, TagState } from '../media/media-state'
import type { Member, Stream } from '../model'
import type { RoomState } from '../room/room-state'
import { wantedStreams } from '../room/wanted-streams'
import { placesOf } from './layouts'
import type { LayoutName, Seated } from './layouts'
import type {
  NoticeView,
  PlaybackView,
  PlayerView,
  PublisherOptions,
  PublisherView,
  RoomView,
  SpeakerView,
  TagOptions,
  TileState,
  WindowStyles,
} from './room-view'

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
  /** Of the room's service, ms, for debugging; 0 = not known. */
  readonly roundTrip?: number | undefined
  /** Where the user has dragged windows to; nowhere unless told. */
  readonly windows?: WindowStyles
}

/** Projects room and media onto what the WXML reads. Pure; the result is JSON. */
export function selectRoomView(room: RoomState, media: MediaState, options: ViewOptions): RoomView {
  const { layout, playback, pusherOptions = {}, playerOptions = {}, windows = {} } = options
  const { speaker = { userID: '', volume: 0 } } = options
  const { phase, attempt, awayMs } = room
  const shown = shownPlayers(room, media)
  const self: Seated = { self: true, creator: room.creator === room.selfId, slot: -1 }
  const tiles = media.publisher ? [self, ...shown] : shown
  const places = placesOf(layout, tiles)
  const ownPlace = media.publisher ? places.shift() : ''
  const players: RoomView['players'] = media.slots.map((_player, slot) => ({ slot }))
  shown.forEach((tile, order) => {
    players[tile.slot] = playerView(tile, places[order] ?? '', room, options)
  })
  return {
    layout,
    phase,
    count: tiles.length,
    more: hiddenMembers(room, shown),
    attempt,
    recovered: phase === 'joined' && awayMs > 0 ? (awayMs / 1000).toFixed(1) : '',
    notice: noticeOf(room, media, options.language),
    speaker,
    windows,
    playback,
    pusherOptions,
    playerOptions,
    publisher: publisherView(room, media, options, ownPlace ?? ''),
    players,
  }
}

interface ShownPlayer extends Seated {
  readonly player: PlayerState
  readonly member: Member
  readonly stream: Stream
}

/** In the order of joining, which decides who is the big picture. */
function shownPlayers(room: RoomState, { slots }: MediaState): ShownPlayer[] {
  const shown: ShownPlayer[] = []
  for (const member of room.roster.values()) {
    for (const stream of member.streams) {
      const slot = slots.findIndex((player) => player?.streamId === stream.streamId)
      const player = slots[slot]
      const creator = member.userID === room.creator
      if (player) shown.push({ self: false, creator, screen: stream.kind === 'aux', slot, player, member, stream })
    }
  }
  return shown
}

/** Members of whom nothing is shown: a member beside a screen of theirs that found no seat is shown. */
function hiddenMembers(room: RoomState, shown: readonly ShownPlayer[]): number {
  const hidden = new Set(wantedStreams(room).map(({ userID }) => userID))
  for (const { member } of shown) hidden.delete(member.userID)
  return hidden.size
}

function playerView(tile: ShownPlayer, place: string, { live }: RoomState, options: ViewOptions): PlayerView {
  const { slot, screen, creator, player, member, stream } = tile
  const { userID, userName } = member
  // the presenter has dropped: their picture stands still until they come back or the room ends
  const isAway = creator && live?.presenterAway
  return {
    slot,
    streamId: stream.streamId,
    userID,
    name: userName || userID,
    src: player.url,
    place,
    state: isAway ? 'away' : tileState(player),
    ...(stream.kind === 'live' && { live: true }),
    ...(options.silenced?.has(userID) && { silent: true }),
    ...(screen && { screen: true }),
    ...(!stream.hasAudio && !screen && { muted: true }),
    ...(!stream.hasVideo && { cameraOff: true }),
    ...(player.bars >= 0 && { net: player.bars }),
    ...(options.debug && { debug: debugLine(player) }),
  }
}

function publisherView(
  { selfId }: RoomState,
  { publisher }: MediaState,
  options: ViewOptions,
  place: string,
): PublisherView {
  return {
    ...options.publisher,
    url: publisher?.url ?? '',
    name: options.selfName,
    userID: selfId,
    place,
    state: publisher ? tileState(publisher) : 'loading',
    net: publisher?.bars ?? -1,
    debug: options.debug && publisher ? debugLine(publisher, options.roundTrip) : '',
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
function tileState({ phase, attempt }: TagState): TileState {
  return phase === 'starting' && attempt > 0 ? 'reconnecting' : TILE_STATES[phase]
}

function debugLine({ phase, attempt, figures, codes }: TagState, roundTrip?: number): string {
  return [phase, attempt > 0 && `retry ${attempt}`, figures, roundTrip && `rtt ${roundTrip} ms`, codes.join(' ')]
    .filter(Boolean)
    .join(' · ')
}

/** The only breaks of one's own tag that take over the stage: there is something the user has to do. */
const DEVICE_ERRORS: readonly ErrorCode[] = ['CAMERA_DENIED', 'MICROPHONE_DENIED', 'PERMISSION_DENIED']

function noticeOf({ phase, error }: RoomState, { publisher }: MediaState, language: Language): NoticeView | null {
  if (error && phase === 'closed') return notice(error, language)
  if (publisher?.phase !== 'failed' || !publisher.error) return null
  return DEVICE_ERRORS.includes(publisher.error.code) ? notice(publisher.error, language) : null
}

function notice(error: RoomError, language: Language): NoticeView {
  return { code: error.code, text: textOf(error, language) }
}
