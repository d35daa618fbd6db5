/**
 * A live-pusher or a live-player without a room, which comes back by itself.
 * @module roomlet/media
 */
import { createPlayer as createHeadlessPlayer } from '../../src/media/player'
import type { CreatePlayerOptions, Player } from '../../src/media/player'
import { createPublisher as createHeadlessPublisher } from '../../src/media/publisher'
import type { CreatePublisherOptions, Publisher } from '../../src/media/publisher'
import type { Platform } from '../../src/platform/platform'
import { createWxPlatform } from '../../src/platform/wx'
import { createDefaultPolicy } from '../../src/room/default-policy'

export { RoomError, textOf } from '../../src/errors'
export type { ErrorCode, Language } from '../../src/errors'
export type { TagPhase } from '../../src/media/media-state'
export type { NetInfo } from '../../src/media/quality'
export type { TagEvents, TagNativeEvent } from '../../src/media/tag-events'
export { createFixedPolicy } from '../../src/room/fixed-policy'
export { createDefaultPolicy } from '../../src/room/default-policy'
export type { ReconnectPolicy } from '../../src/util/reconnect-policy'
export type { Player, PlayerEvents } from '../../src/media/player'
export type { Publisher, PublisherEvents } from '../../src/media/publisher'

type Surroundings = Partial<Pick<CreatePublisherOptions, 'platform' | 'policy'>>
type Prefilled = keyof Surroundings | 'context'

/** What a mini program has at hand need not be named; each member of a union keeps its own rules. */
type WithDefaults<Options> = Options extends { [K in Prefilled]: unknown }
  ? Omit<Options, Prefilled> & { readonly [K in Prefilled]?: Options[K] }
  : never

/** Where the tag is, when it is not the page itself that holds it. */
export interface TagOfComponent {
  /** The component instance that holds the tag, when it is not the page itself. */
  readonly component?: object
}

/**
 * `url`, `setUrl` and `autoRestart` as of {@link CreatePublisherOptions}. `platform`, `policy` and `context`, which the headless core has to
 * be given, are the mini program's own unless told.
 */
export type PagePublisherOptions = WithDefaults<CreatePublisherOptions> &
  TagOfComponent & {
    /** Needed with `component`; a page has one live-pusher at most. */
    readonly id?: string
  }

/** As {@link PagePublisherOptions}, and which live-player of the page it is. */
export type PagePlayerOptions = WithDefaults<CreatePlayerOptions> &
  TagOfComponent & {
    /** `id` of the live-player in WXML. */
    readonly id: string
  }

/**
 * A `<live-pusher>` that comes back by itself. Time, network and foreground are the mini program's; the policy is the
 * default one.
 * @throws RoomError BAD_CONFIG when `url` is empty, or `setUrl` is missing without `autoRestart: false`
 * @example
 * // <live-pusher url="{{url}}" mode="RTC" bindstatechange="onState" binderror="onError" />
 * onReady() {
 *   const setUrl = (url, done) => this.setData({ url }, done)
 *   this.publisher = createPublisher({ url: () => askServerForUrl(), setUrl })
 *   this.publisher.on('reconnecting', ({ attempt }) => this.setData({ attempt }))
 *   this.publisher.on('reconnected', () => this.setData({ attempt: 0 }))
 *   this.publisher.start()
 * },
 * onState(e) { this.publisher.statechange(e) },
 * onError(e) { this.publisher.pusherror(e) },
 * onUnload() { this.publisher.destroy() },
 */
export function createPublisher(options: PagePublisherOptions): Publisher {
  const { id, component } = options
  const find = () =>
    id !== undefined && component ? wx.createLivePusherContext(id, component) : wx.createLivePusherContext()
  return createHeadlessPublisher({ ...options, ...surroundings(options), context: options.context ?? find })
}

/**
 * A `<live-player>` that comes back by itself. Time, network and foreground are the mini program's; the policy is the
 * default one.
 * @throws RoomError BAD_CONFIG when `url` is empty, or `setUrl` is missing without `autoRestart: false`
 * @example
 * // <live-player id="player" src="{{src}}" mode="RTC" bindstatechange="onState" />
 * onReady() {
 *   const setUrl = (src, done) => this.setData({ src }, done)
 *   this.player = createPlayer({ id: 'player', url: () => askServerForUrl(), setUrl })
 *   this.player.on('connected', () => this.setData({ waiting: false }))
 *   this.player.on('reconnectFail', ({ code }) => this.setData({ code }))
 *   this.player.play()
 * },
 * onState(e) { this.player.statechange(e) },
 * onUnload() { this.player.destroy() },
 */
export function createPlayer(options: PagePlayerOptions): Player {
  const { id, component } = options
  const find = () => (component ? wx.createLivePlayerContext(id, component) : wx.createLivePlayerContext(id))
  return createHeadlessPlayer({ ...options, ...surroundings(options), context: options.context ?? find })
}

let shared: Platform | null = null

/** The mini program's own, made when it is first asked for. */
function surroundings({ platform = (shared ??= createWxPlatform()), policy }: Surroundings): Required<Surroundings> {
  return { platform, policy: policy ?? createDefaultPolicy(platform) }
}
