import type { Log } from '../../log'
import { nodeOf } from './connection-name'
import { heldKey } from './keys'
import type { RedisLink } from './redis-link'
import type { RoomImages } from './room-images'

/** The sockets of a node that has died are gone with it: whoever they held has the usual time to come back. */
export async function clearDeadNodes(redis: RedisLink, rooms: RoomImages, log: Log): Promise<void> {
  for (const node of await redis.deadNodes()) {
    const held = await redis.ask((client) => client.smembers(heldKey(node)))
    await Promise.all(
      held.map((entry) => {
        const [room, userID] = JSON.parse(entry) as [string, string]
        return rooms.at(room, (cell) => {
          const socket = cell.room?.socketOf(userID) ?? null
          if (socket !== null && nodeOf(socket) === node) cell.lose({ userID, connection: socket })
        })
      }),
    )
    await redis.forgetNode(node)
    log('info', 'A node is gone', { node, held: held.length })
  }
}
