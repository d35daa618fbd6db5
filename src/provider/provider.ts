import type { RoomError } from '../errors'
import type { BarCount } from '../media/quality'
import type { RawMediaEvent } from '../media/raw-event'
import type {
  CloseReason,
  LeaveReason,
  LinkAction,
  LinkState,
  Member,
  Role,
  RoomMessage,
  RosterSnapshot,
  Stream,
  UserInfo,
} from '../model'
import type { Platform } from '../platform/platform'
import type { EventSource } from '../util/emitter'

/** What a vendor can do. Asking for what it cannot is NOT_SUPPORTED, naming provider and feature. */
export interface Capabilities {
  readonly messages: boolean
  readonly linkMic: boolean
  /** Rooms without an id are given one. */
  readonly createRooms: boolean
  /** Rooms in which one presents and an audience watches. */
  readonly broadcasts: boolean
  /** Members of a call who only watch. */
  readonly callAudience: boolean
}

/** What one member asks for when joining. */
export interface JoinRequest {
  /** '' = let the provider choose the id of a new room */
  readonly roomId: string
  readonly roomName: string
  readonly role: Role
  /**
   * A call, where everyone is an anchor, one that is listed with those of web pages, or a broadcast, where the one
   * anchor presents. A call by default.
   */
  readonly kind?: 'call' | 'webrtc' | 'live'
  /** At most this many members, oneself included; providers that cannot limit a room ignore it. */
  readonly capacity: 'pair' | 'group'
  readonly userName: string
  readonly userAvatar: string
  /** Whether microphone and camera are on when joining. */
  readonly audio: boolean
  readonly video: boolean
  /** A room that is made by this is to be recorded, by whatever the provider has for it. */
  readonly record?: boolean
  /** What the application's backend has signed for this user and this room, where the provider asks for it. */
  readonly privateMapKey?: string
}

/** What a broadcast has beside its members. */
export interface LiveInfo {
  /** HTTP-FLV URL of what the audience plays: the mixed stream, or the presenter's own. */
  readonly liveUrl: string
  /** People in the room beside the presenter, guests included. */
  readonly audienceCount: number
  /** The presenter has dropped and may come back. */
  readonly presenterAway: boolean
  /** For the presenter everyone who is not off, for the audience oneself if not off. */
  readonly links: readonly LinkState[]
}

/** The roster of a broadcast has those who publish: the presenter and the guests, each with a stream `live` beside `main`. */
export interface ProviderSnapshot extends RosterSnapshot {
  /** Of a broadcast only. */
  readonly live?: LiveInfo
}

/** A step of link-mic, by whoever asks or by the presenter. */
export interface LinkMicRequest {
  readonly action: LinkAction
  /** On whom the presenter acts. */
  readonly userID?: string
  /** The presenter's words for a refusal. */
  readonly reason?: string
  /** How long a request or an invitation stands, ms; 30 s by default. */
  readonly timeoutMs?: number
}

/** How many watch, and who came and went. */
export interface AudienceNews {
  readonly count: number
  /** Only the presenter is told, and not everyone when many come and go at once. */
  readonly entered: readonly UserInfo[]
  readonly left: readonly UserInfo[]
}

/** The room as it is at the moment of joining. */
export interface JoinResult extends ProviderSnapshot {
  readonly selfId: string
  /** URL to publish to; '' for an audience. Expires, see {@link ProviderSession.publishUrl}. */
  readonly publishUrl: string
}

/** A message on its way to everyone in the room. */
export interface OutgoingMessage {
  readonly kind: 'text' | 'custom'
  /** The text, or any JSON value. */
  readonly data: unknown
  /** The one member that is told, everyone unless given. USER_NOT_FOUND; NOT_SUPPORTED where a provider cannot. */
  readonly to?: string
}

/** What changes after a join. One's own doings are not told. */
export type ProviderEvents = {
  memberJoined: [Member]
  memberUpdated: [Member]
  memberLeft: [userID: string, reason: LeaveReason]
  message: [RoomMessage]
  /**
   * Link-mic of one person changed: for the presenter anyone's, for the audience one's own. Older states than those
   * already told are left out. `publishUrl` is '' unless one's own seat was granted.
   */
  linkChanged: [link: LinkState, publishUrl: string]
  audienceChanged: [AudienceNews]
  presenterAway: [boolean]
  /** The presenter has switched one's microphone off; the page has to follow. */
  mutedByPresenter: [boolean]
  /** The vendor's own view of the network of one's own stream (null) or of one that is played; -1 = it has none. */
  qualityMeasured: [streamId: string | null, bars: BarCount]
  /** The link to the vendor went down; the provider is mending it by itself, try after try. */
  connectionLost: [RoomError]
  connectionRetried: [attempt: number]
  /** It is up again: the roster may be stale until {@link ProviderSession.resume} has answered. */
  connectionRestored: []
  /** The room is over for this member. */
  closed: [reason: CloseReason, error?: RoomError]
}

/** One join of one member; discarded after close(). */
export interface ProviderSession {
  readonly events: EventSource<ProviderEvents>
  /** Push URL and full roster, in one round trip where the vendor allows it. Rejects with a RoomError. */
  join(request: JoinRequest): Promise<JoinResult>
  /** The full truth after a drop, never deltas. Messages missed are emitted before it resolves. */
  resume(): Promise<ProviderSnapshot>
  /** A fresh publish URL; asked again on every reconnect, because URLs expire. */
  publishUrl(): Promise<string>
  /** A fresh play URL. */
  playUrl(stream: Stream): Promise<string>
  /** Tells the others whether microphone and camera are on. */
  announce?(state: { audio: boolean; video: boolean }): Promise<void>
  /** Codes of the tags, for vendors that carry the room inside them. */
  onMedia?(event: RawMediaEvent): void
  /** Resolves once the vendor has taken the message. Rejects with MESSAGE_TOO_LONG, NOT_MEMBER or CANCELLED. */
  send?(message: OutgoingMessage): Promise<void>
  /** One step of link-mic. The server decides; the answer is the state that holds. */
  linkMic?(request: LinkMicRequest): Promise<{ readonly link: LinkState; readonly publishUrl: string }>
  /** How long the vendor's service took for its last sign of life, ms, where that is measured; 0 = not yet. */
  readonly roundTrip?: number
  /** Leaves the room. Idempotent; whatever is pending rejects as CANCELLED. */
  close(): Promise<void>
}

/** A vendor, as `registerProvider` takes it. */
export interface RoomProvider {
  readonly name: string
  readonly capabilities: Capabilities
  /** @throws RoomError BAD_CONFIG that names the field */
  open(platform: Platform, config: unknown): ProviderSession
}
