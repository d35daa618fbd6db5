import type { ErrorCode } from '../errors'
import type { BarCount } from '../media/quality'
import type { Phase } from '../room/phases'
import type { LayoutName } from './layouts'

/** What a tile shows over its picture, or instead of it. */
export type TileState = 'held' | 'loading' | 'playing' | 'stalled' | 'reconnecting' | 'away' | 'failed'

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

/** The live-pusher's attributes and its tile. The tag exists only while `url` is not ''. */
export interface PublisherView extends PublisherOptions {
  url: string
  name: string
  userID: string
  /** class names of the seat, see layouts.ts */
  place: string
  state: TileState
  net: BarCount
  /** one line of figures while `debug` is on, else '' */
  debug: string
}

/** An empty slot keeps its index and nothing else, so that a leave costs a few bytes. */
export interface EmptySlot {
  slot: number
}

/** One live-player and its tile. Keyed by slot: a slot keeps its tag while it has a stream. */
export interface PlayerView extends EmptySlot {
  streamId: string
  userID: string
  name: string
  src: string
  place: string
  state: TileState
  /** Present only when they say something, because a roster travels through setData: absent is the same as null. */
  muted?: true
  cameraOff?: true
  /** played seconds behind, as a broadcast, not as a call */
  live?: true
  /** a shared screen: named as such, and never cropped */
  screen?: true
  /** the page wants no sound of it */
  silent?: true
  net?: BarCount
  debug?: string
}

/** Attributes that all live-players share. */
export interface PlaybackView {
  readonly objectFit: 'contain' | 'fillCrop'
  /** s, of a broadcast's players; those of a call keep as little as they can */
  readonly minCache: number
  readonly maxCache: number
}

/** What the page says of its tags beyond the properties: attributes by their camelCase names. */
export type TagOptions = Readonly<Record<string, unknown>>

/** What stands over the whole stage when the call cannot go on. */
export interface NoticeView {
  code: ErrorCode
  /** what happened and what to do, in the component's language */
  text: string
}

/** The loudest of all, oneself included: volume 1-100; nobody: '' and 0. */
export interface SpeakerView {
  readonly userID: string
  readonly volume: number
}

/** Style of each window that the user has dragged, by its name; one that stands where its layout put it has none. */
export type WindowStyles = Readonly<Record<string, string>>

/** JSON only: the whole of what the component's WXML reads, under the data key `view`. */
export interface RoomView {
  layout: LayoutName
  phase: Phase
  /** tiles shown, oneself included */
  count: number
  /** members that the layout does not show */
  more: number
  /** number of the running try while the room reconnects, else 0 */
  attempt: number
  /** s with one decimal that the room's last break lasted, while the room is well again; '' = there was none */
  recovered: string
  notice: NoticeView | null
  speaker: SpeakerView
  windows: WindowStyles
  playback: PlaybackView
  pusherOptions: TagOptions
  playerOptions: TagOptions
  publisher: PublisherView
  players: (PlayerView | EmptySlot)[]
}
