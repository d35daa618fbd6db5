import type { RoomController } from './room-controller'
import type { Rect } from './window-drag'

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
