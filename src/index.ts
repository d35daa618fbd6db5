/**
 * The headless core: everything a component of one's own needs. Runs in a mini program, a browser and Node.
 * @module roomlet
 */
export { classify } from './codes/classify'
export type { MediaCode } from './codes/classify'
export type { MediaSignal, MediaTarget } from './codes/signals'
export { ERRORS } from './error-catalogue'
export type { ErrorEntry } from './error-entry'
export { RoomError, textOf } from './errors'
export type { ErrorCode, Language, RoomErrorOptions } from './errors'
export type { MediaHost, NativeCallOptions, PlayerContext, PublisherContext } from './media/media-host'
export type { MediaState, PlayerState, PublisherState, TagPhase, TagState } from './media/media-state'
export type { NativeCallbacks, NativeFailure, NativeResult, TagMethod, TagMethodWith } from './media/native-call'
export type { SingleTagOptions } from './media/single-tag'
export type { UrlDelivery } from './media/url-handover'
export { createPlayer } from './media/player'
export type { CreatePlayerOptions, Player, PlayerEvents } from './media/player'
export type { FullScreenOptions, PlayerMethods } from './media/player-methods'
export { createPublisher } from './media/publisher'
export type { CreatePublisherOptions, Publisher, PublisherEvents } from './media/publisher'
export type {
  BgmOptions,
  BlendedMakeupOptions,
  EyeBrowOptions,
  EyeShadowOptions,
  FilterOptions,
  LipStickOptions,
  MakeupOptions,
  PublisherMethods,
  Snapshot,
  SnapshotOptions,
  Sticker,
  StickerOptions,
  VolumeOptions,
} from './media/publisher-methods'
export type { BarCount, NetInfo } from './media/quality'
export type { RawMediaEvent } from './media/raw-event'
export type { TagEvents, TagNativeEvent } from './media/tag-events'
export type { TagReport } from './media/tag-reports'
export type {
  CloseReason,
  LeaveReason,
  LinkAction,
  LinkPhase,
  LinkReason,
  LinkState,
  Member,
  Role,
  RoomMessage,
  RosterSnapshot,
  Stream,
  StreamKind,
  UserInfo,
} from './model'
export type { Log, LogLevel, Platform, Socket, SocketHandlers } from './platform/platform'
export { createWxPlatform } from './platform/wx'
export type {
  AudienceNews,
  Capabilities,
  JoinRequest,
  JoinResult,
  LinkMicRequest,
  LiveInfo,
  OutgoingMessage,
  ProviderEvents,
  ProviderSession,
  ProviderSnapshot,
  RoomProvider,
} from './provider/provider'
export { registerProvider } from './provider/registry'
export { createRoomSession } from './room/create-room-session'
export type { CreateRoomSessionOptions } from './room/create-room-session'
export type { DeviceControl } from './room/device-control'
export { createFixedPolicy } from './room/fixed-policy'
export type { FixedPolicyOptions } from './room/fixed-policy'
export type { LinkMicDesk } from './room/link-mic-desk'
export type { LinkMicPhase, LinkMicState } from './room/link-mic-step'
export type { LiveState } from './room/live-step'
export { createDefaultPolicy } from './room/default-policy'
export type { ReconnectPolicy, RetryContext } from './util/reconnect-policy'
export { RoomSession } from './room/room-session'
export type { RoomSessionOptions } from './room/room-session'
export type { RetryInfo, RoomSessionEvents } from './room/session-events'
export { NEXT_PHASES } from './room/phases'
export type { Phase } from './room/phases'
export type { RoomState } from './room/room-state'
export type { Callbacks } from './util/answer-both-ways'
export type { EventSource, Listener, Unsubscribe } from './util/emitter'
export type { ViewPatch } from './view/diff-data'
export { diffView } from './view/diff-view'
export { isLayoutName } from './view/layout-name'
export { LAYOUTS } from './view/layouts'
export type { Layout, LayoutName, Led, Seated } from './view/layouts'
export type {
  EmptySlot,
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
} from './view/room-view'
export { selectRoomView } from './view/select-room-view'
export type { ViewOptions } from './view/select-room-view'
