import { element } from '../site/element'
import type { DeskCall } from './desk-call'
import { deskIcon } from './desk-icon'
import { SoundMeter } from './sound-meter'
import { Tile, type TilePort } from './tile'
import { OWN_SCREEN, SELF, tilesOf, type TileModel } from './tile-model'
import type { Say } from './words'

/** Columns of a grid of this many tiles. */
const COLUMNS = [1, 1, 2, 2, 2, 3, 3, 3, 3, 3]
const COLUMNS_UPRIGHT = [1, 1, 1, 2, 2, 2, 2, 2, 2, 2]
const SPEAKING_LEVEL = 0.02
const METER_INTERVAL_MS = 200

/** The pictures of a call: all alike in a grid, or one large beneath a strip of the others. */
export class Stage {
  readonly root = element('section', { class: 'dk__stage', 'data-testid': 'desk-stage' })
  private readonly strip = element('div', { class: 'dk-strip' })
  private readonly grid = element('div', { class: 'dk-grid' })
  private readonly alone = element('div', { class: 'dk-alone', hidden: true })
  private readonly line = element('div', { class: 'dk-line', role: 'status', hidden: true })
  private readonly tiles = new Map<string, Tile>()
  private readonly meter = new SoundMeter()
  private readonly timer = setInterval(() => this.measure(), METER_INTERVAL_MS)
  private readonly ended = new AbortController()
  private focused: string | null = null
  private screens: readonly string[] = []

  constructor(
    private readonly call: DeskCall,
    private readonly changed: () => void,
    private readonly kick: (userID: string) => void,
  ) {
    this.root.append(this.strip, this.grid, this.alone, this.line)
    addEventListener('resize', changed, { signal: this.ended.signal })
  }

  get isFocused(): boolean {
    return this.focused !== null
  }

  /** The browser plays no sound before a tap. */
  get isSilenced(): boolean {
    return this.meter.isSilenced
  }

  /** One large, or all alike. */
  toggleFocus(key: string | null = null): void {
    const tiles = tilesOf(this.call)
    const next = key ?? (tiles.find(({ screen }) => screen) ?? tiles[0])?.key ?? null
    this.focused = this.focused === next || (key === null && this.focused !== null) ? null : next
    this.changed()
  }

  render(say: Say): void {
    const models = tilesOf(this.call)
    this.focusNewScreen(models)
    if (this.focused !== null && !models.some(({ key }) => key === this.focused)) this.focused = null
    const large = models.length > 1 ? this.focused : null
    this.forgetAbsent(models)
    const held = document.activeElement
    for (const model of models) {
      const place = models.length === 1 ? 'alone' : model.key === large ? 'large' : 'among'
      this.tileOf(model.key).render(model, this.pictureOf(model.key), place, say)
    }
    this.root.classList.toggle('dk__stage--share', large !== null)
    place(this.strip, large === null ? [] : this.rootsOf(models.filter(({ key }) => key !== large)))
    place(this.grid, this.rootsOf(large === null ? models : models.filter(({ key }) => key === large)))
    this.strip.hidden = large === null
    // a tile that has moved would lose the focus of its buttons
    if (held instanceof HTMLElement && this.root.contains(held)) held.focus()
    arrange(this.grid)
    this.renderLines(models, say)
  }

  /** For whoever draws the stage anew, such as a recording. */
  pictures(): readonly { readonly model: TileModel; readonly picture: HTMLCanvasElement | HTMLVideoElement | null }[] {
    return tilesOf(this.call).map((model) => ({ model, picture: this.pictureOf(model.key) }))
  }

  close(): void {
    this.ended.abort()
    clearInterval(this.timer)
    this.meter.close()
  }

  /** There is something to read on it. Afterwards it is the person's choice. */
  private focusNewScreen(models: readonly TileModel[]): void {
    const screens = models.filter(({ screen }) => screen).map(({ key }) => key)
    this.focused = screens.find((key) => !this.screens.includes(key)) ?? this.focused
    this.screens = screens
  }

  private renderLines(models: readonly TileModel[], say: Say): void {
    const { room } = this.call
    this.line.hidden = room?.phase !== 'reconnecting'
    if (room) this.line.textContent = say('roomReconnecting', { n: room.attempt })
    this.alone.hidden = !(room?.phase === 'joined' && models.every(({ key }) => key === SELF || key === OWN_SCREEN))
    if (!this.alone.hidden && room) {
      const where = element('span', {}, say('aloneSay', { room: room.roomId }))
      this.alone.replaceChildren(deskIcon('users'), element('b', {}, say('alone')), where)
    }
  }

  private measure(): void {
    const { call } = this
    for (const [key, tile] of this.tiles) {
      const muted = key === SELF && call.isMuted
      const level = this.meter.levelOf(key, muted ? null : this.soundOf(key))
      tile.setLevel(level, level > SPEAKING_LEVEL)
    }
  }

  private soundOf(key: string): MediaStream | null {
    return key === SELF ? this.call.host.ownSound() : this.call.host.soundOf(key)
  }

  private pictureOf(key: string): HTMLCanvasElement | HTMLVideoElement | null {
    if (key === SELF) return this.call.preview
    return key === OWN_SCREEN ? this.call.screen.picture : this.call.host.pictureOf(key)
  }

  private tileOf(key: string): Tile {
    const present = this.tiles.get(key)
    if (present) return present
    const port: TilePort = {
      retry: (which) => this.call.retry(which === SELF ? null : which),
      focus: (which) => this.toggleFocus(which),
      kick: (userID) => this.kick(userID),
    }
    const tile = new Tile(key, port)
    this.tiles.set(key, tile)
    return tile
  }

  private rootsOf(models: readonly TileModel[]): HTMLElement[] {
    return models.map(({ key }) => this.tileOf(key).root)
  }

  private forgetAbsent(models: readonly TileModel[]): void {
    for (const [key, tile] of this.tiles) {
      if (models.some((model) => model.key === key)) continue
      tile.root.remove()
      this.tiles.delete(key)
      this.meter.forget(key)
    }
  }
}

/** Moves only what has to move: a video that is moved stops playing. */
function place(parent: HTMLElement, children: readonly HTMLElement[]): void {
  const same =
    parent.children.length === children.length && children.every((child, at) => parent.children[at] === child)
  if (!same) parent.replaceChildren(...children)
}

/** A last row that is not full stands in the middle: the grid counts in half tiles. */
function arrange(grid: HTMLElement): void {
  const tiles = [...grid.children] as HTMLElement[]
  const columns = (innerHeight > innerWidth ? COLUMNS_UPRIGHT : COLUMNS)[tiles.length] ?? 3
  grid.style.setProperty('--halves', String(columns * 2))
  const rest = tiles.length % columns
  tiles.forEach((tile, index) => {
    const beginsLastRow = rest > 0 && index === tiles.length - rest
    tile.style.gridColumn = beginsLastRow ? `${1 + columns - rest} / span 2` : 'span 2'
  })
}
