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

/** How many a layout seats, and how it looks. */
export interface Layout {
  /** Tiles shown at most, one's own included. */
  readonly seats: number
  /** One picture is large, and the others are small beside it or windows on it. Without it all tiles are alike. */
  readonly led?: Led
}

/** How the large picture is chosen, and what the tiles look like. */
export interface Led {
  /** Whose picture is the large one; nobody's: the first one. */
  leads(tile: Seated): boolean
  /**
   * Class names of the large one and of the others. A size: `lg` the big picture, `md` half the width, `sm` at most a third,
   * where words are short. Where windows lie on a picture a frame as well: `full` edge to edge, `win` a window.
   */
  readonly looks: readonly [large: string, small: string]
}

function windowed(seats: number, leads: Led['leads']): Layout {
  return { seats, led: { leads, looks: ['rl-tile--lg rl-tile--full', 'rl-tile--sm rl-tile--win'] } }
}

function headed(seats: number, leads: Led['leads']): Layout {
  return { seats, led: { leads, looks: ['rl-tile--lg', 'rl-tile--sm'] } }
}

const isCreator = ({ creator }: Seated): boolean => creator
const isOther = ({ self }: Seated): boolean => !self

/** Every layout: how many it seats, and where. */
export const LAYOUTS: Readonly<Record<LayoutName, Layout>> = {
  '1v1': windowed(2, isOther),
  '1v3': { seats: 4 },
  grid: { seats: 9 },
  float: windowed(4, ({ self }) => self),
  bigsmall: windowed(4, isOther),
  presenter: windowed(4, isCreator),
  aside: windowed(4, isCreator),
  '1u3d': headed(4, isCreator),
  '1l3r': headed(4, isCreator),
}

/** The class names of each tile: its seat, its size, its frame. `shown` is in the order of joining, oneself first. */
export function placesOf(name: LayoutName, shown: readonly Seated[]): string[] {
  const { led } = LAYOUTS[name]
  return led ? ledPlaces(led, shown) : tiledPlaces(shown)
}

const OWN_LAST = 9

/** Equal tiles that close ranks by themselves. A seat is only an order and follows the slot, so that none moves when someone leaves. */
function tiledPlaces(shown: readonly Seated[]): string[] {
  const { length } = shown
  const size = length <= 2 ? 'lg' : length <= 6 ? 'md' : 'sm'
  return shown.map(({ self, slot }) => `rl-s${self ? OWN_LAST : slot} rl-tile--${size}`)
}

/**
 * Whoever leads first, then the others in the order of joining, one's own first. A shared screen leads before any face:
 * there is something to read on it.
 */
function ledPlaces({ leads, looks: [large, small] }: Led, shown: readonly Seated[]): string[] {
  const screen = shown.findIndex((tile) => tile.screen)
  const lead = screen < 0 ? Math.max(0, shown.findIndex(leads)) : screen
  return shown.map((_tile, order) => {
    if (order === lead) return `rl-s0 ${large}`
    return `rl-s${order < lead ? order + 1 : order} ${small}`
  })
}
