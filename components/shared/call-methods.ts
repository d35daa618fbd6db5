import type { UserInfo } from '../../src/model'
import { openSettings } from './permissions'
import type { Allowed } from './permissions'
import { userOf } from './room-events'
import type { RoomInstance } from './room-instance'

/** A room, as a page knows it. */
export interface RoomInfo {
  readonly roomId: string
  readonly roomName: string
  /** userID of the member who created the room; '' when unknown */
  readonly creator: string
}

/** A call, from its start to its end. Promises reject with a RoomError and may be ignored. */
export interface CallMethods {
  /**
   * Joins the room, creating it if it is absent. The properties count as they are at the call; only microphone and camera
   * as they are when it joins.
   */
  start(): Promise<RoomInfo>
  /** Leaves the room. Never rejects. */
  stop(): Promise<void>
  /** Pauses one's own publishing and all playing; the room goes on. */
  pause(): Promise<void>
  /** Ends a pause. */
  resume(): Promise<void>
  /**
   * Opens the settings, in a tap handler only, and tells what is allowed there. Where camera and microphone are, a
   * call that was refused them goes on by itself.
   */
  openSetting(): Promise<Allowed>
  /** The room; `''` in its fields before the join. */
  getRoomInfo(): Promise<RoomInfo>
  /** Everyone but oneself, in the order of joining, shown by the template or not. */
  getMembers(): Promise<UserInfo[]>
}

/** Lets a page ignore the promise of a method without an unhandled rejection; it is told by the `error` event. */
export function ignorable<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}

type AsMethods<Methods extends { [K in keyof Methods]: (...args: never[]) => unknown }> = {
  [K in keyof Methods]: (this: RoomInstance, ...args: Parameters<Methods[K]>) => ReturnType<Methods[K]>
}

export const callMethods: AsMethods<CallMethods> = {
  start(this: RoomInstance): Promise<RoomInfo> {
    return ignorable(this.room.start().then(roomInfoOf))
  },
  stop(this: RoomInstance): Promise<void> {
    return this.room.stop()
  },
  pause: inTurn('pause'),
  resume: inTurn('resume'),
  openSetting(this: RoomInstance): Promise<Allowed> {
    const opened = openSettings().then((allowed) => {
      if (allowed.camera && allowed.microphone) this.room.devicesAllowed()
      return allowed
    })
    return ignorable(opened)
  },
  async getRoomInfo(this: RoomInstance): Promise<RoomInfo> {
    return roomInfoOf(this.room.room)
  },
  async getMembers(this: RoomInstance): Promise<UserInfo[]> {
    return [...this.room.room.roster.values()].map(userOf)
  },
}

/** Resolves at once, as there may be much to wait for; without a call there is nothing to do. */
function inTurn(act: 'pause' | 'resume') {
  return async function (this: RoomInstance): Promise<void> {
    this.room.whenActive().then(
      (session) => session[act](),
      () => undefined,
    )
  }
}

/** Not the whole of a join's result: signed URLs stay inside. */
function roomInfoOf({ roomId, roomName, creator }: RoomInfo): RoomInfo {
  return { roomId, roomName, creator }
}
