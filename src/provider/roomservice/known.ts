import type { RoomProvider } from '../provider'

/** What is known of RoomService before anybody has logged in: a page that uses another provider ships no more of it. */
export const ROOM_SERVICE: Pick<RoomProvider, 'name' | 'capabilities'> = {
  name: 'roomservice',
  capabilities: { messages: true, linkMic: true, createRooms: true, broadcasts: true, callAudience: false },
}
