import {
  ageOf,
  CLOCK_PERIOD_MS,
  decodeClock,
  encodeClock,
  idHash,
  STRIP_COLUMNS,
  STRIP_ROWS,
  stripRect,
} from '../../../examples/playground/runtime/media/clock-code'
import { plateRect } from '../../../examples/playground/runtime/media/picture-painter'

const SCALE = 3

function drawn(cells: readonly boolean[]): Uint8ClampedArray {
  const width = STRIP_COLUMNS * SCALE
  const pixels = new Uint8ClampedArray(width * STRIP_ROWS * SCALE * 4)
  for (let y = 0; y < STRIP_ROWS * SCALE; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const cell = Math.floor(y / SCALE) * STRIP_COLUMNS + Math.floor(x / SCALE)
      pixels.fill(cells[cell] ? 235 : 16, (y * width + x) * 4, (y * width + x) * 4 + 4)
    }
  }
  return pixels
}

describe('the burned-in clock', () => {
  const now = 5 * CLOCK_PERIOD_MS + 123_456

  it('is read back with the publisher and the time', () => {
    const cells = encodeClock('周雅', now)
    expect(cells).toHaveLength(STRIP_COLUMNS * STRIP_ROWS)
    expect(decodeClock(drawn(cells), SCALE)).toEqual({ idHash: idHash('周雅'), clockMs: 123_456 })
  })

  it('is no reading where a cell is wrong, or the picture black', () => {
    const cells = encodeClock('limei', now)
    cells.forEach((white, at) => expect(decodeClock(drawn(cells.with(at, !white)), SCALE)).toBeNull())
    expect(decodeClock(drawn(cells.map(() => false)), SCALE)).toBeNull()
  })

  it('tells its age over the end of its period', () => {
    expect(ageOf({ idHash: 0, clockMs: CLOCK_PERIOD_MS - 10 }, CLOCK_PERIOD_MS + 30)).toBe(40)
  })

  it.each([
    [360, 640],
    [480, 640],
    [540, 960],
  ])('stands on a plate of %i × %i that a window in the corner leaves free', (width, height) => {
    const [strip, plate] = [stripRect(width, height), plateRect(width, height)]
    expect(plate.width / width).toBeLessThanOrEqual(0.36)
    expect(plate.x + plate.width / 2).toBeCloseTo(width / 2)
    expect(plate.y).toBeGreaterThan(0)
    expect(strip.x).toBeGreaterThan(plate.x)
    expect(strip.x + STRIP_COLUMNS * strip.cell).toBeLessThan(plate.x + plate.width)
    expect(strip.y + STRIP_ROWS * strip.cell).toBeLessThan(plate.y + plate.height)
  })
})
