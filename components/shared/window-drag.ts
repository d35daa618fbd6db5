import type { WindowStyles } from '../../src/view/room-view'

/** A finger on the screen, px. */
export interface Touch {
  readonly clientX: number
  readonly clientY: number
}

/** As boundingClientRect gives it, px. */
export interface Rect {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

interface Offset {
  readonly x: number
  readonly y: number
}

/** Where the user has dragged the windows of the stage to. */
export class WindowDrag {
  private readonly offsets = new Map<string, Offset>()
  /** The window under the finger, and where the finger takes it. */
  private grip: { readonly name: string; offsetAt(touch: Touch): Offset } | null = null

  get styles(): WindowStyles {
    const styles: Record<string, string> = {}
    for (const [name, { x, y }] of this.offsets) styles[name] = `transform: translate(${x}px, ${y}px)`
    return styles
  }

  /** A finger lies on a window; `tile` is where the window stands at this moment. */
  begin(name: string, touch: Touch, tile: Rect, stage: Rect): void {
    const { x, y } = this.offsets.get(name) ?? { x: 0, y: 0 }
    this.grip = {
      name,
      offsetAt: ({ clientX, clientY }) => ({
        x: x + within(stage.left - tile.left, clientX - touch.clientX, stage.right - tile.right),
        y: y + within(stage.top - tile.top, clientY - touch.clientY, stage.bottom - tile.bottom),
      }),
    }
  }

  /** @returns whether this window is being dragged */
  move(name: string, touch: Touch): boolean {
    const { grip } = this
    if (grip?.name !== name) return false
    this.offsets.set(name, grip.offsetAt(touch))
    return true
  }

  /** The layout changed, and with it where windows stand. */
  reset(): void {
    this.offsets.clear()
    this.grip = null
  }
}

/** How far a window goes, in whole px: never off the stage. */
function within(least: number, way: number, most: number): number {
  return Math.round(Math.min(Math.max(way, least), Math.max(least, most)))
}
