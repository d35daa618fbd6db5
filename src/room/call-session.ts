import { RoomError, toRoomError } from '../errors'
import type { MediaHost } from '../media/media-host'
import type { MediaSession } from '../media/media-session'
import type { MediaState } from '../media/media-state'
import type { RawMediaEvent } from '../media/raw-event'
import type { LinkAction } from '../model'
import type { Platform } from '../platform/platform'
import { checkCapabilities, notSupported } from '../provider/capabilities'
import type { JoinRequest, JoinResult, OutgoingMessage, ProviderSession, RoomProvider } from '../provider/provider'
import { deferred } from '../util/deferred'
import type { Deferred } from '../util/deferred'
import { TypedEmitter } from '../util/emitter'
import type { EventSource, Unsubscribe } from '../util/emitter'
import type { ReconnectPolicy } from '../util/reconnect-policy'
import { RetryTimer } from '../util/retry-timer'
import { DeviceControl } from './device-control'
import type { LiveEvent } from './live-step'
import { RoomLink } from './room-link'
import type { Dispatch } from './room-link'
import { createRoomMedia } from './room-media'
import { IDLE_ROOM } from './room-state'
import type { RoomState } from './room-state'
import { roomStep } from './room-step'
import type { BroadcastSteps, RoomEffect, RoomEvent, RoomFacts } from './room-step'
import type { RoomReport, RoomSessionEvents } from './session-events'
import { wantedStreams } from './wanted-streams'

/** What a session stands on. */
export interface RoomSessionOptions {
  readonly platform: Platform
  readonly provider: RoomProvider
  readonly providerConfig: unknown
  readonly host: MediaHost
  readonly policy: ReconnectPolicy
  /** Tiles shown at most, one's own included while one publishes. */
  readonly seats: number
  /** false: whoever comes is shown, and played once {@link CallSession.setPlaying} asks for it. true unless told. */
  readonly autoplay?: boolean
}

/** What a broadcast has beside a call: link-mic, the audience, the presenter. */
export interface Broadcasts extends BroadcastSteps {
  /** Hears what the provider's session tells of it. */
  follow(session: ProviderSession): Unsubscribe[]
  /** One's own step of link-mic, decided by the machine. */
  ask(action: LinkAction): void
  /** The media have moved. */
  update(): void
  /** The room is over. */
  close(): void
}

/** What a session lends its {@link Broadcasts}. */
export interface BroadcastPort {
  readonly options: RoomSessionOptions
  readonly emitter: TypedEmitter<RoomSessionEvents>
  /** null while there is no room */
  session(): ProviderSession | null
  room(): RoomState
  media(): MediaState
  dispatch(event: LiveEvent): void
}

const NO_MEDIA: MediaState = { publisher: null, slots: [] }

/**
 * A member's stay in a room: joins, publishes, plays, recovers, leaves. Headless: a component lends it its tags
 * (`host`) and draws its state. start() and stop() may follow each other as often and as fast as one likes.
 */
export class CallSession {
  readonly events: EventSource<RoomSessionEvents>
  private readonly emitter: TypedEmitter<RoomSessionEvents>
  /** Camera, microphone, music and pictures, beside what a session does with the tags by itself. */
  readonly device: DeviceControl
  private readonly retry: RetryTimer
  private state: RoomState = IDLE_ROOM
  private link: RoomLink | null = null
  private tags: MediaSession | null = null
  private request: JoinRequest | null = null
  private starting: Deferred<JoinResult> | null = null
  private leaving: Promise<void> = Promise.resolve()
  private seats: number
  /** Whom to play and whom not, as far as that was asked for in this stay. */
  private readonly playing = new Map<string, boolean>()
  private cleanUps: Unsubscribe[] = []
  /** Platform time at which the room was lost last, ms. */
  private lostAt = 0
  private disposed = false

  private readonly broadcasts: Broadcasts | undefined

  constructor(
    protected readonly options: RoomSessionOptions,
    broadcastsOf?: (port: BroadcastPort) => Broadcasts,
  ) {
    const { platform, policy, seats } = options
    this.seats = seats
    this.retry = new RetryTimer(platform, policy)
    const emitter = new TypedEmitter<RoomSessionEvents>((error) => platform.log('error', 'A listener threw', error))
    this.events = this.emitter = emitter
    const [room, media] = [() => this.state, () => this.media]
    this.device = new DeviceControl({ host: options.host, media, room })
    this.broadcasts = broadcastsOf?.({
      options,
      emitter,
      room,
      media,
      session: () => this.link?.session ?? null,
      dispatch: (event) => this.dispatch('live', event),
    })
  }

