import type { UserInfo } from '../../src/model'
import type { DeviceMethods } from './device-methods'
import type { Allowed } from './permissions'
import type { RoomController } from './room-controller'
import type { Rect } from './window-drag'

export interface RoomInfo {
  readonly roomId: string
  readonly roomName: string
  /** userID of the member who created the room; '' when unknown */
  readonly creator: string
}

/** The slice of WeChat's SelectorQuery that finds where things stand. */
export interface RectQuery {
  select(selector: string): { boundingClientRect(): unknown }
  exec(done: (found: readonly (Rect | null)[]) => void): unknown
}

/** A component that has the behavior, as its own methods see it. */
export interface RoomInstance {
  readonly data: Readonly<Record<string, unknown>>
  room: RoomController
  /** What the page has written, by property, where `data` carries what is drawn under the same names. */
  written?: Readonly<Record<string, unknown>>
  setData(changes: Record<string, unknown>, done?: () => void): void
  triggerEvent(name: string, detail: unknown): void
  createSelectorQuery(): RectQuery
}

/** The methods that every room component gives a page. Promises reject with a RoomError and may be ignored. */
export interface RoomMethods extends CallMethods, DeviceMethods {}

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
