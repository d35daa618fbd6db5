/**
 * The nouns of a room. Everything here is plain JSON, so that it can cross a socket, a setData and a test unchanged.
 */

/** What a member may do: `anchor` publishes, `audience` only plays. */
export type Role = 'anchor' | 'audience'

/** `live` is what the audience of a broadcast plays: HTTP-FLV, seconds behind, mixed where the server mixes. */
export type StreamKind = 'main' | 'aux' | 'small' | 'live'

/** One playable stream of one member. `streamId` is `{userID}_{kind}` and stays the same over reconnects. */
export interface Stream {
  readonly streamId: string
  readonly userID: string
  readonly kind: StreamKind
  /** Play URL as last handed out; it expires, so every retry asks the provider for a new one. */
  readonly url: string
  readonly hasAudio: boolean
  readonly hasVideo: boolean
}

/** A person as the others see them. */
export interface UserInfo {
  readonly userID: string
  readonly userName: string
  /** URL of a picture, or '' */
  readonly userAvatar: string
}

/** Someone in the room who publishes, with what can be played of them. */
export interface Member extends UserInfo {
  readonly streams: readonly Stream[]
}

/** The full truth about a room at one moment. Members stand in the order of joining and never include oneself. */
export interface RosterSnapshot {
  readonly roomId: string
  readonly roomName: string
  /** userID of the member who created the room; '' when unknown */
  readonly creator: string
  readonly members: readonly Member[]
}

/** A message to everyone in the room. */
export interface RoomMessage {
  readonly kind: 'text' | 'custom'
  readonly from: UserInfo
  /** The text, or the custom payload as it was sent (any JSON value). */
  readonly data: unknown
  /** Server time, ms since 1970. */
  readonly time: number
  /** Said to oneself alone. */
  readonly isDirect?: boolean
}

/** Where one audience member stands with link-mic; `on` = a seat is granted. */
export type LinkPhase = 'off' | 'requesting' | 'invited' | 'on'
/**
 * How the phase came about. `ended`: the guest left the seat or the room · `cancelled`: whoever asked thought better of
 * it · `lost`: the guest was gone for longer than the grace period
 */
export type LinkReason = 'accepted' | 'rejected' | 'timeout' | 'cancelled' | 'ended' | 'kicked' | 'lost'

/** Link-mic of one audience member, as the server has it. */
export interface LinkState {
  readonly user: UserInfo
  readonly phase: LinkPhase
  /** Rises with every change of link-mic in the room: of two states of one user, the one with the higher rev is newer. */
  readonly rev: number
  readonly reason?: LinkReason
  /** The presenter's words for the refusal. */
  readonly text?: string
  /** Server time at which a request or an invitation runs out, ms since 1970. */
  readonly expiresAt?: number
}

/**
 * By the audience member: request, cancel, acceptInvite, rejectInvite, leave. By the presenter, on somebody: accept,
 * reject, invite, kick (a guest out, or an invitation back), mute.
 */
export type LinkAction =
  'request' | 'cancel' | 'acceptInvite' | 'rejectInvite' | 'leave' | 'accept' | 'reject' | 'invite' | 'kick' | 'mute'

/** `lost`: gone without a word for longer than the grace period. */
export type LeaveReason = 'left' | 'lost' | 'kicked'
/** Why the room is over for this member; `replaced`: the same user has entered it elsewhere. */
export type CloseReason = 'destroyed' | 'kicked' | 'replaced' | 'expired'

/** `{userID}_{kind}`, the stable name of a stream. */
export function streamIdOf(userID: string, kind: StreamKind): string {
  return `${userID}_${kind}`
}
