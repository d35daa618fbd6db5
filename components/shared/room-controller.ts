import { RoomError, toRoomError } from '../../src/errors'
import type { MediaHost, PlayerContext, PublisherContext } from '../../src/media/media-host'
import type { MediaState } from '../../src/media/media-state'
import type { RawMediaEvent } from '../../src/media/raw-event'
import type { UserInfo } from '../../src/model'
import type { JoinRequest, JoinResult } from '../../src/provider/provider'
import { mayFollow } from '../../src/room/phases'
import { IDLE_ROOM } from '../../src/room/room-state'
import type { RoomState } from '../../src/room/room-state'
import { deferred } from '../../src/util/deferred'
import { LAYOUTS } from '../../src/view/layouts'
import type { RoomView, SpeakerView } from '../../src/view/room-view'
import { selectRoomView } from '../../src/view/select-room-view'
import type { ViewOptions } from '../../src/view/select-room-view'
import { errorEvent, forwardRoomEvents, numberOf } from './room-events'
import type { ComponentEvent, ErrorNumbers, ForwardEvents } from './room-events'
import type { CreateSession, Session } from './session'
import { ViewRenderer } from './view-renderer'
import { WindowDrag } from './window-drag'

/** A component's properties, parsed. */
export interface RoomSettings {
  /** What a page wrote that cannot be, for its developer; '' = nothing. */
  readonly warning: string
  /** What of pusher-options and player-options is left out, each naming its option. */
  readonly problems?: readonly RoomError[]
  /** Why start() cannot be: a parameter that a room cannot do without is wrong. */
  readonly refusal?: RoomError | null
  /** Name of who carries the room; '' = the component's own choice. */
  readonly provider: string
  readonly view: ViewOptions
  readonly request: JoinRequest
}

/** What a component lends its controller: everything that touches the mini program. */
export interface ComponentPort {
  /** Reads the properties as they are now. */
  settings(): RoomSettings
  /** Sets data on the component; only the view's diff comes here. */
  commit(changes: Record<string, unknown>, done: () => void): void
  /** `names`: under which it is fired; both of a room's own when they are missing. */
  trigger(event: ComponentEvent, names?: readonly string[]): void
  /** For the page's developer. */
  warn(text: string): void
  /**
   * Asks the user for what one's own stream needs, before its tag is made.
   * @throws RoomError by the promise: what the user has refused
   */
  permit(camera: boolean): Promise<void>
  /** Whether a call is going on: the screen stays on as long. May say the same several times. */
  keepScreenOn(isInCall: boolean): void
  /** null while the tag is not on the page */
  publisher(): PublisherContext | null
  player(slot: number): PlayerContext | null
}

export interface ControllerOptions {
  readonly createSession: CreateSession
  /** The numbers that users of the original component know. */
  readonly errorNumbers: ErrorNumbers
  /** Tells what happens in a session; what all components have in common when it is missing. */
  readonly forwardEvents?: ForwardEvents
  /** The data that the WXML reads; those of stage.wxml when it is missing. */
  readonly dataOf?: (stage: StageData) => Readonly<Record<string, unknown>>
}

/** All that a stage is drawn from. */
export interface StageData {
  readonly view: RoomView
  readonly settings: RoomSettings
  /** userID of the room's creator, '' while unknown */
  readonly creator: string
}

const NO_MEDIA: MediaState = { publisher: null, slots: [] }

/** What the stage shows before the first call. */
export function idleView(options: ViewOptions): RoomView {
  return selectRoomView(IDLE_ROOM, NO_MEDIA, options)
}

/** One component's call, from its first start() to its leaving the page. */
export class RoomController implements MediaHost {
  readonly windows = new WindowDrag()
  /** Those who are played without sound, in this call. */
  readonly silenced = new Set<string>()
  /** Of the last call, which may be over; null before the first. */
  session: Session | null = null
  settings: RoomSettings
  /** Why start() could not even make a session. */
  private refusal: RoomError | null = null
  private speaker: SpeakerView | undefined
  /** The presenter has switched the microphone off in this call; the page's own switch has the next word. */
  private mutedFromAfar = false
  /** Messages of the problems that the page knows. */
  private toldProblems: readonly string[] = []
  /** The page is there: before, native contexts cannot be relied on, and nobody may listen yet. */
  private readonly ready = deferred<void>()
  /** Whatever is asked for comes after `ready`, and after a start() that is not yet through. */
  private turn: Promise<unknown> = this.ready.promise
  /** What the user is being asked for. */
  private asking: Promise<void> | null = null
  /** Rises with every stop(), so that a start() which still waits is not made good later. */
  private stops = 0
  private disposed = false
  private readonly renderer: ViewRenderer

