import { RoomError, toRoomError } from '../errors'
import type { MediaHost } from '../media/media-host'
import type { MediaSession } from '../media/media-session'
import { NO_MEDIA } from '../media/media-state'
import type { MediaState } from '../media/media-state'
import type { RawMediaEvent } from '../media/raw-event'
import type { Stream } from '../model'
import type { Platform } from '../platform/platform'
import { checkCapabilities, notSupported } from '../provider/capabilities'
import type { JoinRequest, JoinResult, OutgoingMessage, ProviderSession, RoomProvider } from '../provider/provider'
import { deferred } from '../util/deferred'
import type { Deferred } from '../util/deferred'
import { TypedEmitter } from '../util/emitter'
import type { EventSource, Unsubscribe } from '../util/emitter'
import type { ReconnectPolicy } from '../util/reconnect-policy'
import { RetryTimer } from '../util/retry-timer'
import type { Broadcasts } from './broadcasts'
import { DeviceControl } from './device-control'
import { mayFollow } from './phases'
import { createRoomMedia } from './room-media'
import { IDLE_ROOM } from './room-state'
import type { RoomState } from './room-state'
import { PROVIDER_FACTS, roomStep } from './room-step'
import type { RoomEffect, RoomEvent } from './room-step'
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

/**
 * A member's stay in a room: joins, publishes, plays, recovers, leaves. Headless: a component lends it its tags
 * (`host`) and draws its state. start() and stop() may follow each other as often and as fast as one likes.
 */
export class CallSession {
  /** What happens, as it happens; `changed` whenever there is something to draw. */
  readonly events: EventSource<RoomSessionEvents>
  /** Camera, microphone, music and pictures, beside what a session does with the tags by itself. */
  readonly device: DeviceControl
  protected readonly emitter: TypedEmitter<RoomSessionEvents>
  protected broadcasts: Broadcasts | undefined
  /** Of the join that is under way or done, and so are the tags and whoever listens meanwhile. */
  protected session: ProviderSession | null = null
  private tags: MediaSession | null = null
  private cleanUps: Unsubscribe[] = []
  private readonly retry: RetryTimer
  private state = IDLE_ROOM
  private request: JoinRequest | null = null
  private starting: Deferred<JoinResult> | null = null
  private leaving = Promise.resolve()
  private seats: number
  /** Whom to play and whom not, as far as that was asked for in this stay. */
  private readonly playing = new Map<string, boolean>()
  /** Platform time at which the present phase began, ms. */
  private phaseSince = 0
  private disposed = false

  constructor(protected readonly options: RoomSessionOptions) {
    const { platform, policy, host, seats } = options
    this.seats = seats
    this.retry = new RetryTimer(platform, policy)
    this.events = this.emitter = new TypedEmitter((error) => platform.log('error', 'A listener threw', error))
    this.device = new DeviceControl(host, this)
  }

  /** The room by now; another object after every change. */
  get room(): RoomState {
    return this.state
  }

  /** Of the room's service, ms; 0 = not known. */
  get roundTrip(): number {
    return this.session?.roundTrip ?? 0
  }

  /** One's own tag and the players by now, and the URLs that they have to have. */
  get media(): MediaState {
    return this.tags?.state ?? NO_MEDIA
  }

  /**
   * Joins the room, creating it if it is absent, and publishes. Called again while joining or joined it answers
   * with the same promise.
   * @throws RoomError by the promise: what the provider answered, BAD_CONFIG, or CANCELLED when stop() came first
   */
  start(request: JoinRequest): Promise<JoinResult> {
    if (this.disposed) return Promise.reject(new RoomError('CANCELLED', 'dispose() came first'))
    if (this.starting) return this.starting.promise
    this.request = request
    this.starting = deferred()
    const { promise } = this.starting
    this.step(['startRequested', this.state.epoch, request])
    return promise
  }

