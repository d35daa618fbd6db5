import { RoomError, toRoomError } from '../../src/errors'
import type { MediaHost, PlayerContext, PublisherContext } from '../../src/media/media-host'
import type { MediaState } from '../../src/media/media-state'
import type { RawMediaEvent } from '../../src/media/raw-event'
import type { UserInfo } from '../../src/model'
import type { JoinRequest, JoinResult } from '../../src/provider/provider'
import { IDLE_ROOM } from '../../src/room/room-state'
import type { RoomState } from '../../src/room/room-state'
import { diffData } from '../../src/view/diff-view'
import { LAYOUTS } from '../../src/view/layouts'
import type { RoomView, SpeakerView } from '../../src/view/room-view'
import { selectRoomView } from '../../src/view/select-room-view'
import type { ViewOptions } from '../../src/view/select-room-view'
import { errorEvent, forwardRoomEvents, warningEvent } from './room-events'
import type { ComponentEvent, ErrorNumbers, EventContext, ForwardEvents } from './room-events'
import type { CreateSession, Session } from './session'
import { StartGate } from './start-gate'
import { ViewRenderer } from './view-renderer'
import { WindowDrag } from './window-drag'
import type { WindowStyles } from './window-drag'

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
   * Asks the user for what one's own stream needs, before its tag is made; nothing to ask for when it is missing.
   * @throws RoomError by the promise: what the user has refused
   */
  permit?(camera: boolean): Promise<void>
  /** A call begins or is over: the screen stays on in between. */
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
  readonly windows: WindowStyles
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
  private session: Session | null = null
  /** Messages of the problems that the page knows. */
  private toldProblems: readonly string[] = []
  /** Why start() could not even make a session. */
  private refusal: RoomError | null = null
  private settings: RoomSettings
  private readonly context: EventContext
  private readonly renderer: ViewRenderer<Readonly<Record<string, unknown>>>
  private readonly gate: StartGate
  private disposed = false
  /** Those who are played without sound, in this call. */
  private readonly silenced = new Set<string>()
  private speaker: SpeakerView | undefined
  private screenIsKept = false
  /** The presenter has switched the microphone off; the page's own switch has the next word. */
  private mutedFromAfar = false
  /** Rises with every stop(), so that a start() which still waits for `ready` is not made good later. */
  private stops = 0

  constructor(
    private readonly port: ComponentPort,
    private readonly options: ControllerOptions,
    shown: RoomView,
  ) {
    this.settings = port.settings()
    this.gate = new StartGate((camera) => port.permit?.(camera) ?? Promise.resolve())
    this.context = {
      language: () => this.settings.view.language,
      errorNumbers: options.errorNumbers,
      self: () => this.self(),
    }
    const { dataOf = ({ view, windows }) => ({ view, windows }) } = options
    this.renderer = new ViewRenderer(
      dataOf({ view: shown, windows: {}, settings: this.settings, creator: '' }),
      () => dataOf(this.stage()),
      diffData,
      (changes, done) => port.commit(changes, done),
    )
  }

  get room(): RoomState {
    if (this.refusal) return { ...IDLE_ROOM, phase: 'closed', error: this.refusal }
    return this.session?.room ?? IDLE_ROOM
  }

  /** Resolves when joined; waits for `ready`, because native contexts cannot be relied on before it. */
  start(): Promise<JoinResult> {
    const settings = this.port.settings()
    const stops = this.stops
    const isWanted = (): void => {
      if (this.disposed || stops !== this.stops) throw new RoomError('CANCELLED', 'stop() came before the start')
    }
    const prepare = (): Promise<void> => {
      isWanted()
      return this.askForDevices(settings)
    }
    return this.gate.pass(prepare).then(() => {
      isWanted()
      return this.sessionForStart(settings).start(settings.request)
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

  /** {@link active}, behind whatever was asked for before `ready`. */
  async whenActive(): Promise<Session> {
    if (!this.gate.isOpen) await this.gate.whenOpen()
    return this.active()
  }

  pause(): void {
    this.inTurn((session) => session.pause())
  }

  resume(): void {
    this.inTurn((session) => session.resume())
  }

  /** Plays somebody, or keeps the tile with a button; counts in this call. */
  setPlaying(userID: string, playing: boolean): void {
    this.session?.setPlaying(userID, playing)
  }

  /** Plays somebody with sound or without it; counts in this call. */
  setSound(userID: string, audible: boolean): void {
    if (audible) this.silenced.delete(userID)
    else this.silenced.add(userID)
    this.redraw()
  }

  /** The properties have changed. */
  update(): void {
    const before = this.settings
    this.settings = this.readSettings(before)
    if (this.settings.warning) this.port.warn(this.settings.warning)
    this.tellProblems()
    const { layout, publisher } = this.settings.view
    if (layout !== before.view.layout) {
      this.windows.reset()
      this.session?.setSeats(LAYOUTS[layout].seats)
    }
    if (publisher.muted !== before.view.publisher.muted || publisher.camera !== before.view.publisher.camera) {
      this.announce()
    }
    if (publisher.mode !== before.view.publisher.mode) this.session?.restartPublisher()
    this.redraw()
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
  tellError(error: RoomError, number?: number): void {
    this.tell(errorEvent(error, this.context, number))
  }

  /** The same promise, of whose rejection the page is told as well. */
  async telling<T>(work: Promise<T>, number: number): Promise<T> {
    try {
      return await work
    } catch (thrown) {
      const error = toRoomError(thrown)
      this.tellError(error, number)
      throw error
    }
  }

  /** The user has put right what a notice asked for: in a call only the publisher is brought back. */
  tryAgain(): void {
    const { phase } = this.room
    if (phase === 'joined' || phase === 'reconnecting') this.session?.retryPublisher()
    else this.start().catch(() => undefined)
  }

  /** Camera and microphone are allowed: whatever was refused them goes on. */
  devicesAllowed(): void {
    if (this.refusal || this.session?.media.publisher?.phase === 'failed') this.tryAgain()
  }

  /** @throws RoomError by the promise: what the user has refused, of all that one's own stream needs */
  permit(camera = this.settings.view.publisher.camera): Promise<void> {
    return this.gate.permit(camera)
  }

  markReady(): void {
    this.gate.markReady()
    this.tellProblems()
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
    if (event.type === 'volume' && event.target === 'publisher' && this.settings.view.publisher.muted) return
    this.session?.handleMedia(event)
  }

  redraw(): void {
    this.renderer.invalidate()
  }

  publisher(): PublisherContext | null {
    return this.port.publisher()
  }

  player(slot: number): PlayerContext | null {
    return this.port.player(slot)
  }

  afterRender(done: () => void): void {
    this.renderer.afterRender(done)
  }

  /** Each once, until the page has mended it. Before `ready` a page may not listen yet. */
  private tellProblems(): void {
    if (!this.gate.isReady) return
    const { problems = [] } = this.settings
    const news = problems.filter(({ message }) => !this.toldProblems.includes(message))
    this.toldProblems = problems.map(({ message }) => message)
    for (const problem of news) {
      this.port.warn(problem.message)
      this.tell(warningEvent(problem, this.context))
    }
  }

  /** At once, or behind a start() that waits for `ready`. Without a call there is nothing to do. */
  private inTurn(act: (session: Session) => void): void {
    if (!this.gate.isOpen) this.whenActive().then(act, () => undefined)
    else if (this.session) act(this.session)
  }

  /** The screen stays on from the start of a call to its end. */
  private watchScreen(): void {
    const { phase } = this.room
    const isInCall = !this.disposed && (phase === 'joining' || phase === 'joined' || phase === 'reconnecting')
    if (isInCall === this.screenIsKept) return
    this.screenIsKept = isInCall
    this.port.keepScreenOn(isInCall)
  }

  /** A call that is under way has its tag; somebody of the audience has none. */
  private async askForDevices({ refusal, request }: RoomSettings): Promise<void> {
    const phase = this.session?.room.phase ?? 'idle'
    if (refusal || request.role === 'audience' || (phase !== 'idle' && phase !== 'closed')) return
    await this.permit(request.video).catch((thrown: unknown) => this.refuse(thrown))
  }

  /** There can be no call: the stage says why, and the page is told. */
  private refuse(thrown: unknown): never {
    this.refusal = toRoomError(thrown)
    this.redraw()
    this.tellError(this.refusal)
    throw this.refusal
  }

  /** A call that is under way goes on; a new one gets a new session, because the login may be another by now. */
  private sessionForStart(settings: RoomSettings): Session {
    const phase = this.session?.room.phase ?? 'idle'
    if (this.session && phase !== 'idle' && phase !== 'closed') return this.session
    try {
      if (settings.refusal) throw settings.refusal
      const next = this.options.createSession(this, LAYOUTS[this.settings.view.layout].seats, settings)
      this.adopt(next)
      return next
    } catch (thrown) {
      return this.refuse(thrown)
    }
  }

  private adopt(session: Session): void {
    this.session?.dispose()
    this.silenced.clear()
    this.speaker = undefined
    this.refusal = null
    this.session = session
    const { forwardEvents = forwardRoomEvents } = this.options
    const { events } = session
    events.on('changed', () => this.redraw())
    events.on('measured', () => this.settings.view.debug && this.redraw())
    events.on('speakerChanged', (speaker) => {
      this.speaker = speaker
      this.redraw()
    })
    events.on('phaseChanged', () => this.watchScreen())
    events.on('mutedByPresenter', (muted) => this.muteFromAfar(muted))
    events.on('linkOn', (user) => user === null && this.announce())
    // whoever has left the seat takes the next one with a microphone of their own
    events.on('linkOff', (user) => user === null && this.muteFromAfar(false))
    forwardEvents(session, this.context, (event, names) => this.tell(event, names))
  }

  /** Tells the others of microphone and camera; somebody of the audience has none to tell of. */
  private announce(): void {
    const { muted, camera } = this.settings.view.publisher
    const { room } = this
    if (room.role === 'audience' && room.live?.own.phase !== 'on') return
    this.session?.announce({ audio: !muted, video: camera })
  }

  private muteFromAfar(muted: boolean): void {
    if (muted === this.mutedFromAfar) return
    this.mutedFromAfar = muted
    this.update()
  }

  private readSettings(before: RoomSettings): RoomSettings {
    const settings = this.port.settings()
    if (settings.request.audio !== before.request.audio) this.mutedFromAfar = false
    if (!this.mutedFromAfar) return settings
    const { view } = settings
    return { ...settings, view: { ...view, publisher: { ...view.publisher, muted: true } } }
  }

  /** What there is to draw at this moment. */
  stage(): StageData {
    const { room, silenced, speaker, settings } = this
    const { media = NO_MEDIA, roundTrip } = this.session ?? {}
    const view = selectRoomView(room, media, { ...settings.view, silenced, speaker, roundTrip })
    return { view, windows: this.windows.styles, settings, creator: room.creator }
  }
}
