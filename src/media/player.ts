import { TypedEmitter } from '../util/emitter'
import type { EventSource } from '../util/emitter'
import type { PlayerContext } from './media-host'
import type { TagPhase } from './media-state'
import type { NativeCallbacks, NativeResult } from './native-call'
import { nativeMethods } from './native-methods'
import { PLAYER_METHODS } from './player-methods'
import type { PlayerMethods } from './player-methods'
import { SingleTag } from './single-tag'
import type { SingleTagOptions } from './single-tag'
import type { TagEvents, TagNativeEvent } from './tag-events'
import { PLAYER } from './tag-kind'

export interface PlayerEvents extends TagEvents {
  fullScreenChanged: [{ readonly fullScreen: boolean; readonly direction: string }]
}

/** `context`: what wx.createLivePlayerContext answers; everything it can do is called by name. */
export type CreatePlayerOptions = SingleTagOptions<Pick<PlayerContext, 'play' | 'stop'>>

/** Every method is bound: it may be handed on as it is. */
export interface Player extends PlayerMethods, EventSource<PlayerEvents> {
  /** `idle` before play() and after stop(). */
  readonly phase: TagPhase | 'idle'
  /**
   * Asks for the URL, sets it, and plays; answers when the platform has taken the call (`connected` tells when pictures
   * flow). While retrying, suspended or failed: tries again at once. While `reconnectReady` waits for the page: stops
   * and plays.
   * @throws RoomError by the promise: what refused the URL, NOT_SUPPORTED with the platform's words, BAD_CONFIG when
   *   the tag is not on the page, CANCELLED by stop() and destroy()
   */
  play(options?: NativeCallbacks): Promise<NativeResult>
  /** Stops playing and every retry. Idempotent. */
  stop(options?: NativeCallbacks): Promise<NativeResult>
  /** Handlers for the tag's events in WXML; without `statechange` nothing recovers. */
  statechange(event: TagNativeEvent): void
  /** Bind it to `bindnetstatus`. */
  netstatuschange(event: TagNativeEvent): void
  /** Bind it to `binderror`. */
  playerror(event: TagNativeEvent): void
  /** Bind it to `bindfullscreenchange`. */
  fullscreenchange(event: {
    readonly detail: { readonly fullScreen?: boolean | string; readonly direction?: string }
  }): void
  /** Stops the tag; no timer, listener or event after it. For the page's onUnload. Idempotent. */
  destroy(): void
}

/**
 * A `<live-player>` that comes back by itself, without any room: broken, it asks for a fresh URL, sets it, stops and
 * plays, as often as the policy says; at once when the network or the foreground is back.
 * @throws RoomError BAD_CONFIG when `url` is empty, or `setUrl` is missing without `autoRestart: false`
 * @example
 * // <live-player id="player" src="{{src}}" mode="RTC" bindstatechange="onState" />
 * onReady() {
 *   this.player = createPlayer({
 *     platform, policy, context: wx.createLivePlayerContext('player'),
 *     url: () => askServerForUrl(),
 *     setUrl: (src, done) => this.setData({ src }, done),
 *   })
 *   this.player.on('reconnecting', ({ attempt }) => this.setData({ attempt }))
 *   this.player.play()
 * },
 * onState(e) { this.player.statechange(e) },
 * onUnload() { this.player.destroy() },
 */
export function createPlayer(options: CreatePlayerOptions): Player {
  const { log } = options.platform
  const emitter = new TypedEmitter<PlayerEvents>((error) => log('error', 'A listener threw', error))
  const tag = new SingleTag({ ...PLAYER, noUrlAs: 'PLAY_LOST' }, options, emitter)
  return {
    ...nativeMethods<PlayerMethods>(PLAYER_METHODS, (name, style, args) => tag.call(name, style, args)),
    on: (name, listener) => emitter.on(name, listener),
    get phase() {
      return tag.phase
    },
    play: (callbacks) => tag.start(callbacks),
    stop: (callbacks) => tag.stop(callbacks),
    statechange: (event) => tag.reports.state(event),
    netstatuschange: (event) => tag.reports.network(event),
    playerror: (event) => tag.reports.error(event),
    fullscreenchange: ({ detail: { fullScreen, direction = '' } }) =>
      // some versions hand the flag over as text
      emitter.emit('fullScreenChanged', { fullScreen: fullScreen === true || fullScreen === 'true', direction }),
    destroy: () => tag.destroy(),
  }
}
