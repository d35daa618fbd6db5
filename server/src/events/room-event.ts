import type { LeaveReason, LinkReason, UserInfo } from '../../../src/model'
import type { RoomKind } from '../../../src/signaling/protocol'
import type { RecordFile } from './record-file'
import type { PublishedKind } from '../stream-name'

/** What everyone outside may be told about a room: facts, in the past tense. */
export type RoomEventBody = RoomChange | ReportedEvent

/** What happens in the rooms themselves. */
export type RoomChange =
  | {
      readonly type: 'room.created'
      readonly roomName: string
      readonly creator: string
      /** What the application calls this sort of room; absent when it calls it nothing. */
      readonly roomType?: string
      /** Whoever made the room wants it recorded. */
      readonly record?: true
    }
  /**
   * `left`, `lost`: whoever kept the room open is gone · `destroyed`: by its creator · `unentered`: nobody ever came.
   * Whoever was still in is told to have left before.
   */
  | { readonly type: 'room.closed'; readonly reason: RoomEnd }
  /** Publishes from now on. Those who only watch are not told of. */
  | ({ readonly type: 'member.joined' } & UserInfo)
  /** `ended`: with the room. */
  | { readonly type: 'member.left'; readonly userID: string; readonly reason: LeaveReason | 'ended' }
  /** A guest of a live_room is on. */
  | ({ readonly type: 'link.on' } & UserInfo)
  | ({ readonly type: 'link.off'; readonly reason: LinkReason } & UserInfo)

export type RoomEnd = 'left' | 'lost' | 'destroyed' | 'unentered'

/** What happens outside of the rooms and is told of by others, such as a media server. */
export type ReportedEvent = StreamEvent | RecordingEvent | TrtcEvent

export interface StreamEvent {
  readonly type: 'stream.started' | 'stream.stopped'
  readonly userID: string
  /** The name that the stream has where it is published. */
  readonly stream: string
  /** `aux`: a shared screen. */
  readonly streamKind: PublishedKind
  /** What of it, where sound and pictures begin and end on their own; absent: all of it. */
  readonly media?: 'audio' | 'video'
}

export interface RecordingEvent {
  readonly type: 'recording.file'
  /** Whose stream was recorded; '' = that of several, mixed. */
  readonly userID: string
  readonly file: RecordFile
}

/** What TRTC tells of its rooms, which are not those of RoomService: whoever enters one may not be in the other. */
export type TrtcEvent =
  | { readonly type: 'trtc.room.created' | 'trtc.room.closed'; readonly userID?: string }
  | {
      readonly type: 'trtc.member.joined' | 'trtc.member.left'
      readonly userID: string
      /** TRTC's number of a reason. */
      readonly reason?: number
    }
  | { readonly type: 'trtc.member.role'; readonly userID: string; readonly role: 'anchor' | 'audience' }

/** Something that a room has to tell, before it has a number and a time. */
export type Announcement = {
  readonly room: string
  /** Absent, as `epoch` is, where something is reported of a room that is not there any more. */
  readonly roomKind?: RoomKind
  /** Tells two rooms of one id apart. */
  readonly epoch?: string
} & RoomEventBody

export type RoomEvent = {
  /** The same however often the event is delivered. */
  readonly id: string
  /** ms since 1970 */
  readonly time: number
} & Announcement
