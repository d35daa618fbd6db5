import type { RoomError } from '../errors'
import type { BarCount, NetInfo } from './quality'
import type { TagReport } from './tag-reports'

/** What a publisher and a player tell alike. */
export interface TagEvents {
  /** It runs for the first time since it was started: 1002 or its equivalents, pictures of a player. */
  connected: []
  /** Broken, and about to be tried again. `attempt` counts from 1. */
  reconnecting: [{ readonly attempt: number; readonly error: RoomError }]
  /** The fresh URL of a retry stands on the page (without `setUrl`: is to be set by the page). */
  reconnectReady: [{ readonly url: string }]
  /** It runs again, by this attempt. Follows every `reconnecting` that ended well. */
  reconnected: [{ readonly attempt: number }]
  /**
   * It will not come back by itself: PUSH_LOST or PLAY_LOST when the policy gave up, CAMERA_DENIED, MICROPHONE_DENIED,
   * or what the URL source threw. Starting it again is another try.
   */
  reconnectFail: [RoomError]
  /** Every code of statechange, with its meaning. */
  stateChanged: [TagReport]
  /** Every code of the tag's error event, with its meaning. */
  errorReported: [TagReport]
  /** The `info` of every netstatus, in the platform's own names and units. */
  networkMeasured: [NetInfo]
  /** The network's bars differ from the last. */
  qualityChanged: [BarCount]
}

/** Where a tag tells its events: an emitter that may have more of them. */
export interface TagNews {
  emit<K extends keyof TagEvents>(name: K, ...args: TagEvents[K]): void
  clear(): void
}

/** The part of a tag's native event that is looked at. */
export interface TagNativeEvent {
  readonly detail: {
    readonly code?: number
    readonly message?: string
    readonly errCode?: number
    readonly errMsg?: string
    readonly info?: NetInfo
  }
}
