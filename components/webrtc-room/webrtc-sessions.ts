import { RoomError } from '../../src/errors'
import type { MediaHost } from '../../src/media/media-host'
import { RoomServiceMessaging } from '../../src/messaging/room-service-messaging'
import type { TencentChat } from '../../src/messaging/tencent-chat'
import { TencentIMMessaging } from '../../src/messaging/tencent-im-messaging'
import { trtcRooms } from '../../src/provider/trtc/trtc-rooms'
import type { AppService } from '../shared/app-service'
import type { CreateSession } from '../shared/session'
import type { WebrtcRoomSettings } from './props'
import { WebrtcSession } from './webrtc-session'
import type { OpenMessaging } from './webrtc-session'

const chats = new WeakMap<MediaHost, TencentChat>()

/** From the next start() on the messages of a component go by this instance. */
export function useChat(host: MediaHost, chat: TencentChat): void {
  chats.set(host, chat)
}

/** Sessions of `<webrtc-room>`, by the provider that its page names, each with its messages. */
export function webrtcSessions(serviceOf: () => AppService): CreateSession {
  return (host, seats, asked) => {
    const settings = asked as WebrtcRoomSettings
    const service = serviceOf()
    const { platform, policy } = service
    const { provider, autoplay, enableIM } = settings
    const options =
      provider === trtcRooms.name
        ? { platform, policy, host, seats, provider: trtcRooms, providerConfig: settings.trtc }
        : service.optionsOf(host, seats, settings)
    return new WebrtcSession({ ...options, autoplay }, enableIM ? messagingWith(settings, chats.get(host)) : null)
  }
}

function messagingWith({ provider, request, userSig }: WebrtcRoomSettings, chat?: TencentChat): OpenMessaging {
  return (session, { platform, events }) => {
    const { selfId, roomId } = session.room
    if (chat) {
      const self = { userID: selfId, userName: request.userName || selfId, userAvatar: request.userAvatar }
      return new TencentIMMessaging({ platform, chat, group: roomId, self, userSig, events })
    }
    if (provider !== trtcRooms.name) return new RoomServiceMessaging(session, events)
    throw new RoomError('NOT_SUPPORTED', 'TRTC carries no messages: hand in a chat by useChat()')
  }
}