  constructor(
    private readonly port: ComponentPort,
    private readonly options: ControllerOptions,
    shown: RoomView,
  ) {
    this.settings = port.settings()
    const { dataOf = ({ view }) => ({ view }) } = options
    this.renderer = new ViewRenderer(
      dataOf({ view: shown, settings: this.settings, creator: '' }),
      () => dataOf(this.stage()),
      (changes, done) => port.commit(changes, done),
    )
  }

  get room(): RoomState {
    if (this.refusal) return { ...IDLE_ROOM, phase: 'closed', error: this.refusal }
    return this.session?.room ?? IDLE_ROOM
  }

  /** Resolves when joined. The properties count as they are at the call, but microphone and camera as they are by then. */
  start(): Promise<JoinResult> {
    const settings = this.port.settings()
    const { stops } = this
    const checkWanted = (): void => {
      if (this.disposed || stops !== this.stops) throw new RoomError('CANCELLED', 'stop() came before the start')
    }
    const session = this.turn.then(() => this.sessionFor(settings, checkWanted))
    this.turn = session.catch(() => undefined)
    return session.then((made) => {
      const { audio, video } = this.settings.request
      return made.start({ ...settings.request, audio, video })
    })
  }

  stop(): Promise<void> {
    this.stops += 1
    return this.session?.stop() ?? Promise.resolve()
  }

  /** @throws RoomError NOT_MEMBER before the first start() */
  active(): Session {
    if (!this.session) throw new RoomError('NOT_MEMBER')
    return this.session
  }

  /** {@link active}, in its turn. */
  async whenActive(): Promise<Session> {
    await this.turn
    return this.active()
  }

  /** The properties have changed, or the presenter has switched the microphone off or leaves it to its owner again. */
  update(mutedFromAfar = this.mutedFromAfar): void {
    const { settings: before, isMuted: wasMuted } = this
    const settings = this.port.settings()
    const { layout, publisher } = settings.view
    this.settings = settings
    this.mutedFromAfar = mutedFromAfar && settings.request.audio === before.request.audio
    if (settings.warning) this.port.warn(settings.warning)
    void this.ready.promise.then(() => this.tellProblems())
    if (layout !== before.view.layout) {
      this.windows.reset()
      this.session?.setSeats(LAYOUTS[layout].seats)
    }
    if (this.isMuted !== wasMuted || publisher.camera !== before.view.publisher.camera) this.announce()
    if (publisher.mode !== before.view.publisher.mode) this.session?.restartPublisher()
    this.redraw()
  }

  /** Tells the others of microphone and camera; somebody of the audience has none to tell of. */
  announce(): void {
    const { room } = this
    if (room.role === 'audience' && room.live?.own.phase !== 'on') return
    this.session?.announce({ audio: !this.isMuted, video: this.settings.view.publisher.camera })
  }

  /** Oneself, as the others see one. */
  self(): UserInfo {
    const { selfId } = this.room
    const { userName, userAvatar } = this.settings.request
    return { userID: selfId, userName: userName || selfId, userAvatar }
  }

  tell(event: ComponentEvent, names?: readonly string[]): void {
    if (!this.disposed) this.port.trigger(event, names)
  }

  /** `number`: the component's for what was being done, where that counts more than what went wrong. */
  tellError(error: RoomError, number = numberOf(error.code, this.options.errorNumbers), more?: object): void {
    this.tell({ ...errorEvent(error, this.settings.view.language, number), ...more })
  }

  /** The user has put right what a notice asked for: in a call only the publisher is brought back. */
  tryAgain(): void {
    if (this.isInCall) this.session?.retryPublisher()
    else this.start().catch(() => undefined)
  }

