import { ignorable } from './room-instance'
import type { RoomInstance } from './room-instance'

/** Messages to everyone in the room, on components whose provider carries them. */
export interface RoomMessageMethods {
  /** Resolves once the server has the message; rejects with NOT_MEMBER before the room is joined. */
  sendTextMsg(text: string): Promise<void>
  /** `data`: any JSON value. */
  sendCustomMsg(data: unknown): Promise<void>
}

/** `failureNumber`: `code` of the `error` event that tells of a message that could not be sent; without it there is none. */
export function messageMethods(failureNumber?: number) {
  function send({ room }: RoomInstance, kind: 'text' | 'custom', data: unknown): Promise<void> {
    const sending = room.whenActive().then((session) => session.send({ kind, data }))
    return ignorable(failureNumber === undefined ? sending : room.telling(sending, failureNumber))
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
