import { toRoomError } from '../errors'
import type { BarCount } from '../media/quality'
import type { RoomMessage } from '../model'
import type { JoinRequest, JoinResult, ProviderSession } from '../provider/provider'
import type { Unsubscribe } from '../util/emitter'
import type { LiveEvent } from './live-step'
import type { RoomEvent } from './room-step'

export interface RoomLinkListener {
  dispatch(event: RoomEvent): void
  messageReceived(message: RoomMessage): void
  mutedByPresenter(muted: boolean): void
  qualityMeasured(streamId: string | null, bars: BarCount): void
  /** The connection is back: what waits for a retry need not wait longer. */
  restored(): void
}

/** One join's provider session, its promises and events turned into room events that carry the join's epoch. */
export class RoomLink {
  private readonly unsubscribes: Unsubscribe[]

  constructor(
    readonly session: ProviderSession,
    private readonly epoch: number,
    private readonly listener: RoomLinkListener,
  ) {
    const { events } = session
    const { dispatch } = listener
    const live = (event: LiveEvent): void => dispatch({ type: 'live', epoch, event })
    this.unsubscribes = [
      events.on('memberJoined', (member) => dispatch({ type: 'memberJoined', epoch, member })),
      events.on('memberUpdated', (member) => dispatch({ type: 'memberUpdated', epoch, member })),
      events.on('memberLeft', (userID, reason) => dispatch({ type: 'memberLeft', epoch, userID, reason })),
      events.on('linkChanged', (link, publishUrl) => live({ type: 'linkChanged', link, publishUrl })),
      events.on('audienceChanged', (news) => live({ type: 'audienceChanged', news })),
      events.on('presenterAway', (away) => live({ type: 'presenterAwayChanged', away })),
      events.on('mutedByPresenter', (muted) => listener.mutedByPresenter(muted)),
      events.on('qualityMeasured', (streamId, bars) => listener.qualityMeasured(streamId, bars)),
      events.on('message', (message) => listener.messageReceived(message)),
      events.on('connectionLost', (error) => dispatch({ type: 'connectionLost', epoch, error })),
      events.on('connectionRetried', (attempt) => dispatch({ type: 'connectionRetried', epoch, attempt })),
      events.on('connectionRestored', () => {
        dispatch({ type: 'connectionRestored', epoch })
        listener.restored()
      }),
      events.on('closed', (reason, error) => dispatch({ type: 'roomClosed', epoch, reason, error })),
    ]
  }

  join(request: JoinRequest, accepted: (result: JoinResult) => void): void {
    const { epoch } = this
    this.session.join(request).then((result) => {
      accepted(result)
      this.listener.dispatch({ type: 'joinAccepted', epoch, result })
    }, this.failed)
  }

  resume(): void {
    const { epoch } = this
    this.session.resume().then((snapshot) => this.listener.dispatch({ type: 'resumed', epoch, snapshot }), this.failed)
  }

  /** Leaves; nothing is heard of the session after it. Never rejects. */
  close(): Promise<void> {
    for (const unsubscribe of this.unsubscribes.splice(0)) unsubscribe()
    return this.session.close().catch(() => undefined)
  }

  private readonly failed = (thrown: unknown): void => {
    this.listener.dispatch({ type: 'tryFailed', epoch: this.epoch, error: toRoomError(thrown, 'ENTER_FAILED') })
  }
}
