/**
 * The frames between Roomlet's clients and RoomService, types only: the one definition that both sides import.
 *
 * Client → server: {@link RequestFrame}. Server → client: {@link AnswerFrame} (to one request), {@link NoticeFrame}
 * (something happened in a room) and {@link LiveFrame} (how a broadcast stands). All frames are JSON text, at most 64 KiB.
 */
import type { ErrorCode } from '../errors'
import type { CloseReason, LeaveReason, LinkAction, LinkState, Role, UserInfo } from '../model'

/**
 * `double_room` holds two, `multi_room` a configured maximum, `live_room` a presenter, some guests and an audience;
 * `webrtc_room` is a multi_room of phones and web pages.
 */
export type RoomKind = 'multi_room' | 'double_room' | 'live_room' | 'webrtc_room'

export interface MemberInfo extends UserInfo {
  /** Low-latency play URL of the member's main stream, signed, for this receiver's host; '' while there is none. */
  playURL: string
  /** live_room: HTTP-FLV URL of the same stream, for the audience. */
  liveURL?: string
  /** Low-latency play URL of the member's auxiliary stream, a shared screen; absent while there is none. */
  auxURL?: string
  audio: boolean
  video: boolean
}

/** What a live_room has beside its members, as one receiver sees it. */
export interface LiveInfo {
  /** HTTP-FLV URL of the mixed stream; the presenter's own while nothing mixes. */
  liveURL: string
  /** People in the room beside the presenter, guests included. */
  audienceCount: number
  /** The presenter's connection is lost, within its grace period. */
  presenterAway: boolean
  /** For the presenter everyone who is not off, for the audience oneself if not off. */
  links: LinkState[]
  /** Whoever is not in `links` has been off since this revision at the latest. */
  linkRev: number
  /** For a guest that is on. */
  pushURL?: string
}

export interface RoomSnapshot {
  room: string
  roomName: string
  /** userID of the creator */
  creator: string
  /** Changes when a room is rebuilt; a resume with another epoch gets a snapshot. */
  epoch: string
  /** Sequence number of the last notice this snapshot contains. */
  seq: number
  /** Everyone who publishes but the receiver, in the order of joining. */
  members: MemberInfo[]
  /** Of a live_room only. */
  live?: LiveInfo
  /** Whoever made the room wants it recorded. */
  record?: true
}

export interface RoomSummary {
  room: string
  roomName: string
  creator: string
  members: UserInfo[]
  /** Of a live_room only. */
  audienceCount?: number
}

export interface LoginParams {
  userID: string
  /** Either a userSig, or the token of an earlier login (on a reconnect). */
  userSig?: string
  token?: string
  sdkAppID?: string
  accType?: string
  userName: string
  userAvatar: string
}

export interface JoinParams {
  /** '' = the server gives the id */
  room: string
  roomName: string
  kind: RoomKind
  /**
   * `anchor` by default, and always where there is no audience. In a live_room the anchor is the presenter, who
   * creates the room or takes it back (FORBIDDEN for anyone but its creator); an audience needs a room that exists.
   */
  role?: Role
  audio: boolean
  video: boolean
  userName: string
  userAvatar: string
  /** Counts when the room is made by this: whoever makes it wants it recorded. */
  record?: boolean
  /** Where the server asks for one: FORBIDDEN without it. */
  privateMapKey?: string
}

export interface LinkMicParams {
  room: string
  action: LinkAction
  /** On whom the presenter acts; the others act on themselves. */
  userID?: string
  /** The presenter's words for a refusal. */
  reason?: string
  /** How long a request or an invitation stands; 30 s by default. */
  timeoutMs?: number
}

