export interface Point {
  readonly x: number
  readonly y: number
}

/** As boundingClientRect gives it, px. */
export interface Rect {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

interface Grip {
  readonly name: string
  readonly touch: Point
  readonly offset: Point
  /** Offsets that keep the window inside the stage. */
  readonly least: Point
  readonly most: Point
}

/** Style of each dragged window, by its name; a window that stands where its layout put it has none. */
export type WindowStyles = Readonly<Record<string, string>>

/** Where the user has dragged the windows of the stage to. */
export class WindowDrag {
  private readonly offsets = new Map<string, Point>()
  private grip: Grip | null = null

  get styles(): WindowStyles {
    const styles: Record<string, string> = {}
    for (const [name, { x, y }] of this.offsets) styles[name] = `transform: translate(${x}px, ${y}px)`
    return styles
  }

  /** A finger lies on a window; `tile` is where the window stands at this moment. */
  begin(name: string, touch: Point, tile: Rect, stage: Rect): void {
    const offset = this.offsets.get(name) ?? { x: 0, y: 0 }
    this.grip = {
      name,
      touch,
      offset,
      least: { x: offset.x + stage.left - tile.left, y: offset.y + stage.top - tile.top },
      most: {
        x: offset.x + stage.left + stage.width - (tile.left + tile.width),
        y: offset.y + stage.top + stage.height - (tile.top + tile.height),
      },
    }
  }

  /** @returns whether a window moved */
  move(name: string, touch: Point): boolean {
    const { grip } = this
    if (!grip || grip.name !== name) return false
    const x = clamp(grip.offset.x + touch.x - grip.touch.x, grip.least.x, grip.most.x)
    const y = clamp(grip.offset.y + touch.y - grip.touch.y, grip.least.y, grip.most.y)
    const before = this.offsets.get(name)
    if (before && before.x === x && before.y === y) return false
    this.offsets.set(name, { x, y })
    return true
  }

  /** The layout changed, and with it where windows stand. */
  reset(): void {
    this.offsets.clear()
    this.grip = null
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.round(Math.min(Math.max(value, least), Math.max(least, most)))
}
