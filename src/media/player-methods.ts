import type { NativeCallbacks, TagMethod, NativeResult } from './native-call'
import type { CallStyle } from './native-methods'
import type { Snapshot, SnapshotOptions } from './publisher-methods'

/** How the picture stands. */
export interface FullScreenOptions {
  /** 0 upright, 90 turned anticlockwise, -90 clockwise */
  readonly direction?: 0 | 90 | -90
}

/**
 * What LivePlayerContext can do beside play() and stop(). Each method takes callbacks, answers a promise, or both; it
 * rejects with NOT_SUPPORTED where this version of WeChat lacks it or refuses.
 * Sources: the platform's documentation, version in which a method came where it is not 1.7.0.
 */
export interface PlayerMethods {
  /** Base library 1.9.90. Remembered: a restart after a break is paused again until resume(). */
  pause: TagMethod
  resume: TagMethod
  mute: TagMethod
  /** Base library 2.7.1. */
  snapshot(options?: SnapshotOptions & NativeCallbacks<Snapshot>): Promise<Snapshot>
  /** Rejects as the platform does while nothing is played. */
  requestFullScreen(options?: FullScreenOptions & NativeCallbacks): Promise<NativeResult>
  exitFullScreen: TagMethod
  /** Not in the platform's documentation: where it is missing, the tag's `picture-in-picture-mode` opens the window. */
  requestPictureInPicture: TagMethod
  /** Leaves the small window, from any page. */
  exitPictureInPicture: TagMethod
  /** Base library 2.14.3, as its counterpart. */
  requestBackgroundPlayback: TagMethod
  exitBackgroundPlayback: TagMethod
  /** Opens the search for a screen, in a tap handler only; base library 2.32.0, as all of casting. */
  startCasting: TagMethod
  switchCasting: TagMethod
  reconnectCasting: TagMethod
  exitCasting: TagMethod
}

export const PLAYER_METHODS: Readonly<Record<keyof PlayerMethods, CallStyle>> = {
  pause: 'options',
  resume: 'options',
  mute: 'options',
  snapshot: 'options',
  requestFullScreen: 'options',
  exitFullScreen: 'options',
  requestPictureInPicture: 'options',
  exitPictureInPicture: 'options',
  requestBackgroundPlayback: 'plain',
  exitBackgroundPlayback: 'plain',
  startCasting: 'options',
  switchCasting: 'options',
  reconnectCasting: 'options',
  exitCasting: 'options',
}
