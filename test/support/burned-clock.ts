import type { Frame, Page } from 'playwright-core'
import {
  decodeClock,
  STRIP_COLUMNS,
  STRIP_ROWS,
  stripRect,
  type ClockReading,
} from '../../examples/playground/runtime/media/clock-code'

const SCALE = 3

/** Reads who was filmed, and when, off a drawn picture; null while it shows no intact strip. */
export async function readBurnedClock(where: Page | Frame, picture: string): Promise<ClockReading | null> {
  const size = await where.evaluate((selector) => {
    const element = document.querySelector<HTMLCanvasElement | HTMLVideoElement>(selector)
    if (!element) return null
    return 'videoWidth' in element
      ? { width: element.videoWidth, height: element.videoHeight }
      : { width: element.width, height: element.height }
  }, picture)
  if (!size || size.width === 0) return null
  const { x, y, cell } = stripRect(size.width, size.height)
  const pixels = await where.evaluate(
    ({ selector, from, to }) => {
      const element = document.querySelector<HTMLCanvasElement | HTMLVideoElement>(selector)
      const context = new OffscreenCanvas(to.width, to.height).getContext('2d')
      if (!element || !context) return null
      context.drawImage(element, from.x, from.y, from.width, from.height, 0, 0, to.width, to.height)
      return [...context.getImageData(0, 0, to.width, to.height).data]
    },
    {
      selector: picture,
      from: { x, y, width: STRIP_COLUMNS * cell, height: STRIP_ROWS * cell },
      to: { width: STRIP_COLUMNS * SCALE, height: STRIP_ROWS * SCALE },
    },
  )
  return pixels && decodeClock(new Uint8ClampedArray(pixels), SCALE)
}
