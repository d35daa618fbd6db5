import type { LeaveReason, LinkState, UserInfo } from '../../../src/model'
import type { RoomKind } from '../../../src/signaling/protocol'

export interface StoredMember extends UserInfo {
  readonly audio: boolean
  readonly video: boolean
  /** Shares a screen: publishes an auxiliary stream beside the main one. Never true of those who only watch. */
  readonly aux: boolean
  /** Name of the stream the member publishes; '' = the one named after this room and user, NO_STREAM = none here. */
  readonly stream: string
}

/** What a member may change about itself while it is in a room. */
export type MemberChange = Partial<Pick<StoredMember, 'audio' | 'video' | 'aux'>>

export interface StoredRoom {
  readonly room: string
  readonly roomName: string
  readonly creator: string
  readonly kind: RoomKind
  /** What the application calls this sort of room; absent when it calls it nothing. */
  readonly roomType?: string
  readonly epoch: string
  readonly seq: number
  /** Everyone who publishes, in the order of joining. */
  readonly members: readonly StoredMember[]
  /** Of a live_room only. */
  readonly live?: StoredLive
  /** Whoever made the room wants it recorded. */
  readonly record?: true
}

export interface StoredLive {
  /** Guests included, the presenter not. */
  readonly audienceCount: number
  readonly presenterAway: boolean
  /** Everyone who is not off. */
  readonly links: readonly LinkState[]
  /** Of the latest change of link-mic. */
  readonly linkRev: number
  readonly custom: Record<string, unknown>
}

/** Someone in the audience; `userInfo` is what a client of the HTTP protocol has said about itself, else ''. */
export interface StoredViewer extends UserInfo {
  readonly userInfo: string
}

export type StoredNoticeBody =
  | { readonly ev: 'memberJoined' | 'memberUpdated'; readonly member: StoredMember }
  | { readonly ev: 'memberLeft'; readonly userID: string; readonly reason: LeaveReason }
  | {
      readonly ev: 'message'
      readonly kind: 'text' | 'custom'
      readonly from: UserInfo
      readonly data: unknown
      readonly time: number
      /** The one user in the room that it is for; absent when it is for all. */
      readonly to?: string
    }
export type StoredNotice = { readonly seq: number } & StoredNoticeBody
