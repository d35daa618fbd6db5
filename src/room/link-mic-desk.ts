import '../link-errors'
import { RoomError, toRoomError } from '../errors'
import type { ErrorCode } from '../errors'
import type { LinkAction, LinkReason } from '../model'
import { notSupported } from '../provider/capabilities'
import type { ProviderSession } from '../provider/provider'
import { deferred } from '../util/deferred'
import type { Deferred } from '../util/deferred'
import type { Unsubscribe } from '../util/emitter'
import type { BroadcastPort, Broadcasts } from './broadcasts'
import type { LinkMicPhase } from './link-mic-step'
import { liveStateOf, liveStep } from './live-step'
import type { LiveEvent } from './live-step'

/** A request without an answer ends by itself after this, ms. */
export const LINK_REQUEST_TIMEOUT_MS = 30_000
/** The server's own end of a request should come first. */
const OVERDUE_SLACK_MS = 2_000

const REFUSAL_CODES: Partial<Record<LinkReason, ErrorCode>> = { timeout: 'LINK_TIMEOUT', cancelled: 'CANCELLED' }

/** The calls of link-mic: what a page asks for, what the server answers, and the promise of a request. */
export class LinkMicDesk implements Broadcasts {
  readonly begin = liveStateOf
  readonly step = liveStep
  private waiting: Deferred<void> | null = null
  private timeoutMs = LINK_REQUEST_TIMEOUT_MS
  private cancelOverdue: Unsubscribe | null = null

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

  /** Takes what the provider's session tells of the broadcast. */
  follow({ events }: ProviderSession): Unsubscribe[] {
    const { dispatch, emitter } = this.port
    return [
      events.on('linkChanged', (link, publishUrl) => dispatch({ type: 'linkChanged', link, publishUrl })),
      events.on('audienceChanged', (news) => dispatch({ type: 'audienceChanged', news })),
      events.on('presenterAway', (away) => dispatch({ type: 'presenterAwayChanged', away })),
      events.on('mutedByPresenter', (muted) => emitter.emit('mutedByPresenter', muted)),
    ]
  }

  /** The first picture of a linked guest is what makes the link. */
  update(): void {
    if (this.phase === 'linking' && this.port.media().publisher?.phase === 'running') this.note({ type: 'published' })
  }

  /** Resolves when one is linked; a second request while one runs is the same. */
  request(timeoutMs = LINK_REQUEST_TIMEOUT_MS): Promise<void> {
    if (this.waiting) return this.waiting.promise
    if (this.phase === 'on') return Promise.resolve()
    this.timeoutMs = timeoutMs
    return this.awaitSeat({ type: 'requested' })
  }

  answerInvite(agree: boolean): Promise<void> {
    if (this.phase !== 'invited') return Promise.reject(new RoomError('NOT_REQUESTED', 'There is no invitation'))
    if (agree) return this.waiting?.promise ?? this.awaitSeat({ type: 'accepted' })
    this.note({ type: 'declined' })
    return Promise.resolve()
  }

  end(): void {
    this.note({ type: 'ended' })
  }

  /** The presenter acts on somebody. @throws RoomError NOT_REQUESTED, SEATS_FULL, FORBIDDEN, NOT_SUPPORTED, NOT_MEMBER */
  async act(action: LinkAction, userID: string, reason = ''): Promise<void> {
    const { link, publishUrl } = await this.call({ action, userID, ...(reason && { reason }) })
    this.port.dispatch({ type: 'linkChanged', link, publishUrl })
  }

  /** One's own step, decided by the machine. */
  ask(action: LinkAction): void {
    if (action === 'request') this.armOverdue()
    this.call({ action, ...(action === 'request' && { timeoutMs: this.timeoutMs }) }).then(
      ({ link, publishUrl }) => this.port.dispatch({ type: 'linkChanged', link, publishUrl }),
      (thrown: unknown) => {
        this.note({ type: 'refused', error: toRoomError(thrown) })
      },
    )
  }

  /** The room is over: nothing waits any longer. */
  close(): void {
    this.settle(new RoomError('CANCELLED', 'The room was left'))
  }

  /** One's own doing. */
  private note(event: Extract<LiveEvent, { type: 'linkMic' }>['event']): void {
    this.port.dispatch({ type: 'linkMic', event })
  }

  private awaitSeat(event: { type: 'requested' } | { type: 'accepted' }): Promise<void> {
    if (!this.port.session()) return Promise.reject(new RoomError('NOT_MEMBER'))
    const waiting = deferred<void>()
    this.waiting = waiting
    this.note(event)
    return waiting.promise
  }

  private call(request: Parameters<NonNullable<ProviderSession['linkMic']>>[0]) {
    const session = this.port.session()
    if (!session) return Promise.reject(new RoomError('NOT_MEMBER'))
    if (!session.linkMic) return Promise.reject(notSupported(this.port.options.provider.name, 'linkMic'))
    return session.linkMic(request)
  }

  private armOverdue(): void {
    this.cancelOverdue?.()
    this.cancelOverdue = this.port.options.platform.setTimer(this.timeoutMs + OVERDUE_SLACK_MS, () => {
      this.cancelOverdue = null
      this.note({ type: 'overdue' })
    })
  }

  private settle(error: RoomError | null): void {
    this.cancelOverdue?.()
    this.cancelOverdue = null
    const { waiting } = this
    this.waiting = null
    if (error) waiting?.reject(error)
    else waiting?.resolve()
  }
}

function refusal(reason: LinkReason, text: string): RoomError {
  return new RoomError(REFUSAL_CODES[reason] ?? 'LINK_REJECTED', text || undefined)
}
