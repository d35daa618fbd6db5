/** The callback style that every native context method takes. */
export interface NativeCallOptions {
  /** It was done. */
  success?(result?: unknown): void
  /** It was not; errMsg is the platform's. */
  fail?(error: { errMsg: string }): void
  /** After either. */
  complete?(result?: unknown): void
}

type NativeCall = (options?: NativeCallOptions) => void

/** The slice of wx.LivePusherContext that a room needs. */
export interface PublisherContext {
  start: NativeCall
  stop: NativeCall
  pause: NativeCall
  resume: NativeCall
  switchCamera: NativeCall
}

/** The slice of wx.LivePlayerContext that a room needs. */
export interface PlayerContext {
  play: NativeCall
  stop: NativeCall
  pause: NativeCall
  resume: NativeCall
}

/** What a component lends the core: its tags, and the moment at which a state stands on the page. */
export interface MediaHost {
  /** null while the tag is not on the page */
  publisher(): PublisherContext | null
  /** null while the slot is not on the page */
  player(slot: number): PlayerContext | null
  /** Calls back once the present state is on the page: in setData's callback, or soon when nothing differs. */
  afterRender(done: () => void): void
}
