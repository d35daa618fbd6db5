import { RoomError, toRoomError } from '../../src/errors'
import type { MediaHost } from '../../src/media/media-host'
import type { RawMediaEvent } from '../../src/media/raw-event'
import type { UserInfo } from '../../src/model'
import type { JoinResult } from '../../src/provider/provider'
import { mayFollow } from '../../src/room/phases'
import { IDLE_ROOM } from '../../src/room/room-state'
import type { RoomState } from '../../src/room/room-state'
import { LAYOUTS } from '../../src/view/layouts'
import type { SpeakerView } from '../../src/view/room-view'
import type { ComponentPort } from './component-port'
import { CALL_EVENTS, errorEvent, forward, numberOf } from './room-events'
import type { ComponentEvent, ErrorNumbers } from './room-events'
import type { RoomSettings } from './room-settings'
import type { CreateSession, Session } from './session'
import { idleStage, stageOf } from './stage-data'
import type { StageData } from './stage-data'
import { StartQueue } from './start-queue'
import type { UnlessStopped } from './start-queue'
import { ViewRenderer } from './view-renderer'
import { WindowDrag } from './window-drag'

/** Tells a page what happens in a session. */
export type ForwardEvents = (session: Session, room: RoomController) => void

/** What tells one component from another. */
export interface ControllerOptions {
  readonly createSession: CreateSession
  /** The numbers that users of the original component know. */
  readonly errorNumbers: ErrorNumbers
  /** Tells what happens in a session; what all components have in common when it is missing. */
  readonly forwardEvents?: ForwardEvents
  /** The data that the WXML reads; those of stage.wxml when it is missing. */
  readonly dataOf?: (stage: StageData) => Readonly<Record<string, unknown>>
}

/** One component's call, from its first start() to its leaving the page. */
export class RoomController {
  /** What a session sees of the component. */
  readonly host: MediaHost
  readonly windows = new WindowDrag()
  /** Those who are played without sound, in this call. */
  readonly silenced = new Set<string>()
  /** As the session has told it last. */
  speaker: SpeakerView | undefined
  /** Of the last call, which may be over; null before the first. */
  session: Session | null = null
  /** Why start() could not even make a session. */
  private refusal: RoomError | null = null
  /** The presenter has switched the microphone off in this call; the page's own switch has the next word. */
  private mutedFromAfar = false
  private readonly starts = new StartQueue()
  /** What the user is being asked for. */
  private asking: Promise<void> | null = null
  private readonly renderer: ViewRenderer

  /** `settings`: those that the component begins with, before the page has written any. */
  constructor(
    private readonly port: ComponentPort,
    private readonly options: ControllerOptions,
    public settings: RoomSettings,
  ) {
    const { dataOf = ({ view }) => ({ view }) } = options
    this.renderer = new ViewRenderer(dataOf(idleStage(settings)), () => dataOf(stageOf(this)), port.commit)
    this.host = { ...port, afterRender: (done) => void this.renderer.render().then(done) }
  }

  get room(): RoomState {
    if (this.refusal) return { ...IDLE_ROOM, phase: 'closed', error: this.refusal }
    return this.session?.room ?? IDLE_ROOM
  }

  get isMuted(): boolean {
    return this.mutedFromAfar || this.settings.view.publisher.muted
  }

  /** Resolves when joined. The properties count as they are at the call, but microphone and camera as they are by then. */
  start(): Promise<JoinResult> {
    const settings = this.port.settings()
    const begun = this.starts.start((...turn) => this.begin(settings, ...turn))
    return begun.then(({ joined }) => joined)
  }

  stop(): Promise<void> {
    this.starts.stop()
    this.asking = null
    return this.session?.stop() ?? Promise.resolve()
  }

  /** @throws RoomError NOT_MEMBER before the first start() */
  active(): Session {
    if (!this.session) throw new RoomError('NOT_MEMBER')
    return this.session
  }

  /** {@link active}, in its turn; CANCELLED when stop() comes before that. */
  async whenActive(): Promise<Session> {
    const { turn, unlessStopped } = this.starts
    await turn.then(unlessStopped)
    return this.active()
  }

