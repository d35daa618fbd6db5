import type { CloseReason } from '../model'
import type { Unsubscribe } from '../util/emitter'
import type { ClosedFrame, LiveFrame, NoticeFrame } from './protocol'

export interface RoomListener {
  onNotice(frame: NoticeFrame): void
  onLive(frame: LiveFrame): void
  onClosed(reason: CloseReason): void
}

/** Who wants to hear about which room; several components of an app share one socket. */
export class RoomRoutes {
  private readonly rooms = new Map<string, Set<RoomListener>>()

  listen(room: string, listener: RoomListener): Unsubscribe {
    const listeners = this.rooms.get(room) ?? new Set<RoomListener>()
    this.rooms.set(room, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.rooms.get(room) === listeners) this.rooms.delete(room)
    }
  }

  isListened(room: string): boolean {
    return this.rooms.has(room)
  }

  notice(frame: NoticeFrame): void {
    for (const listener of [...(this.rooms.get(frame.room) ?? [])]) listener.onNotice(frame)
  }

  live(frame: LiveFrame): void {
    for (const listener of [...(this.rooms.get(frame.room) ?? [])]) listener.onLive(frame)
  }

  closed(frame: ClosedFrame): void {
    for (const listener of [...(this.rooms.get(frame.room) ?? [])]) listener.onClosed(frame.closed)
  }

  clear(): void {
    this.rooms.clear()
  }
}
