/**
 * The headless core: everything a component of one's own needs. Runs in a mini program, a browser and Node.
 * @module roomlet
 */
export { classify } from './codes/classify'
export type { MediaCode } from './codes/classify'
export type { MediaSignal, MediaTarget } from './codes/signals'
export { ERRORS } from './error-catalogue'
export { RoomError, textOf } from './errors'
export type { ErrorCode, Language } from './errors'
export type { MediaHost, PlayerContext, PublisherContext } from './media/media-host'
export type { MediaState, PlayerState, PublisherState, TagPhase } from './media/media-state'
export type { NativeCallbacks, NativeFailure, NativeResult } from './media/native-call'
export { createPlayer } from './media/player'
export type { CreatePlayerOptions, Player, PlayerEvents } from './media/player'
export type { PlayerMethods } from './media/player-methods'
export { createPublisher } from './media/publisher'
export type { CreatePublisherOptions, Publisher, PublisherEvents } from './media/publisher'
export type { PublisherMethods } from './media/publisher-methods'
export type { RawMediaEvent } from './media/raw-event'
export type { TagEvents, TagNativeEvent } from './media/tag-events'
export type { TagReport } from './media/tag-reports'
export type { CloseReason, LeaveReason, Member, Role, RoomMessage, RosterSnapshot, Stream, UserInfo } from './model'
export type { Platform, Socket, SocketHandlers } from './platform/platform'
export { createWxPlatform } from './platform/wx'
export type {
  Capabilities,
  JoinRequest,
  JoinResult,
  OutgoingMessage,
  ProviderEvents,
  ProviderSession,
  RoomProvider,
} from './provider/provider'
export { registerProvider } from './provider/registry'
export { createRoomSession } from './room/create-room-session'
export type { CreateRoomSessionOptions } from './room/create-room-session'
export { createFixedPolicy } from './room/fixed-policy'
export type { FixedPolicyOptions } from './room/fixed-policy'
export { createDefaultPolicy } from './room/default-policy'
export type { ReconnectPolicy, RetryContext } from './util/reconnect-policy'
export { RoomSession } from './room/room-session'
export type { RoomSessionOptions } from './room/room-session'
export type { RetryInfo, RoomSessionEvents } from './room/session-events'
export { NEXT_PHASES } from './room/phases'
export type { Phase } from './room/phases'
export type { RoomState } from './room/room-state'
export { diffView } from './view/diff-view'
export { isLayoutName } from './view/layout-name'
export { LAYOUTS } from './view/layouts'
export type { LayoutName } from './view/layouts'
export type { PublisherOptions, RoomView, TileState } from './view/room-view'
export { selectRoomView } from './view/select-room-view'
export type { ViewOptions } from './view/select-room-view'
