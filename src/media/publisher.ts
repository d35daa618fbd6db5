import '../vendor-errors'
import { TypedEmitter } from '../util/emitter'
import type { EventSource } from '../util/emitter'
import type { PublisherContext } from './media-host'
import type { TagPhase } from './media-state'
import type { NativeCallbacks, NativeResult } from './native-call'
import { nativeMethods } from './native-methods'
import { PUBLISHER_METHODS } from './publisher-methods'
import type { PublisherMethods } from './publisher-methods'
import { SingleTag } from './single-tag'
import type { SingleTagOptions } from './single-tag'
import type { TagEvents, TagNativeEvent } from './tag-events'
import { PUBLISHER } from './tag-kind'

export interface PublisherEvents extends TagEvents {
  bgmStarted: []
  /** ms since the beginning of the music, and its length */
  bgmProgressed: [{ readonly progress: number; readonly duration: number }]
  bgmCompleted: []
}

/** `context`: what wx.createLivePusherContext answers; everything it can do is called by name. */
export type CreatePublisherOptions = SingleTagOptions<Pick<PublisherContext, 'start' | 'stop'>>

/** Every method is bound: it may be handed on as it is. */
export interface Publisher extends PublisherMethods, EventSource<PublisherEvents> {
  /** `idle` before start() and after stop(). */
  readonly phase: TagPhase | 'idle'
  /**
   * Asks for the URL, sets it, and starts the tag; answers when the platform has taken the call (`connected` tells when
   * it publishes). While retrying, suspended or failed: tries again at once. While `reconnectReady` waits for the page:
   * stops and starts.
   * @throws RoomError by the promise: what refused the URL, NOT_SUPPORTED with the platform's words, BAD_CONFIG when
   *   the tag is not on the page, CANCELLED by stop() and destroy()
   */
  start(options?: NativeCallbacks): Promise<NativeResult>
  /** Stops publishing and every retry. Idempotent. */
  stop(options?: NativeCallbacks): Promise<NativeResult>
  /** Handlers for the tag's events in WXML; without `statechange` and `pusherror` nothing recovers. */
  statechange(event: TagNativeEvent): void
  /** Bind it to `bindnetstatus`. */
  netstatuschange(event: TagNativeEvent): void
  /** Bind it to `binderror`. */
  pusherror(event: TagNativeEvent): void
  /** Bind it to `bindbgmstart`. */
  bgmstart(event?: unknown): void
  /** Bind it to `bindbgmprogress`; times in ms. */
  bgmprogress(event: { readonly detail: { readonly progress?: number; readonly duration?: number } }): void
  /** Bind it to `bindbgmcomplete`. */
  bgmcomplete(event?: unknown): void
  /** Stops the tag; no timer, listener or event after it. For the page's onUnload. Idempotent. */
  destroy(): void
}

/**
 * A `<live-pusher>` that comes back by itself, without any room: broken, it asks for a fresh URL, sets it, stops and
 * starts, as often as the policy says; at once when the network or the foreground is back.
 * @throws RoomError BAD_CONFIG when `url` is empty, or `setUrl` is missing without `autoRestart: false`
 * @example
 * // <live-pusher url="{{url}}" mode="RTC" bindstatechange="onState" binderror="onError" />
 * onReady() {
 *   this.publisher = createPublisher({
 *     platform, policy, context: wx.createLivePusherContext(),
 *     url: () => askServerForUrl(),
 *     setUrl: (url, done) => this.setData({ url }, done),
 *   })
 *   this.publisher.on('reconnectFail', ({ code }) => this.setData({ code }))
 *   this.publisher.start()
 * },
 * onState(e) { this.publisher.statechange(e) },
 * onError(e) { this.publisher.pusherror(e) },
 * onUnload() { this.publisher.destroy() },
 */
export function createPublisher(options: CreatePublisherOptions): Publisher {
  const { log } = options.platform
  const emitter = new TypedEmitter<PublisherEvents>((error) => log('error', 'A listener threw', error))
  const tag = new SingleTag({ ...PUBLISHER, noUrlAs: 'PUSH_URL_FAILED' }, options, emitter)
  return {
    ...nativeMethods<PublisherMethods>(PUBLISHER_METHODS, (name, style, args) => tag.call(name, style, args)),
    on: (name, listener) => emitter.on(name, listener),
    get phase() {
      return tag.phase
    },
    start: (callbacks) => tag.start(callbacks),
    stop: (callbacks) => tag.stop(callbacks),
    statechange: (event) => tag.reports.state(event),
    netstatuschange: (event) => tag.reports.network(event),
    pusherror: (event) => tag.reports.error(event),
    bgmstart: () => emitter.emit('bgmStarted'),
    bgmprogress: ({ detail: { progress = 0, duration = 0 } }) => emitter.emit('bgmProgressed', { progress, duration }),
    bgmcomplete: () => emitter.emit('bgmCompleted'),
    destroy: () => tag.destroy(),
  }
}
