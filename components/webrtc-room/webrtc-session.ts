import { RoomError, toRoomError } from '../../src/errors'
import type { Messaging, MessagingEmitter, SentContent } from '../../src/messaging/messaging'
import type { Platform } from '../../src/platform/platform'
import { CallSession } from '../../src/room/call-session'
import type { RoomSessionOptions } from '../../src/room/call-session'
import { TypedEmitter } from '../../src/util/emitter'
import { RetryTimer } from '../../src/util/retry-timer'
import type { RoomController } from '../shared/room-controller'
import type { Session } from '../shared/session'
import { forwardImEvents } from './im-events'

/** What messages stand on. */
export interface MessagingPort {
  readonly platform: Platform
  readonly events: MessagingEmitter
}

/** Opens the messages of a room that has been joined. @throws RoomError when there can be none */
export type OpenMessaging = (session: Session, port: MessagingPort) => Messaging

/**
 * A call and its messages: there from its joining to its end, and down without harm to the call. Where they cannot be joined
 * for now, they are tried again as the policy says.
 */
export class WebrtcSession extends CallSession {
  private messaging: Messaging | null = null
  private readonly nextTry: RetryTimer

  /** `openMessaging` is null while the page has not switched messages on. */
  constructor(
    options: RoomSessionOptions,
    private readonly openMessaging: OpenMessaging | null,
  ) {
    super(options)
    this.nextTry = new RetryTimer(options.platform, options.policy)
  }

  /** Tells the page of messages from now on. */
  tellMessages(room: RoomController): void {
    this.events.on('phaseChanged', () => {
      // a page that was told before may have left by now
      const { phase } = this.room
      if (phase === 'joined') this.beginMessages(room)
      if (phase === 'leaving' || phase === 'closed') this.endMessages()
    })
  }

  /** @throws RoomError by the promise: NOT_SUPPORTED while messages are off or there are none, NOT_MEMBER */
  async sendMessage(message: SentContent, to?: string): Promise<void> {
    if (!this.openMessaging) throw new RoomError('NOT_SUPPORTED', 'enableIM is not set')
    if (to === '') throw new RoomError('BAD_PARAMETER', 'receiveUser is missing')
    if (!this.messaging) throw new RoomError('NOT_MEMBER', 'Messages can be sent once start() has joined')
    await this.messaging.send(message, to)
  }

  override dispose(): void {
    super.dispose()
    this.endMessages()
  }

  private beginMessages(room: RoomController, attempt = 1): void {
    if (!this.openMessaging || this.messaging) return
    const { platform } = this.options
    const events: MessagingEmitter = new TypedEmitter((error) =>
      platform.log('error', 'A listener of the messages threw', error),
    )
    forwardImEvents(events, room)
    try {
      const messaging = this.openMessaging(this, { platform, events })
      this.messaging = messaging
      // what is wrong is told by an event, and the call goes on
      messaging.join().catch((thrown: unknown) => {
        const error = toRoomError(thrown)
        if (this.messaging !== messaging || !error.recoverable) return
        const again = (): void => {
          this.endMessages()
          this.beginMessages(room, attempt + 1)
        }
        this.nextTry.plan(attempt, error, again, () => undefined)
      })
    } catch (thrown) {
      events.emit('loginEnded', toRoomError(thrown))
    }
  }

  private endMessages(): void {
    this.nextTry.cancel()
    void this.messaging?.close()
    this.messaging = null
  }
}