  get room(): RoomState {
    return this.state
  }

  get media(): MediaState {
    return this.tags?.state ?? NO_MEDIA
  }

  /**
   * Joins the room, creating it if it is absent, and publishes. Called again while joining or joined it answers
   * with the same promise.
   * @throws RoomError by the promise: what the provider answered, BAD_CONFIG, or CANCELLED when stop() came first
   */
  start(request: JoinRequest): Promise<JoinResult> {
    if (this.disposed) return Promise.reject(new RoomError('CANCELLED', 'The component has left the page'))
    if (this.starting) return this.starting.promise
    this.request = request
    this.starting = deferred()
    const { promise } = this.starting
    this.dispatch('startRequested', request)
    return promise
  }

  /** Leaves the room. Idempotent, never rejects: locally everything ends at once, the server is told as well as can be. */
  stop(): Promise<void> {
    this.dispatch('stopRequested')
    return this.leaving
  }

  /** stop() without waiting, and no event after it: the component leaves the page. */
  dispose(): void {
    this.disposed = true
    this.emitter.clear()
    void this.stop()
  }

  /** Pauses one's own publishing and all playing; the room goes on. */
  pause(): void {
    this.tags?.setPaused(true)
  }

  /** Ends a pause. */
  resume(): void {
    this.tags?.setPaused(false)
  }

  /** @throws RoomError NOT_MEMBER while nothing is published, NOT_SUPPORTED with the platform's words */
  async switchCamera(): Promise<void> {
    await this.device.own('switchCamera')
  }

  /**
   * Microphone or camera was switched: the others are told, also when the room has to be joined again. The platform
   * takes a switched camera over at the start of a live-pusher only, so that one is restarted.
   */
  announce(state: { audio: boolean; video: boolean }): void {
    if (this.request && this.request.video !== state.video) this.tags?.restartPublisher()
    if (this.request) this.request = { ...this.request, ...state }
    this.link?.session.announce?.(state).catch((error: unknown) => {
      this.options.platform.log('warn', 'The others could not be told of microphone and camera', error)
    })
  }

  /** @throws RoomError NOT_MEMBER before joining, NOT_SUPPORTED by provider, MESSAGE_TOO_LONG … by the server */
  async send(message: OutgoingMessage): Promise<void> {
    const session = this.state.selfId ? this.link?.session : undefined
    if (!session) throw new RoomError('NOT_MEMBER', 'Messages can be sent once start() has joined')
    if (!session.send) throw notSupported(this.options.provider.name, 'messages')
    await session.send(message)
  }

  /** The layout changed: this many tiles are shown at most. */
  setSeats(seats: number): void {
    if (seats === this.seats) return
    this.seats = seats
    this.syncPlayers()
    this.emitter.emit('changed')
  }

  /** Plays somebody's streams, or keeps their tiles without playing them. Holds until the end of this stay. */
  setPlaying(userID: string, playing: boolean): void {
    this.playing.set(userID, playing)
    this.syncPlayers()
    this.emitter.emit('changed')
  }

  /** Hands in a native event of one of the tags. */
  handleMedia(event: RawMediaEvent): void {
    this.link?.session.onMedia?.(event)
    this.tags?.handle(event)
  }

  /** An attribute was changed that a live-pusher takes over only at its start, such as `mode`. */
  restartPublisher(): void {
    this.tags?.restartPublisher()
  }

  /** The user asks for another try of publishing, after allowing camera and microphone. */
  retryPublisher(): void {
    this.tags?.retryPublisher()
  }

  /** The user asks for another try of a picture that was given up. */
  retryPlayer(slot: number): void {
    this.tags?.retryPlayer(slot)
  }

  private dispatch<Name extends keyof RoomFacts>(name: Name, ...args: RoomFacts[Name]): void {
    this.from(this.state.epoch)(name, ...args)
  }

