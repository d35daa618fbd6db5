import type { RoomController } from './room-controller'
import type { RoomInstance } from './room-instance'

/** Messages to everyone in the room, on components whose provider carries them. */
export interface RoomMessageMethods {
  /** Resolves once the server has the message; rejects with NOT_MEMBER before the room is joined. */
  sendTextMsg(text: string): Promise<void>
  /** `data`: any JSON value. */
  sendCustomMsg(data: unknown): Promise<void>
}

/** `failed` hears why a message could not be sent, which the promise says as well. */
export function messageMethods(failed?: (room: RoomController, thrown: unknown) => void) {
  function send({ room }: RoomInstance, kind: 'text' | 'custom', data: unknown): Promise<void> {
    const sending = room.whenActive().then((session) => session.send({ kind, data }))
    sending.catch((thrown: unknown) => failed?.(room, thrown))
    return sending
  }
  return {
    sendTextMsg(this: RoomInstance, text: string): Promise<void> {
      return send(this, 'text', String(text))
    },
    sendCustomMsg(this: RoomInstance, data: unknown): Promise<void> {
      return send(this, 'custom', data)
    },
  }
}
