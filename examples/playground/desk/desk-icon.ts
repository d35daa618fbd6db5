import { ICON_SHAPES } from '../site/icon-shapes'

/** Shapes on a 24 px grid, drawn in the text's colour, beside those of the site. */
const DESK_SHAPES = {
  ...ICON_SHAPES,
  chat: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-4.5 4v-4A2.5 2.5 0 0 1 4 13.5Z"/><path d="M8.5 8.7h7M8.5 11.7h4.5"/></g>',
  send: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M20.5 3.5 10.5 13.5M20.5 3.5 14.2 20.5l-3.7-7-7-3.7Z"/></g>',
  record:
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><circle cx="12" cy="12" r="9"/></g><g fill="currentColor" stroke="none"><circle cx="12" cy="12" r="4.2"/></g>',
  users:
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.4-3.5 2.9-5.5 6.5-5.5s6.1 2 6.5 5.5M15.5 5.3a3.5 3.5 0 0 1 0 6.4M18 14.6c2 .8 3.2 2.5 3.5 4.9"/></g>',
  error:
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><circle cx="12" cy="12" r="9"/><path d="m9 9 6 6M15 9l-6 6"/></g>',
  warn: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M10.5 4.8 2.9 18a1.7 1.7 0 0 0 1.5 2.5h15.2a1.7 1.7 0 0 0 1.5-2.5L13.5 4.8a1.7 1.7 0 0 0-3 0Z"/><path d="M12 9.8v4.4M12 17.2v.1"/></g>',
  hand: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M8 12.5V6.2a1.4 1.4 0 0 1 2.8 0V11M10.8 11V4.7a1.4 1.4 0 0 1 2.8 0V11M13.6 11V6a1.4 1.4 0 0 1 2.8 0v6M16.4 9.5a1.4 1.4 0 0 1 2.8 0v4.7c0 3.7-2.5 6.3-6.2 6.3-3 0-4.7-1.3-6-3.8l-2-3.9c-.8-1.6 1.2-2.7 2.2-1.4l.8 1.1"/></g>',
  share:
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><rect x="2.5" y="4" width="19" height="13" rx="2"/><path d="M12 14V8M9.3 10.5 12 7.8l2.7 2.7M8 20.5h8"/></g>',
  pin: '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M9 3.5h6l-.7 5.7 3.2 3.3v1.5h-11v-1.5l3.2-3.3ZM12 14v6.5"/></g>',
  layout:
    '<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><rect x="3.5" y="4" width="17" height="16" rx="2.5"/><path d="M14 4v16M14 9.3h6.5M14 14.6h6.5"/></g>',
} as const

export type DeskIcon = keyof typeof DESK_SHAPES

/** An icon beside words: hidden from readers. */
export function deskIcon(name: DeskIcon, small = false): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', small ? 'ic ic--s' : 'ic')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  setDeskIcon(svg, name)
  return svg
}

export function setDeskIcon(svg: SVGSVGElement, name: DeskIcon): void {
  if (svg.dataset.icon === name) return
  svg.dataset.icon = name
  svg.innerHTML = DESK_SHAPES[name]
}
