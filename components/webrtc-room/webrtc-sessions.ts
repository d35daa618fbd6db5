import { RoomError } from '../../src/errors'
import type { MediaHost } from '../../src/media/media-host'
import type { Messaging } from '../../src/messaging/messaging'
import { RoomServiceMessaging } from '../../src/messaging/room-service-messaging'
import type { TencentChat } from '../../src/messaging/tencent-chat'
import { TencentIMMessaging } from '../../src/messaging/tencent-im-messaging'
import { trtc } from '../../src/provider/trtc/trtc'
import { CallSession } from '../../src/room/call-session'
import { sessionOptionsOf } from '../../src/room/session-options'
import type { AppService } from '../shared/service'
import type { Session } from '../shared/session'
import { ImDesk } from './im-desk'
import type { WebrtcRoomSettings } from './props'

/** Makes the sessions of `<webrtc-room>`, by the provider that its page names, each with its messages. */
export class WebrtcSessions {
  private readonly desks = new WeakMap<Session, ImDesk>()
  private readonly chats = new WeakMap<MediaHost, TencentChat>()

  constructor(private readonly service: () => AppService) {}

  create(host: MediaHost, seats: number, settings: WebrtcRoomSettings): Session {
    const service = this.service()
    const { platform, policy } = service
    const { autoplay, provider } = settings
    const chosen = provider === trtc.name ? { provider: trtc, config: settings.trtc } : service.chosenBy(provider)
    const session = new CallSession(sessionOptionsOf({ platform, policy, host, seats, autoplay, ...chosen }))
    const open = settings.enableIM ? () => this.openMessaging(session, this.chats.get(host), settings) : null
    this.desks.set(session, new ImDesk(session, open))
    return session
  }

  /** @throws RoomError NOT_MEMBER when the session is none of these */
  deskOf(session: Session): ImDesk {
    const desk = this.desks.get(session)
    if (!desk) throw new RoomError('NOT_MEMBER')
    return desk
  }

  /** From the next joining on messages go by this instance. */
  useChat(host: MediaHost, chat: TencentChat): void {
    this.chats.set(host, chat)
  }

  private openMessaging(session: Session, chat: TencentChat | undefined, settings: WebrtcRoomSettings): Messaging {
    const { platform } = this.service()
    const { provider, request, userSig } = settings
    if (chat) {
      const { selfId } = session.room
      const self = { userID: selfId, userName: request.userName || selfId, userAvatar: request.userAvatar }
      return new TencentIMMessaging({ platform, chat, self, userSig })
    }
    if (provider === trtc.name)
      throw new RoomError('NOT_SUPPORTED', 'TRTC carries no messages: hand in a chat by useChat()')
    return new RoomServiceMessaging(
      {
        send: (message) => session.send(message),
        onMessage: (listener) => session.events.on('messageReceived', listener),
        joined: () => Promise.resolve(),
      },
      platform.log,
    )
  }
}
