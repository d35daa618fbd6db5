/** A layout is a line in {@link LAYOUTS} and one WXSS file of the same name in components/shared/layouts. */
export type LayoutName = '1v1' | '1v3' | 'grid' | 'float' | 'bigsmall' | 'presenter' | 'aside' | '1u3d' | '1l3r'

/** Someone whose tile is shown. */
export interface Seated {
  readonly self: boolean
  /** the room is theirs */
  readonly creator: boolean
  /** a shared screen, no face */
  readonly screen?: boolean
  /** place of the live-player in the list of players; -1 for oneself */
  readonly slot: number
}

/** Size of a tile: `lg` the big picture, `md` half the width, `sm` at most a third. Small tiles use short words. */
type Size = 'lg' | 'md' | 'sm'
/** How a tile is framed: edge to edge, as a window over others, or as one of several. */
type Frame = 'full' | 'win' | 'tile'

interface Layout {
  /** Tiles shown at most, one's own included. */
  readonly seats: number
  /** The seat of each; `shown` is in the order of joining, oneself first. */
  seatsOf(shown: readonly Seated[]): readonly number[]
  look(seat: number, count: number): readonly [Size, Frame]
}

const OWN_LAST = 9

function gridSize(count: number): Size {
  if (count <= 2) return 'lg'
  return count <= 6 ? 'md' : 'sm'
}

/** Equal tiles that close ranks by themselves. A seat is only an order and follows the slot, so that none moves when someone leaves. */
function tiled(seats: number): Layout {
  return {
    seats,
    seatsOf: (shown) => shown.map(({ self, slot }) => (self ? OWN_LAST : slot)),
    look: (_seat, count) => [gridSize(count), 'tile'],
  }
}

/**
 * Whoever leads first, then the others in the order of joining, one's own first; nobody leads: the first does. A shared
 * screen leads before any face: there is something to read on it.
 */
function led(leads: (tile: Seated) => boolean): Layout['seatsOf'] {
  return (shown) => {
    const screen = shown.findIndex(({ screen }) => screen)
    const lead = screen >= 0 ? screen : Math.max(0, shown.findIndex(leads))
    return shown.map((_tile, order) => {
      if (order === lead) return 0
      return order < lead ? order + 1 : order
    })
  }
}

/** One picture fills the stage, the others are windows on it. */
function windowed(seats: number, leads: (tile: Seated) => boolean): Layout {
  return {
    seats,
    seatsOf: led(leads),
    look: (seat) => (seat === 0 ? ['lg', 'full'] : ['sm', 'win']),
  }
}

/** One picture is large, the others are small tiles beside it. */
function headed(seats: number, leads: (tile: Seated) => boolean): Layout {
  return { seats, seatsOf: led(leads), look: (seat) => [seat === 0 ? 'lg' : 'sm', 'tile'] }
}

const isCreator = ({ creator }: Seated): boolean => creator
const isOther = ({ self }: Seated): boolean => !self

/** Every layout: how many it seats, and where. */
export const LAYOUTS: Readonly<Record<LayoutName, Layout>> = {
  '1v1': windowed(2, isOther),
  '1v3': tiled(4),
  grid: tiled(9),
  float: windowed(4, ({ self }) => self),
  bigsmall: windowed(4, isOther),
  presenter: windowed(4, isCreator),
  aside: windowed(4, isCreator),
  '1u3d': headed(4, isCreator),
  '1l3r': headed(4, isCreator),
}

export const DEFAULT_LAYOUT: LayoutName = '1v3'

/** The class names of each tile: its seat, its size, its frame. `shown` is in the order of joining, oneself first. */
export function placesOf(name: LayoutName, shown: readonly Seated[]): readonly string[] {
  const layout = LAYOUTS[name]
  return layout.seatsOf(shown).map((seat) => {
    const [size, frame] = layout.look(seat, shown.length)
    const classes = `rl-s${seat} rl-tile--${size}`
    return frame === 'tile' ? classes : `${classes} rl-tile--${frame}`
  })
}
