/**
 * Tags whose HTML element of the same name would be wrong as the host of a WeChat component: they become `wx-…` in the DOM and
 * in style sheets.
 */
export const RENAMED_TAGS: ReadonlySet<string> = new Set([
  'audio',
  'button',
  'canvas',
  'form',
  'image',
  'input',
  'label',
  'map',
  'picker',
  'progress',
  'switch',
  'textarea',
  'video',
])

/** Tags of native templates that are meant to be the real HTML element: `html-video` → `<video>`. */
export const HTML_PREFIX = 'html-'

/** 750rpx = the width of the phone; the page sets `--rpx` to one rpx. */
export function rpxToCss(css: string): string {
  return css.replace(/(-?\d*\.?\d+)rpx\b/g, (_, amount: string) => `calc(var(--rpx) * ${amount})`)
}
