import { LAYOUTS } from './layouts'
import type { LayoutName } from './layouts'

/** Whether there is a layout of this name. */
export function isLayoutName(value: unknown): value is LayoutName {
  return typeof value === 'string' && Object.prototype.hasOwnProperty.call(LAYOUTS, value)
}
