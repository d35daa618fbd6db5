export type { Clock } from './clock'
export { DeliveryError, type Destination } from './events/destination'
export type { DispatcherCounts } from './events/dispatcher'
export type {
  Announcement,
  ReportedEvent,
  RoomChange,
  RoomEnd,
  RoomEvent,
  RoomEventBody,
  StreamEvent,
} from './events/room-event'
export type { RecordFile } from './events/record-file'
export { createStreamOwnerOf, type OwnedStream, type StreamOwnerOf } from './events/stream-owner'
export { createWebhook, type WebhookOptions } from './events/webhook'
export {
  makeWebhookSign,
  verifyWebhookSign,
  WEBHOOK_HEADERS,
  type WebhookClaim,
  type WebhookSignRequest,
} from './events/webhook-signature'
export { createGate, type Gate, type GateAnswer, type GateRefusal } from './gate'
export { LIMIT_ENTRIES, type Limits } from './config/limits'
export { createImNotifier, type ImNotifierOptions } from './im/im-notifier'
export type { ImAccount } from './im/im-rest'
export { HTTP_SERVER_OPTIONS, httpServerOptions, type HttpServerOptions } from './http/http-server-options'
export type { UserVerifier } from './identity'
export type { MediaServerApi } from './media/media-server-api'
export { createNginxRtmpControl, type NginxRtmpControlOptions } from './media/nginx-rtmp-control'
export type { RemotePublisher } from './media/remote-streams'
export { createSrsApi, type SrsApiOptions } from './media/srs-api'
export type { StreamChange } from './media/stream-change'
export { StreamGate, type Admission } from './media/stream-gate'
export { createKeys, type Keys } from './keys'
export type { Log, LogLevel } from './log'
export type { Meter } from './metrics/meter'
export { createMetrics, type Metrics } from './metrics/metrics'
export { createNoMixer, type MixedRoom, type Mixer, type MixResult } from './mixer/mixer'
export { createTencentMixer, type TencentMixerOptions } from './mixer/tencent-mixer'
export { createRoomHub, type RoomHub, type RoomHubOptions } from './room-hub'
export { createRoomService, type RoomService, type RoomServiceOptions } from './room-service'
export { MemoryStore, type MemoryStoreOptions } from './store/memory-store'
export type { Outbox, OutboxEntry, OutboxReader } from './store/outbox'
export { RedisStore, type RedisStoreOptions } from './store/redis/redis-store'
export * from './store/lifetimes'
export type { Store } from './store/store'
export * from './store/store-event'
export * from './store/store-ops'
export * from './store/stored-room'
export * from './store/stored-streams'
export { StoreUnavailable } from './store/store-unavailable'
export { parseStreamName, streamNameOf, type PublishedKind, type StreamOwner } from './stream-name'
export { createStreamUrls, type Reach, type StreamAction, type StreamUrls } from './stream-urls'
export {
  makeUserSig,
  userSigFault,
  verifyUserSig,
  type UserSigClaim,
  type UserSigContent,
  type UserSigFault,
  type UserSigRequest,
} from './tickets/user-sig'
export {
  makeLegacyPrivateMapKey,
  makeLegacyUserSig,
  verifyLegacyPrivateMapKey,
  verifyLegacyUserSig,
  type LegacyPrivateMapKeyRequest,
  type LegacyUserSigClaim,
  type LegacyUserSigRequest,
} from './tickets/legacy-user-sig'
export { nginxRtmpUrls, srsUrls, type MediaServerUrlRequest } from './tickets/media-server-urls'
export { playUrls, type PlayUrlRequest, type PlayUrls } from './tickets/play-urls'
export {
  makePrivateMapKey,
  verifyPrivateMapKey,
  type PrivateMapKeyClaim,
  type PrivateMapKeyRequest,
} from './tickets/private-map-key'
export { ROOM_PRIVILEGES, type RoomGrant } from './tickets/room-grant'
export {
  makeStreamToken,
  verifyStreamToken,
  type StreamTokenClaim,
  type StreamTokenRequest,
} from './tickets/stream-token'
export {
  makeTxSecret,
  tencentLowLatencyUrl,
  tencentPushUrl,
  verifyTxSecret,
  type TencentLiveUrlRequest,
  type TxSecretRequest,
} from './tickets/tencent-live'
export type { TicketFault, TicketResult } from './tickets/ticket-result'
export {
  makeLiveCallbackSign,
  makeMixStreamApiSign,
  makeTrtcCallbackSign,
  verifyLiveCallbackSign,
  verifyMixStreamApiSign,
  verifyTrtcCallbackSign,
  type TimedSignClaim,
  type TimedSignRequest,
  type TrtcCallbackRequest,
} from './tickets/vendor-sign'
export {
  makeZegoLoginToken,
  makeZegoServerToken,
  verifyZegoLoginToken,
  type ZegoLoginTokenClaim,
  type ZegoLoginTokenRequest,
  type ZegoServerTokenRequest,
} from './tickets/zego-login-token'
export {
  makeZegoToken04,
  verifyZegoToken04,
  zegoPrivileges,
  type ZegoToken04Claim,
  type ZegoToken04Content,
  type ZegoToken04Request,
} from './tickets/zego-token04'
export { RoomError, type ErrorCode } from '../../src/errors'