  /** The properties have changed, or the presenter has switched the microphone off or leaves it to its owner again. */
  update(mutedFromAfar = this.mutedFromAfar): void {
    const { settings: before, isMuted: wasMuted } = this
    const settings = this.port.settings()
    const { layout, publisher } = settings.view
    const { layout: layoutBefore, publisher: publisherBefore } = before.view
    this.settings = settings
    this.mutedFromAfar = mutedFromAfar && publisher.muted === publisherBefore.muted
    this.tellProblems(before.problems)
    if (layout !== layoutBefore) {
      this.windows.reset()
      this.session?.setSeats(LAYOUTS[layout].seats)
    }
    if (this.isMuted !== wasMuted || publisher.camera !== publisherBefore.camera) this.announce()
    if (publisher.mode !== publisherBefore.mode) this.session?.restartPublisher()
    this.redraw()
  }

  /** Tells the others of microphone and camera; somebody of the audience has none to tell of. */
  announce(): void {
    const { room } = this
    if (room.role === 'audience' && room.live?.own.phase !== 'on') return
    this.session?.announce(this.sent())
  }

  /** Oneself, as the others see one. */
  self(): UserInfo {
    const { selfId } = this.room
    const { userName, userAvatar } = this.settings.request
    return { userID: selfId, userName: userName || selfId, userAvatar }
  }

  tell(event: ComponentEvent, names?: readonly string[]): void {
    if (!this.starts.isClosed) this.port.trigger(event, names)
  }

  /** Of what was not cancelled. `number`: the component's for what was being done, where that counts more than what went wrong. */
  tellError(error: RoomError, number = numberOf(error.code, this.options.errorNumbers), more?: object): void {
    if (error.code === 'CANCELLED') return
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
   * After a stop() its answer counts no more, and the next asks anew: there are dialogues that never answer.
   * @throws RoomError by the promise: what the user has refused, of all that one's own stream needs; CANCELLED by stop()
   */
  permit(unlessStopped = this.starts.unlessStopped): Promise<void> {
    const { starts, settings } = this
    const answered = (): void => void starts.turn.then(() => this.asking === asked && (this.asking = null))
    const asked = this.asking ?? this.port.permit(settings.view.publisher.camera).finally(answered)
    this.asking = asked
    return unlessStopped(asked)
  }

  markReady(): void {
    this.starts.open()
  }

  /** The component has left the page: the call ends, and nothing is heard of it any more. */
  dispose(): void {
    this.starts.close()
    this.session?.dispose()
    this.renderer.dispose()
    this.watchScreen()
  }

  handleMedia(event: RawMediaEvent): void {
    // a microphone that is off still hears
    if (event.type === 'volume' && event.target === 'publisher' && this.isMuted) return
    this.session?.handleMedia(event)
  }

  redraw(): void {
    void this.renderer.render()
  }

  /** Of microphone and camera, what one sends. */
  private sent(): { audio: boolean; video: boolean } {
    return { audio: !this.isMuted, video: this.settings.view.publisher.camera }
  }

  private get isInCall(): boolean {
    return mayFollow(this.room.phase, 'leaving')
  }

  /** Each once, until the page has mended it. */
  private tellProblems(known: readonly RoomError[]): void {
    for (const problem of this.settings.problems) {
      const detail = problem.message
      if (known.some(({ message }) => message === detail)) continue
      this.port.warn(detail)
      void this.starts.ready.then(() => this.tellError(problem, undefined, { tag: 'warning', detail }))
    }
  }

  /** The screen stays on from the start of a call to its end. */
  private watchScreen(): void {
    this.port.keepScreenOn(this.isInCall)
  }

  /** A call that is under way goes on; a new one gets a new session, because the login may be another by now. */
  private async begin(
    settings: RoomSettings,
    unlessStopped: UnlessStopped,
    check: () => void,
  ): Promise<{ joined: Promise<JoinResult> }> {
    const { refusal, request } = settings
    try {
      if (!this.isInCall) {
        if (refusal) throw refusal
        if (request.role !== 'audience') await this.permit(unlessStopped)
        check()
        const { seats } = LAYOUTS[this.settings.view.layout]
        this.adopt(this.options.createSession(this.host, seats, settings))
      }
      return { joined: this.active().start({ ...request, ...this.sent() }) }
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

  private adopt(session: Session): void {
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
    const { forwardEvents = () => forward(events, CALL_EVENTS, this) } = this.options
    forwardEvents(session, this)
  }
}