/** One request: its parameters and its result. A handler is required for each (compile error otherwise). */
export interface Calls {
  login: { params: LoginParams; result: { userID: string; token: string } }
  logout: { params: Empty; result: Empty }
  /** Creates the room if it is absent; joining again is an update. */
  join: {
    params: JoinParams
    /** pushURL is '' for whoever does not publish. */
    result: RoomSnapshot & { pushURL: string }
  }
  leave: { params: { room: string }; result: Empty }
  /** After a drop: the notices since `seq`, or a snapshot when they are gone. NOT_MEMBER after the grace period, ROOM_CLOSED. */
  resume: {
    params: { room: string; epoch: string; seq: number }
    result: { notices: Notice[]; live?: LiveInfo } | { snapshot: RoomSnapshot }
  }
  publishUrl: { params: { room: string }; result: { pushURL: string } }
  /** liveURL in a live_room only; the presenter's is that of the mixed stream. auxURL while the member shares a screen. */
  playUrl: {
    params: { room: string; userID: string }
    result: { playURL: string; liveURL?: string; auxURL?: string }
  }
  /** Whether the member's microphone and camera are on. */
  announce: { params: { room: string; audio: boolean; video: boolean }; result: Empty }
  /**
   * Begins or ends one's auxiliary stream, a shared screen, beside the main one. What is so already is no error: asked
   * again it answers a fresh URL. '' once it has ended. FORBIDDEN for whoever does not publish; a join begins without one.
   */
  share: { params: { room: string; on: boolean }; result: { pushURL: string } }
  /**
   * To everyone in the room, or to the one user in it that `to` names. USER_NOT_FOUND when that user is not there, or
   * came by the HTTP protocol, which carries no messages.
   */
  send: { params: { room: string; kind: 'text' | 'custom'; data: unknown; to?: string }; result: { time: number } }
  /**
   * One step of link-mic. The server decides: its answer is the state that holds, whoever else acted meanwhile; what is
   * so already is no error. NOT_REQUESTED when there is nothing to answer, SEATS_FULL, FORBIDDEN. pushURL for a guest
   * that is on.
   */
  linkMic: { params: LinkMicParams; result: { link: LinkState; pushURL?: string } }
  /** Custom fields of a live_room. `inc` and `dec` add to a number or to nothing; a text is BAD_PARAMETER. */
  setCustom: {
    params: { room: string; field: string; operation: CustomOperation; value: unknown }
    result: { custom: Record<string, unknown> }
  }
  /** The audience of a live_room: everyone's number, and who they are (the first 200). */
  audiences: { params: { room: string }; result: { audiences: UserInfo[]; count: number } }
  /** index = offset from 0 */
  rooms: { params: { kind: RoomKind; index: number; cnt: number }; result: { rooms: RoomSummary[] } }
  ping: { params: Empty; result: Empty }
}

export type CustomOperation = 'set' | 'inc' | 'dec'
export type Empty = Record<string, never>
export type CallName = keyof Calls

/** `id` is made by the client and deduplicated by the server for 120 s: a lost answer is asked again with the same id. */
export interface RequestFrame<K extends CallName = CallName> {
  id: string
  op: K
  params: Calls[K]['params']
}

export type AnswerFrame<K extends CallName = CallName> =
  { re: string; ok: Calls[K]['result'] } | { re: string; error: { code: ErrorCode; message: string } }

export type Notice = { seq: number } & NoticeBody
/** Everyone in the room hears every notice, its originator too, so that sequence numbers have no gaps. */
export type NoticeBody =
  | { ev: 'memberJoined'; member: MemberInfo }
  | { ev: 'memberUpdated'; member: MemberInfo }
  | { ev: 'memberLeft'; userID: string; reason: LeaveReason }
  /** `to` is oneself, in a message to nobody else. */
  | { ev: 'message'; kind: 'text' | 'custom'; from: UserInfo; data: unknown; time: number; to?: string }
  /** One member has told another something; it only keeps the numbers without gaps. */
  | { ev: 'whispered' }

export interface NoticeFrame {
  room: string
  epoch: string
  notice: Notice
}

/** The room is over for this connection; nothing follows for it. */
export interface ClosedFrame {
  room: string
  closed: CloseReason
}

/** To the audience member concerned and to the presenter, at each change. */
export interface LinkFrame {
  room: string
  link: LinkState
  /** For a guest that is on. */
  pushURL?: string
}

/** At most one a second. Only the presenter is told who came and went, at most 20 of each. */
export interface AudienceFrame {
  room: string
  audience: { count: number; entered?: UserInfo[]; left?: UserInfo[] }
}

/** The presenter's connection is lost or back. */
export interface AwayFrame {
  room: string
  presenterAway: boolean
}

/** To a guest: the presenter has switched the guest's microphone off. */
export interface MuteFrame {
  room: string
  muted: boolean
}

/** News of a live_room that are not numbered: each says how it is now, and a resume says it all again. */
export type LiveFrame = LinkFrame | AudienceFrame | AwayFrame | MuteFrame

/** The server goes away: the client reconnects at a moment that it picks by chance, and resumes wherever it arrives. */
export interface MoveFrame {
  moveWithinMs: number
}

export type ServerFrame = AnswerFrame | NoticeFrame | ClosedFrame | LiveFrame | MoveFrame

/** Close codes of the socket that a client must not answer by reconnecting. */
export type FinalCloseCode = 4401 | 4409
