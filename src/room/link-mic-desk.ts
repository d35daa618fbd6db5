import '../link-errors'
import { RoomError, toRoomError } from '../errors'
import type { ErrorCode } from '../errors'
import type { LinkAction, LinkReason } from '../model'
import { notSupported } from '../provider/capabilities'
import type { LinkMicRequest, ProviderSession } from '../provider/provider'
import { deferred } from '../util/deferred'
import type { Deferred } from '../util/deferred'
import type { Unsubscribe } from '../util/emitter'
import type { BroadcastPort, Broadcasts } from './broadcasts'
import type { LinkMicPhase } from './link-mic-step'
import { liveStateOf, liveStep } from './live-step'

/** A request without an answer ends by itself after this, ms. */
const LINK_REQUEST_TIMEOUT_MS = 30_000
/** The server's own end of a request should come first. */
const OVERDUE_SLACK_MS = 2_000

const REFUSAL_CODES: Partial<Record<LinkReason, ErrorCode>> = { timeout: 'LINK_TIMEOUT', cancelled: 'CANCELLED' }

/** The calls of link-mic: what a page asks for, what the server answers, and the promise of a request. */
export class LinkMicDesk implements Broadcasts {
  /** @internal */
  readonly begin = liveStateOf
  /** @internal */
  readonly step = liveStep
  private waiting: Deferred<void> | null = null
  private timeoutMs = LINK_REQUEST_TIMEOUT_MS
  private cancelOverdue: Unsubscribe = () => undefined

  /** @internal */
  constructor(private readonly port: BroadcastPort) {
    const { emitter } = port
    emitter.on('linkOn', (user) => user === null && this.settle(null))
    emitter.on('linkOff', (user, reason, text) => user === null && this.settle(refusal(reason, text)))
    emitter.on('linkRefused', (reason, text, error = refusal(reason, text)) => this.settle(error))
  }

  /** Where one stands oneself. */
  private get phase(): LinkMicPhase {
    return this.port.room().live?.own.phase ?? 'off'
  }

  /**
   * Takes what the provider's session tells of the broadcast.
   * @internal
   */
  follow({ events }: ProviderSession): Unsubscribe[] {
    const { dispatch, emitter } = this.port
    return [
      events.on('linkChanged', (...news) => dispatch(['linkChanged', ...news])),
      events.on('audienceChanged', (news) => dispatch(['audienceChanged', news])),
      events.on('presenterAway', (away) => dispatch(['presenterAway', away])),
      events.on('mutedByPresenter', (muted) => emitter.emit('mutedByPresenter', muted)),
    ]
  }

  /**
   * The first picture of a linked guest is what makes the link.
   * @internal
   */
  update(): void {
    const { port } = this
    if (this.phase === 'linking' && port.media().publisher?.phase === 'running') port.dispatch(['published'])
  }

  /** Resolves when one is linked; a second request while one runs is the same. @throws RoomError NOT_MEMBER before the join */
  async request(timeoutMs = LINK_REQUEST_TIMEOUT_MS): Promise<void> {
    if (this.waiting) return this.waiting.promise
    if (this.phase === 'on') return
    if (!this.port.room().live) throw new RoomError('NOT_MEMBER')
    this.timeoutMs = timeoutMs
    const { promise } = (this.waiting = deferred<void>())
    this.port.dispatch(['requested'])
    return promise
  }

  /** Takes the presenter's invitation, which resolves when one is linked, or declines it. @throws RoomError NOT_REQUESTED */
  async answerInvite(agree: boolean): Promise<void> {
    if (this.phase !== 'invited') throw new RoomError('NOT_REQUESTED', 'There is no invitation')
    if (agree) return this.request()
    this.end()
  }

  /** Takes one's request back, or leaves one's seat. */
  end(): void {
    this.port.dispatch(['ended'])
  }

  /** The presenter acts on somebody. @throws RoomError NOT_REQUESTED, SEATS_FULL, FORBIDDEN, NOT_SUPPORTED, NOT_MEMBER */
  act(action: LinkAction, userID: string, reason = ''): Promise<void> {
    return this.call({ action, userID, ...(reason && { reason }) })
  }

  /**
   * One's own step, decided by the machine.
   * @internal
   */
  ask(action: LinkAction): void {
    const isRequest = action === 'request'
    if (isRequest) this.armOverdue()
    this.call({ action, ...(isRequest && { timeoutMs: this.timeoutMs }) }).catch((thrown: unknown) =>
      this.port.dispatch(['refused', toRoomError(thrown)]),
    )
  }

  /**
   * The room is over: nothing waits any longer.
   * @internal
   */
  close(): void {
    this.settle(new RoomError('CANCELLED', 'The room was left'))
  }

  /** The answer is the server's word as well as what it tells by itself. */
  private async call(request: LinkMicRequest): Promise<void> {
    const { port } = this
    const session = port.session()
    if (!session) throw new RoomError('NOT_MEMBER')
    if (!session.linkMic) throw notSupported(port.options.provider.name, 'linkMic')
    const { link, publishUrl } = await session.linkMic(request)
    port.dispatch(['linkChanged', link, publishUrl])
  }

  private armOverdue(): void {
    const { platform } = this.port.options
    this.cancelOverdue()
    this.cancelOverdue = platform.setTimer(this.timeoutMs + OVERDUE_SLACK_MS, () => this.port.dispatch(['overdue']))
  }

  private settle(error: RoomError | null): void {
    const { waiting } = this
    this.cancelOverdue()
    this.waiting = null
    if (error) waiting?.reject(error)
    else waiting?.resolve()
  }
}

function refusal(reason: LinkReason, text: string): RoomError {
  return new RoomError(REFUSAL_CODES[reason] ?? 'LINK_REJECTED', text || undefined)
}
