import type { RoomKind } from '../../../src/signaling/protocol'
import type { Room } from './room'
import type { Census, ListRooms } from './store-ops'
import type { StoredRoom } from './stored-room'

/** The rooms that somebody publishes in, of each kind in the order in which they were first entered, in the memory of one process. */
export class MemoryListing {
  private readonly active = new Map<RoomKind, Set<Room>>()

  /** Something has happened in the room. */
  note(room: Room): void {
    const { kind } = room.options
    const active = this.active.get(kind)
    if (room.seats.size === 0) active?.delete(room)
    else if (active) active.add(room)
    else this.active.set(kind, new Set([room]))
  }

  /** The room is over. */
  remove(room: Room): void {
    this.active.get(room.options.kind)?.delete(room)
  }

  list({ kind, roomType, index, cnt }: ListRooms): StoredRoom[] {
    const found: StoredRoom[] = []
    let skipped = 0
    for (const room of this.active.get(kind)?.values() ?? []) {
      if (found.length >= cnt) break
      if (roomType !== undefined && room.options.roomType !== roomType) continue
      if (skipped < index) skipped += 1
      else found.push(room.snapshot())
    }
    return found
  }

  census(): Census {
    let rooms = 0
    let members = 0
    for (const active of this.active.values()) {
      rooms += active.size
      for (const room of active) members += room.headcount
    }
    return { rooms, members }
  }

  clear(): void {
    this.active.clear()
  }
}
