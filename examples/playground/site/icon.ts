import { ICON_SHAPES } from './icon-shapes'
import type { IconName } from './icon-shapes'

/** An icon beside words: hidden from readers, 20 px, or 16 px when `small`. */
export function icon(name: IconName, small = false): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', small ? 'ic ic--s' : 'ic')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  svg.innerHTML = ICON_SHAPES[name]
  return svg
}