  /** Camera and microphone are allowed: whatever was refused them goes on. */
  devicesAllowed(): void {
    if (this.refusal || this.session?.media.publisher?.phase === 'failed') this.tryAgain()
  }

  /**
   * One question at a time: whoever comes while it is asked gets the same answer, also in a start() that is not yet its turn.
   * @throws RoomError by the promise: what the user has refused, of all that one's own stream needs
   */
  permit(camera = this.settings.view.publisher.camera): Promise<void> {
    this.asking ??= this.port.permit(camera).finally(() => void this.turn.then(() => (this.asking = null)))
    return this.asking
  }

  markReady(): void {
    this.ready.resolve()
  }

  /** The component has left the page: the call ends, and nothing is heard of it any more. */
  dispose(): void {
    this.disposed = true
    this.session?.dispose()
    this.renderer.dispose()
    this.watchScreen()
    this.markReady()
  }

  handleMedia(event: RawMediaEvent): void {
    // a microphone that is off still hears
    if (event.type === 'volume' && event.target === 'publisher' && this.isMuted) return
    this.session?.handleMedia(event)
  }

  redraw(): void {
    void this.renderer.render()
  }

  publisher(): PublisherContext | null {
    return this.port.publisher()
  }

  player(slot: number): PlayerContext | null {
    return this.port.player(slot)
  }

  afterRender(done: () => void): void {
    void this.renderer.render().then(done)
  }

  /** What there is to draw at this moment. */
  stage(): StageData {
    const { room, silenced, speaker, settings } = this
    const { media = NO_MEDIA, roundTrip } = this.session ?? {}
    const view = selectRoomView(room, media, {
      ...settings.view,
      publisher: { ...settings.view.publisher, muted: this.isMuted },
      silenced,
      speaker,
      roundTrip,
      windows: this.windows.styles,
    })
    return { view, settings, creator: room.creator }
  }

  private get isMuted(): boolean {
    return this.mutedFromAfar || this.settings.view.publisher.muted
  }

  private get isInCall(): boolean {
    return mayFollow(this.room.phase, 'leaving')
  }

  /** Each once, until the page has mended it. */
  private tellProblems(): void {
    const { problems = [] } = this.settings
    const known = this.toldProblems
    this.toldProblems = problems.map(({ message }) => message)
    for (const problem of problems) {
      const detail = problem.message
      if (known.includes(detail)) continue
      this.port.warn(detail)
      this.tellError(problem, undefined, { tag: 'warning', detail })
    }
  }

  /** The screen stays on from the start of a call to its end. */
  private watchScreen(): void {
    this.port.keepScreenOn(this.isInCall)
  }

  /** A call that is under way goes on; a new one gets a new session, because the login may be another by now. */
  private async sessionFor(settings: RoomSettings, checkWanted: () => void): Promise<Session> {
    const { refusal, request } = settings
    try {
      checkWanted()
      if (this.isInCall) return this.active()
      if (refusal) throw refusal
      if (request.role !== 'audience') await this.permit(request.video)
      checkWanted()
      const { seats } = LAYOUTS[this.settings.view.layout]
      return this.adopt(this.options.createSession(this, seats, settings))
    } catch (thrown) {
      const error = toRoomError(thrown)
      if (error.code !== 'CANCELLED') this.refuse(error)
      throw error
    }
  }

  /** There can be no call: the stage says why, and the page is told. */
  private refuse(error: RoomError): void {
    this.refusal = error
    this.redraw()
    this.tellError(error)
  }

  private adopt(session: Session): Session {
    this.session?.dispose()
    this.silenced.clear()
    this.speaker = undefined
    this.mutedFromAfar = false
    this.refusal = null
    this.session = session
    const { events } = session
    events.on('changed', () => this.redraw())
    events.on('measured', () => this.settings.view.debug && this.redraw())
    events.on('speakerChanged', (speaker) => {
      this.speaker = speaker
      this.redraw()
    })
    events.on('phaseChanged', () => this.watchScreen())
    events.on('failed', (error) => this.tellError(error))
    const { forwardEvents = forwardRoomEvents } = this.options
    forwardEvents(session, this)
    return session
  }
}
