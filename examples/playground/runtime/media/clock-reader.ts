import { decodeClock, STRIP_COLUMNS, STRIP_ROWS, stripRect, type ClockReading } from './clock-code'

/** px per cell in the copy that is read: the middle pixel of each is looked at */
const SCALE = 3

/** Reads the burned-in clock of pictures; keeps one small canvas, so use one reader for many pictures. */
export class ClockReader {
  private readonly context: OffscreenCanvasRenderingContext2D

  constructor() {
    const canvas = new OffscreenCanvas(STRIP_COLUMNS * SCALE, STRIP_ROWS * SCALE)
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (!context) throw new Error('no 2d context')
    this.context = context
  }

  /** `width` and `height` are the picture's own, not those on screen. null when no intact strip is there. */
  read(picture: CanvasImageSource, width: number, height: number): ClockReading | null {
    const { x, y, cell } = stripRect(width, height)
    const [w, h] = [STRIP_COLUMNS * SCALE, STRIP_ROWS * SCALE]
    this.context.drawImage(picture, x, y, STRIP_COLUMNS * cell, STRIP_ROWS * cell, 0, 0, w, h)
    return decodeClock(this.context.getImageData(0, 0, w, h).data, SCALE)
  }
}