  /** Leaves the room. Idempotent, never rejects: locally everything ends at once, the server is told as well as can be. */
  stop(): Promise<void> {
    this.step(['stopRequested', this.state.epoch])
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

  /**
   * From the front camera to the back one, or the other way.
   * @throws RoomError NOT_MEMBER while nothing is published, NOT_SUPPORTED with the platform's words
   */
  async switchCamera(): Promise<void> {
    await this.device.own('switchCamera')
  }

  /**
   * Microphone or camera was switched: the others are told, also when the room has to be joined again. The platform
   * takes a switched camera over at the start of a live-pusher only, so that one is restarted.
   * @param devices which of the two are on
   */
  announce({ audio, video }: { audio: boolean; video: boolean }): void {
    const { request } = this
    if (!request) return
    if (request.video !== video) this.restartPublisher()
    this.request = { ...request, audio, video }
    // before, there is nobody to tell: what the request that is under way does not say is told behind it
    if (!this.state.selfId) return
    this.session?.announce?.({ audio, video }).catch((error: unknown) => {
      this.options.platform.log('warn', 'The others could not be told of microphone and camera', error)
    })
  }

  /**
   * Sends to everyone in the room, or to one; resolves once the service of the room has it.
   * @throws RoomError NOT_MEMBER before joining, NOT_SUPPORTED by provider, BAD_PARAMETER for what is no JSON,
   *   MESSAGE_TOO_LONG … by the server
   */
  async send(message: OutgoingMessage): Promise<void> {
    const { session } = this
    if (!session || !this.state.selfId)
      throw new RoomError('NOT_MEMBER', 'Messages can be sent once start() has joined')
    if (!session.send) throw notSupported(this.options.provider.name, 'messages')
    await session.send(message).catch((thrown: unknown) => {
      throw toRoomError(thrown, 'BAD_PARAMETER')
    })
  }

  /** The layout changed: this many tiles are shown at most. */
  setSeats(seats: number): void {
    this.seats = seats
    this.refresh()
  }

  /** Plays somebody's streams, or keeps their tiles without playing them. Holds until the end of this stay. */
  setPlaying(userID: string, playing: boolean): void {
    this.playing.set(userID, playing)
    this.refresh()
  }

  /** Hands in a native event of one of the tags. */
  handleMedia(event: RawMediaEvent): void {
    this.session?.onMedia?.(event)
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

  /** Something has happened in the join whose epoch it carries. */
  protected step(event: RoomEvent): void {
    const before = this.state
    const [next, effects] = roomStep(before, event, this.broadcasts)
    this.state = this.timed(before, next)
    for (const effect of effects) if (!this.isOver(next)) this.perform(effect)
    if (next !== before) this.refresh()
  }

  /** Whether a listener has stopped, and perhaps started again, amid the effects of the step that led here. */
  private isOver({ epoch, phase }: RoomState): boolean {
    const { state } = this
    return epoch !== state.epoch || (phase !== state.phase && !mayFollow(state.phase, 'leaving'))
  }

  /** The step knows no time: how long the room was away is measured here. */
  private timed(before: RoomState, next: RoomState): RoomState {
    if (next.phase === before.phase) return next
    const now = this.options.platform.now()
    const awayMs = now - this.phaseSince
    this.phaseSince = now
    // the tries of the connection count as well, so that the first one of the room need not be number 1
    this.retry.restartClock()
    return before.phase === 'reconnecting' ? { ...next, awayMs } : next
  }

  /** Who is played follows from the room, and from what the page asks for. */
  private refresh(): void {
    const { autoplay = true } = this.options
    const capacity = this.seats - (this.media.publisher ? 1 : 0)
    const isHeld = ({ userID }: Stream): boolean => !(this.playing.get(userID) ?? autoplay)
    this.tags?.reconcile(wantedStreams(this.state), capacity, isHeld)
    this.emitter.emit('changed')
  }

  private perform(effect: RoomEffect): void {
    switch (effect[0]) {
      case 'join':
        return this.join()
      case 'resume':
        return this.catchUp()
      case 'wake':
        return this.tags?.wake('network')
      case 'planRetry':
        return this.planRetry(effect[1], effect[2])
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

  private join(): void {
    const { request, starting, options, state } = this
    const { platform, provider, providerConfig } = options
    if (!request || !starting) return
    try {
      checkCapabilities(provider, request)
      this.session ??= this.listen(provider.open(platform, providerConfig))
      this.session.join(request).then((result) => {
        starting.resolve(result)
        this.step(['joinAccepted', state.epoch, result])
        if (this.request && this.request !== request) this.announce(this.request)
      }, this.failed())
    } catch (thrown) {
      this.step(['tryFailed', state.epoch, toRoomError(thrown, 'BAD_CONFIG')])
    }
  }

  private catchUp(): void {
    const { epoch } = this.state
    this.session?.resume().then((snapshot) => this.step(['resumed', epoch, snapshot]), this.failed())
  }

  /** What the provider's session could not do in the present join. */
  private failed(): (thrown: unknown) => void {
    const { epoch } = this.state
    return (thrown) => this.step(['tryFailed', epoch, toRoomError(thrown, 'ENTER_FAILED')])
  }

  private listen(session: ProviderSession): ProviderSession {
    const { options, emitter, state } = this
    const { platform } = options
    const { events } = session
    const tags = createRoomMedia(
      options,
      session,
      emitter,
      () => this.state,
      () => this.mediaChanged(),
      () => this.device.restore(),
    )
    const wake = (by: 'network' | 'foreground'): void => {
      tags.wake(by)
      this.retry.hurry()
    }
    this.tags = tags
    this.cleanUps = [
      platform.onNetworkChange((connected) => connected && wake('network')),
      platform.onForeground(() => wake('foreground')),
      events.on('message', (message) => emitter.emit('messageReceived', message)),
      events.on('qualityMeasured', (streamId, bars) => tags.measured(streamId, bars)),
      ...PROVIDER_FACTS.map((name) =>
        events.on(name, (...args: unknown[]) => this.step([name, state.epoch, ...args] as unknown as RoomEvent)),
      ),
      ...(this.broadcasts?.follow(session) ?? []),
    ]
    return session
  }

  private mediaChanged(): void {
    this.broadcasts?.update()
    this.emitter.emit('changed')
  }

  private planRetry(attempt: number, error: RoomError): void {
    const { epoch } = this.state
    this.retry.plan(
      attempt,
      error,
      () => this.step(['retryDue', epoch]),
      () => this.step(['gaveUp', epoch]),
    )
  }

  /** Ends everything local of this join; what the server still has to hear, the provider's session says while it closes. */
  private release(): void {
    const { session, starting, state } = this
    const left = (): void => this.step(['left', state.epoch])
    this.retry.cancel()
    this.broadcasts?.close()
    this.playing.clear()
    this.device.reset()
    for (const cleanUp of this.cleanUps) cleanUp()
    this.cleanUps = []
    this.tags?.close()
    this.tags = this.session = this.starting = null
    this.leaving = Promise.resolve(session?.close()).then(left, left)
    starting?.reject(state.error ?? new RoomError('CANCELLED', 'stop() came first'))
  }
}
