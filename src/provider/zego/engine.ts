/**
 * What is called of a `ZegoExpressEngine` of zego-express-engine-miniprogram 3.x, in its own names. A test holds it
 * equal to the package's types.
 */
export interface ZegoEngine extends ZegoCalls {
  // not by the event's name: a signature bound to our events would not take the package's, which has more of them
  /** Every event of the engine, of all rooms and streams. Answers whether it was taken. */
  on(event: keyof ZegoEvents, callBack: ZegoEvents[keyof ZegoEvents]): boolean
  /** Without `callBack` all listeners of the event go. */
  off(event: keyof ZegoEvents, callBack?: ZegoEvents[keyof ZegoEvents]): boolean
}

export interface ZegoCalls {
  /** Rejects with { code, msg }. */
  loginRoom(roomID: string, token: string, user: ZegoUser, config?: ZegoRoomConfig): Promise<boolean>
  /** Ends publishing and playing in that room as well; without an id in all rooms. */
  logoutRoom(roomID?: string): void
  /** Answers whether the engine is in that room. */
  renewToken(token: string, roomID?: string): boolean
  /** Answers the push URL. */
  startPublishingStream(streamID: string, publishOption?: ZegoPublishOption): Promise<ZegoStreamUrl>
  /** Answers whether it was published. */
  stopPublishingStream(streamID: string): boolean
  /** Answers the play URL. */
  startPlayingStream(streamID: string, playOption?: ZegoPlayOption): Promise<ZegoStreamUrl>
  /** Forgets the stream; the tag is stopped by whoever owns it. */
  stopPlayingStream(streamID: string): void
  /** The next address of a stream that is being published or played; '' when there is none left. */
  getNextUrl(streamID: string): string
  /** `event`: statechange as the tag gave it, for publisher and players alike */
  updatePlayerState(streamID: string, event: ZegoTagEvent): void
  /** `event`: netstatus as the tag gave it, for publisher and players alike */
  updatePlayerNetStatus(streamID: string, event: ZegoTagEvent): void
  /** A note of up to 1 KB on one's own stream, told by `streamExtraInfoUpdate`. */
  setStreamExtraInfo(streamID: string, extraInfo: string): Promise<ZegoResponse>
  /** To everyone in the room, up to 1 KB; not heard by oneself. */
  sendBroadcastMessage(roomID: string, message: string): Promise<ZegoResponse>
  /** To those users of the room, up to 1 KB. */
  sendCustomCommand(roomID: string, message: string, toUserIDList: string[]): Promise<ZegoResponse>
  /** Starts or changes a mixed stream. */
  startMixerTask(mixStreamConfig: ZegoMixTask): Promise<ZegoResponse>
  /** Ends a mixed stream. */
  stopMixerTask(taskID: string): Promise<ZegoResponse>
  /** How the next mixed streams look. */
  setMixerTaskConfig(config: ZegoMixLook): Promise<ZegoResponse>
}

export interface ZegoEvents {
  roomStateUpdate: (roomID: string, state: ZegoRoomState, errorCode: number, extendedData: string) => void
  /** `reason`: a {@link ZegoRoomReason} */
  roomStateChanged: (roomID: string, reason: ZegoRoomReasonValue, errorCode: number, extendedData: string) => void
  roomUserUpdate: (roomID: string, updateType: ZegoUpdate, userList: ZegoUser[]) => void
  roomOnlineUserCountUpdate: (roomID: string, count: number) => void
  roomStreamUpdate: (roomID: string, updateType: ZegoUpdate, streamList: ZegoStream[], extendedData: string) => void
  streamExtraInfoUpdate: (roomID: string, streamList: ZegoStreamNote[]) => void
  publishQualityUpdate: (streamID: string, stats: ZegoStats) => void
  playQualityUpdate: (streamID: string, stats: ZegoStats) => void
  /** 30 s before the token ends. */
  tokenWillExpire: (roomID: string) => void
  IMRecvBroadcastMessage: (roomID: string, chatData: ZegoMessage[]) => void
  IMRecvBarrageMessage: (roomID: string, messageInfo: ZegoMessage[]) => void
  IMRecvCustomCommand: (roomID: string, fromUser: ZegoUser, command: string) => void
}

export type ZegoRoomState = 'DISCONNECTED' | 'CONNECTING' | 'CONNECTED'
export type ZegoUpdate = 'DELETE' | 'ADD'
/** A string; the package has an enum of its own for it. */
export type ZegoRoomReasonValue = string
export type ZegoRoomReason =
  | 'LOGINING'
  | 'LOGINED'
  | 'LOGIN_FAILED'
  | 'RECONNECTING'
  | 'RECONNECTED'
  | 'RECONNECT_FAILED'
  | 'KICKOUT'
  | 'LOGOUT'
  | 'LOGOUT_FAILED'

export interface ZegoUser {
  userID: string
  userName?: string
}

export interface ZegoRoomConfig {
  /** Whether roomUserUpdate is told. */
  userUpdate?: boolean
  maxMemberCount?: number
}

export interface ZegoStreamUrl {
  streamID: string
  url: string
}

export interface ZegoPublishOption {
  sourceType?: 'CDN' | 'BGP'
  extraInfo?: string
}

export interface ZegoPlayOption {
  sourceType?: 'CDN' | 'BGP'
}

export interface ZegoStreamNote {
  streamID: string
  user: ZegoUser
  extraInfo: string
}

export interface ZegoStream extends ZegoStreamNote {
  urlsHttpsFLV: string
}

export interface ZegoTagEvent {
  readonly detail: {
    readonly code?: number
    readonly message?: string
    readonly info?: Readonly<Record<string, unknown>>
  }
}

/** 0 best … 4 dead; -1 = not known */
export interface ZegoStats {
  video: { videoQuality: number }
  audio: { audioQuality: number }
}

export interface ZegoMessage {
  fromUser: ZegoUser
  message: string
  /** ms since 1970 */
  sendTime: number
}

export interface ZegoResponse {
  errorCode: number
  extendedData?: string
}

export interface ZegoMixTask {
  taskID: string
  inputList: ZegoMixInput[]
  outputList: ZegoMixOutput[]
  outputConfig: ZegoMixOutputConfig
}

export interface ZegoMixInput {
  streamID: string
  /** px in the mixed picture */
  layout?: { top: number; left: number; bottom: number; right: number }
}

export interface ZegoMixOutput {
  /** A stream id, or a URL to push to. */
  target: string
}

export interface ZegoMixOutputConfig {
  /** kbps */
  outputBitrate: number
  outputFPS: number
  outputWidth: number
  outputHeight: number
}

/** How the mixed picture looks. */
export interface ZegoMixLook {
  /** 0xRRGGBBxx */
  backgroundColor?: number
}
