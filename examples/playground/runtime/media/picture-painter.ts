import { encodeClock, plateUnit, STRIP_COLUMNS, STRIP_ROWS, stripRect } from './clock-code'

/** How the picture is to look; WeChat's attributes of the same names. */
export interface Look {
  readonly userId: string
  readonly mirrored: boolean
  /** 0-9 */
  readonly beauty: number
  /** 0-9 */
  readonly whiteness: number
}

type Context2d = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D
interface Picture {
  readonly source: CanvasImageSource
  readonly width: number
  readonly height: number
}

const PLATE_CENTRE = 0.12
const PLATE_PADDING = 7
const SOFT_SIZE = 1 / 6
/** share of the softened picture at full beauty: softer, yet a face keeps its edges */
const SOFT_STRENGTH = 0.55
const WHITE_STRENGTH = 0.28

/** Draws a camera picture to fill a frame, with the person's looks, and burns in who and when. */
export class PicturePainter {
  private readonly soft = new OffscreenCanvas(1, 1)

  paint(context: Context2d, picture: Picture | null, look: Look, nowMs: number): void {
    const { width, height } = context.canvas
    if (picture) this.paintCamera(context, picture, look, width, height)
    else paintNoCamera(context, width, height)
    burnIn(context, look.userId, nowMs, width, height)
  }

  private paintCamera(context: Context2d, picture: Picture, look: Look, width: number, height: number): void {
    const scale = Math.max(width / picture.width, height / picture.height)
    const [w, h] = [picture.width * scale, picture.height * scale]
    context.save()
    if (look.mirrored) context.transform(-1, 0, 0, 1, width, 0)
    context.drawImage(picture.source, (width - w) / 2, (height - h) / 2, w, h)
    context.restore()
    if (look.beauty > 0) this.soften(context, look.beauty / 9, width, height)
    if (look.whiteness > 0) {
      context.fillStyle = `rgba(255,250,245,${(look.whiteness / 9) * WHITE_STRENGTH})`
      context.fillRect(0, 0, width, height)
    }
  }

  /** Lays a shrunken and enlarged copy over the picture: a cheap blur, since a real one costs too much per frame. */
  private soften(context: Context2d, strength: number, width: number, height: number): void {
    const [w, h] = [Math.ceil(width * SOFT_SIZE), Math.ceil(height * SOFT_SIZE)]
    if (this.soft.width !== w || this.soft.height !== h) Object.assign(this.soft, { width: w, height: h })
    const soft = this.soft.getContext('2d')
    if (!soft) return
    soft.drawImage(context.canvas, 0, 0, w, h)
    context.globalAlpha = strength * SOFT_STRENGTH
    context.drawImage(this.soft, 0, 0, width, height)
    context.globalAlpha = 1
  }
}

function paintNoCamera(context: Context2d, width: number, height: number): void {
  context.fillStyle = '#182122'
  context.fillRect(0, 0, width, height)
  const [x, y, size] = [width / 2, height / 2, width / 12]
  context.strokeStyle = '#8f9f9c'
  context.lineWidth = Math.max(2, width / 90)
  context.lineJoin = 'round'
  context.lineCap = 'round'
  context.beginPath()
  context.roundRect(x - size, y - size * 0.7, size * 1.3, size * 1.4, size * 0.2)
  context.moveTo(x + size * 0.3, y)
  context.lineTo(x + size, y - size * 0.5)
  context.lineTo(x + size, y + size * 0.5)
  context.closePath()
  context.moveTo(x - size * 1.1, y - size)
  context.lineTo(x + size * 1.1, y + size)
  context.stroke()
}

/**
 * The dark plate of a picture of this size, px: centred at 12 % of the height, so that a cover crop keeps it, and barely a
 * third of the width, so that a window in the picture's corner leaves it free.
 */
export function plateRect(width: number, height: number): { x: number; y: number; width: number; height: number } {
  const unit = plateUnit(width, height)
  const strip = stripRect(width, height)
  const plateWidth = STRIP_COLUMNS * strip.cell + 2 * PLATE_PADDING * unit
  const y = height * PLATE_CENTRE - 24 * unit
  const bottom = strip.y + STRIP_ROWS * strip.cell + PLATE_PADDING * unit
  return { x: (width - plateWidth) / 2, y, width: plateWidth, height: bottom - y }
}

/** Who and when in two lines on the plate; beneath them the strip for machines. */
function burnIn(context: Context2d, userId: string, nowMs: number, width: number, height: number): void {
  const unit = plateUnit(width, height)
  const centre = height * PLATE_CENTRE
  const plate = plateRect(width, height)
  context.fillStyle = 'rgba(8,13,14,.86)'
  context.beginPath()
  context.roundRect(plate.x, plate.y, plate.width, plate.height, 8 * unit)
  context.fill()
  context.fillStyle = '#f2f6f5'
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.font = `600 ${14 * unit}px system-ui, sans-serif`
  context.fillText(userId, width / 2, centre - 11 * unit, plate.width - 2 * PLATE_PADDING * unit)
  context.font = `${14 * unit}px ui-monospace, monospace`
  context.fillText(clockText(nowMs), width / 2, centre + 8 * unit, plate.width - 2 * PLATE_PADDING * unit)
  burnStrip(context, userId, nowMs, width, height)
}

function burnStrip(context: Context2d, userId: string, nowMs: number, width: number, height: number): void {
  const strip = stripRect(width, height)
  encodeClock(userId, nowMs).forEach((white, index) => {
    context.fillStyle = white ? '#fff' : '#000'
    const [column, row] = [index % STRIP_COLUMNS, Math.floor(index / STRIP_COLUMNS)]
    context.fillRect(strip.x + column * strip.cell, strip.y + row * strip.cell, strip.cell, strip.cell)
  })
}

function clockText(nowMs: number): string {
  const date = new Date(nowMs)
  const two = (value: number): string => String(value).padStart(2, '0')
  const ms = String(date.getMilliseconds()).padStart(3, '0')
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`
}
