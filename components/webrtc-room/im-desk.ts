import { RoomError, toRoomError } from '../../src/errors'
import type { MessageContent, Messaging } from '../../src/messaging/messaging'
import type { Unsubscribe } from '../../src/util/emitter'
import type { EventContext } from '../shared/room-events'
import type { Session } from '../shared/session'
import { failure, forwardImEvents } from './im-events'
import type { ImEventDetail } from './im-events'

/** Opens the messages of a room that has been joined. @throws RoomError when there can be none */
export type OpenMessaging = (session: Session) => Messaging

/** The messages of one session: there from its joining to its end, and down without harm to the call. */
export class ImDesk {
  private messaging: Messaging | null = null
  private unsubscribe: Unsubscribe = () => undefined

  /** `open` is null while the page has not switched messages on. */
  constructor(
    private readonly session: Session,
    private readonly open: OpenMessaging | null,
  ) {}

  /** Tells the page of messages until the returned function is called, which ends them. */
  follow(context: EventContext, trigger: (event: ImEventDetail) => void): Unsubscribe {
    const unsubscribe = this.session.events.on('phaseChanged', (phase) => {
      if (phase === 'joined' && !this.messaging) this.begin(context, trigger)
      if (phase === 'leaving' || phase === 'closed') this.end()
    })
    return () => {
      unsubscribe()
      this.end()
    }
  }

  /** @throws RoomError by the promise: NOT_SUPPORTED while messages are off or there are none, NOT_MEMBER */
  async send(content: MessageContent, to?: string): Promise<void> {
    if (!this.open) throw new RoomError('NOT_SUPPORTED', 'enableIM is not set')
    if (to === '') throw new RoomError('BAD_PARAMETER', 'receiveUser is missing')
    if (!this.messaging) throw new RoomError('NOT_MEMBER', 'Messages can be sent once start() has joined')
    await this.messaging.send(content, to)
  }

  private begin(context: EventContext, trigger: (event: ImEventDetail) => void): void {
    if (!this.open) return
    try {
      this.messaging = this.open(this.session)
    } catch (thrown) {
      return trigger(failure('login_event', toRoomError(thrown), context))
    }
    this.unsubscribe = forwardImEvents(this.messaging, context, trigger)
    // what is wrong is told by an event, and the call goes on
    this.messaging.join(this.session.room.roomId).catch(() => undefined)
  }

  private end(): void {
    this.unsubscribe()
    void this.messaging?.close()
    this.messaging = null
  }
}
