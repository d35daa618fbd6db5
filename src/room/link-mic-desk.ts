import { RoomError, toRoomError } from '../errors'
import type { ErrorCode } from '../errors'
import type { LinkAction, LinkReason } from '../model'
import type { Platform } from '../platform/platform'
import { notSupported } from '../provider/capabilities'
import type { ProviderSession } from '../provider/provider'
import { deferred } from '../util/deferred'
import type { Deferred } from '../util/deferred'
import type { Unsubscribe } from '../util/emitter'
import type { LinkMicPhase } from './link-mic-step'
import type { LiveEvent } from './live-step'
import type { RoomReport } from './session-events'

/** A request without an answer ends by itself after this, ms. */
export const LINK_REQUEST_TIMEOUT_MS = 30_000
/** The server's own end of a request should come first. */
const OVERDUE_SLACK_MS = 2_000

export interface LinkMicPort {
  readonly platform: Platform
  /** for what an error says */
  readonly provider: string
  /** null while there is no room */
  session(): ProviderSession | null
  /** where one stands oneself */
  phase(): LinkMicPhase
  dispatch(event: LiveEvent): void
}

const REFUSAL_CODES: Partial<Record<LinkReason, ErrorCode>> = { timeout: 'LINK_TIMEOUT', cancelled: 'CANCELLED' }

/** The calls of link-mic: what a page asks for, what the server answers, and the promise of a request. */
export class LinkMicDesk {
  private waiting: Deferred<void> | null = null
  private timeoutMs = LINK_REQUEST_TIMEOUT_MS
  private cancelOverdue: Unsubscribe | null = null

  constructor(private readonly port: LinkMicPort) {}

  /** Resolves when one is linked; a second request while one runs is the same. */
  request(timeoutMs = LINK_REQUEST_TIMEOUT_MS): Promise<void> {
    if (this.waiting) return this.waiting.promise
    if (this.port.phase() === 'on') return Promise.resolve()
    this.timeoutMs = timeoutMs
    return this.awaitSeat({ type: 'requested' })
  }

  answerInvite(agree: boolean): Promise<void> {
    if (this.port.phase() !== 'invited') return Promise.reject(new RoomError('NOT_REQUESTED', 'There is no invitation'))
    if (agree) return this.waiting?.promise ?? this.awaitSeat({ type: 'accepted' })
    this.port.dispatch({ type: 'linkMic', event: { type: 'declined' } })
    return Promise.resolve()
  }

  end(): void {
    this.port.dispatch({ type: 'linkMic', event: { type: 'ended' } })
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
        this.port.dispatch({ type: 'linkMic', event: { type: 'refused', error: toRoomError(thrown) } })
      },
    )
  }

  /** A report of the machine: the request's promise may have its outcome. */
  note(effect: RoomReport): void {
    if (effect.type === 'reportLinkOn' && effect.user === null) this.settle(null)
    if (effect.type === 'reportLinkRefused') this.settle(effect.error ?? refusal(effect.reason, effect.text))
    if (effect.type === 'reportLinkOff' && effect.user === null) this.settle(refusal(effect.reason, effect.text))
  }

  /** The room is over: nothing waits any longer. */
  close(): void {
    this.settle(new RoomError('CANCELLED', 'The room was left'))
  }

  private awaitSeat(event: { type: 'requested' } | { type: 'accepted' }): Promise<void> {
    if (!this.port.session()) return Promise.reject(new RoomError('NOT_MEMBER'))
    const waiting = deferred<void>()
    this.waiting = waiting
    this.port.dispatch({ type: 'linkMic', event })
    return waiting.promise
  }

  private call(request: Parameters<NonNullable<ProviderSession['linkMic']>>[0]) {
    const session = this.port.session()
    if (!session) return Promise.reject(new RoomError('NOT_MEMBER'))
    if (!session.linkMic) return Promise.reject(notSupported(this.port.provider, 'linkMic'))
    return session.linkMic(request)
  }

  private armOverdue(): void {
    this.cancelOverdue?.()
    this.cancelOverdue = this.port.platform.setTimer(this.timeoutMs + OVERDUE_SLACK_MS, () => {
      this.cancelOverdue = null
      this.port.dispatch({ type: 'linkMic', event: { type: 'overdue' } })
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