  /** Facts of one join. */
  private from(epoch: number): Dispatch {
    return (name, ...args) => {
      const before = this.state
      const [stepped, effects] = roomStep(before, [name, epoch, ...args] as unknown as RoomEvent, this.broadcasts)
      const next = this.timed(before, stepped)
      this.state = next
      for (const effect of effects) this.perform(effect)
      if (this.state.roster !== before.roster || this.state.live !== before.live) this.syncPlayers()
      if (next !== before) this.emitter.emit('changed')
    }
  }

  /** The step knows no time: how long the room was away is measured here. */
  private timed(before: RoomState, next: RoomState): RoomState {
    if (before.phase === next.phase) return next
    if (next.phase === 'reconnecting') this.lostAt = this.options.platform.now()
    const isBack = before.phase === 'reconnecting' && next.phase === 'joined'
    return isBack ? { ...next, awayMs: this.options.platform.now() - this.lostAt } : next
  }

  private syncPlayers(): void {
    const { autoplay = true } = this.options
    const wanted = wantedStreams(this.state)
    const held = wanted.filter(({ userID }) => !(this.playing.get(userID) ?? autoplay))
    const capacity = this.seats - (this.tags?.isPublishing ? 1 : 0)
    this.tags?.reconcile(wanted, capacity, new Set(held.map(({ streamId }) => streamId)))
  }

  private perform(effect: RoomEffect): void {
    switch (effect[0]) {
      case 'join':
        return this.join(effect[1])
      case 'resume':
        return this.link?.resume()
      case 'wake':
        return this.tags?.wake('network')
      case 'leave':
        return this.leave(effect[1])
      case 'planRetry':
        return this.planRetry(...effect)
      case 'publish':
        return this.tags?.publish(effect[1])
      case 'unpublish':
        return this.tags?.unpublish()
      case 'ask':
        return this.broadcasts?.ask(effect[1])
      case 'release':
        return this.release()
      default:
        return this.emitter.emit(...(effect as Extract<RoomReport, readonly ['changed']>))
    }
  }

  private join(epoch: number): void {
    const { request, starting } = this
    if (!request || !starting) return
    try {
      checkCapabilities(this.options.provider, request)
      this.link ??= this.open(this.from(epoch))
      this.link.join(request, (result) => starting.resolve(result))
    } catch (thrown) {
      this.from(epoch)('tryFailed', toRoomError(thrown, 'BAD_CONFIG'))
    }
  }

  private open(dispatch: Dispatch): RoomLink {
    const { platform, policy, host, provider, providerConfig } = this.options
    const { emitter } = this
    const session = provider.open(platform, providerConfig)
    const tags = createRoomMedia({
      platform,
      policy,
      host,
      session,
      emitter,
      room: () => this.state,
      changed: () => this.mediaChanged(),
    })
    this.tags = tags
    const { events } = session
    this.cleanUps = [
      platform.onNetworkChange((connected) => connected && this.wake('network')),
      platform.onForeground(() => this.wake('foreground')),
    ]
    return new RoomLink(session, dispatch, [
      events.on('message', (message) => emitter.emit('messageReceived', message)),
      events.on('qualityMeasured', (streamId, bars) => tags.measured(streamId, bars)),
      ...(this.broadcasts?.follow(session) ?? []),
    ])
  }

  private mediaChanged(): void {
    this.broadcasts?.update()
    this.device.update()
    this.emitter.emit('changed')
  }

  private wake(by: 'network' | 'foreground'): void {
    this.tags?.wake(by)
    this.retry.hurry()
  }

  private planRetry(_name: string, epoch: number, attempt: number, error: RoomError): void {
    const dispatch = this.from(epoch)
    this.retry.plan(
      attempt,
      error,
      () => dispatch('retryDue'),
      () => dispatch('gaveUp'),
    )
  }

  /** Ends everything local of this join; what the server still has to hear, the link says while it closes. */
  private release(): void {
    const { link, starting } = this
    this.retry.cancel()
    this.broadcasts?.close()
    this.playing.clear()
    this.device.reset()
    for (const cleanUp of this.cleanUps.splice(0)) cleanUp()
    this.tags?.close()
    this.tags = null
    this.link = null
    this.starting = null
    this.leaving = link ? link.close() : Promise.resolve()
    starting?.reject(this.state.error ?? new RoomError('CANCELLED', 'stop() came before the room was joined'))
  }

  private leave(epoch: number): void {
    this.leaving = this.leaving.then(() => this.from(epoch)('left'))
  }
}
