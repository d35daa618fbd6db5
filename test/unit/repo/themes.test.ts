import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const ROOT = resolve(__dirname, '../../..')
const SHARED = resolve(ROOT, 'components/shared')
const sheets = ['room.wxss', ...readdirSync(resolve(SHARED, 'styles')).map((file) => `styles/${file}`)]
const room = sheets.map((file) => readFileSync(resolve(SHARED, file), 'utf8')).join('\n')
const page = readFileSync(resolve(ROOT, 'examples/miniprogram/pages/themes/themes.wxss'), 'utf8')

const DEFAULTS = new Map(
  [...room.matchAll(/var\((--rl-[\w-]+), ((?:[^()]|\([^)]*\))+)\)/g)].map(([, name = '', value = '']) => [name, value]),
)

/** What the room's variables are below a class of the page. */
function themeOf(name: string): (variable: string) => string {
  const [, rule = ''] = new RegExp(`^\\.th-${name} \\{([^}]*)\\}`, 'm').exec(page) ?? []
  const own = new Map([...rule.matchAll(/(--rl-[\w-]+): ([^;]+);/g)].map(([, key = '', value = '']) => [key, value]))
  return (variable) => own.get(variable) ?? DEFAULTS.get(variable) ?? `no ${variable}`
}

type Colour = readonly [red: number, green: number, blue: number, alpha: number]

function colourOf(text: string): Colour {
  const [, hex] = /^#([\da-f]{6})$/.exec(text) ?? []
  if (hex) return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)).concat(1) as unknown as Colour
  const parts = /^rgba\((\d+), (\d+), (\d+), ([\d.]+)\)$/.exec(text)
  if (!parts) throw new Error(`${text} is no colour`)
  return parts.slice(1).map(Number) as unknown as Colour
}

/** As WCAG 2 counts it, of what is seen where a colour lies over another. */
function luminance([red, green, blue]: Colour): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => {
    const part = value / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function over(top: Colour, below: Colour): Colour {
  const mix = (at: 0 | 1 | 2): number => top[at] * top[3] + below[at] * (1 - top[3])
  return [mix(0), mix(1), mix(2), 1]
}

function contrast(one: Colour, other: Colour): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const WHITE: Colour = [255, 255, 255, 1]
const BLACK: Colour = [0, 0, 0, 1]
/** Text, what it stands on, the least contrast. */
const PAIRS = [
  ['--rl-text', '--rl-stage', 4.5],
  ['--rl-text-2', '--rl-stage', 4.5],
  ['--rl-text', '--rl-tile', 4.5],
  ['--rl-text-2', '--rl-tile', 4.5],
  ['--rl-text', '--rl-surface', 4.5],
  ['--rl-text', '--rl-raised', 4.5],
  ['--rl-on-accent', '--rl-accent', 4.5],
  ['--rl-on-button', '--rl-button', 4.5],
  ['--rl-on-avatar', '--rl-avatar', 4.5],
  ['--rl-warn', '--rl-surface', 3],
  ['--rl-danger', '--rl-surface', 3],
  ['--rl-on-scrim', '--rl-scrim', 4.5],
  ['--rl-on-scrim-2', '--rl-scrim', 4.5],
  ['--rl-on-scrim', '--rl-veil', 4.5],
  ['--rl-on-scrim-2', '--rl-veil', 4.5],
  ['--rl-on-scrim-warn', '--rl-scrim', 3],
  ['--rl-on-scrim-danger', '--rl-scrim', 3],
] as const

describe.each(['dark', 'brand', 'plain'])('the theme %s', (name) => {
  const theme = themeOf(name)

  test.each(PAIRS)('%s can be read on %s over any picture', (text, ground, least) => {
    for (const picture of [WHITE, BLACK]) {
      const seen = over(colourOf(theme(ground)), picture)
      expect(contrast(over(colourOf(theme(text)), seen), seen)).toBeGreaterThanOrEqual(least)
    }
  })
})

test.each(['dark', 'brand'])('the theme %s sets variables that there are, and most of them', (name) => {
  const [, rule = ''] = new RegExp(`^\\.th-${name} \\{([^}]*)\\}`, 'm').exec(page) ?? []
  const set = [...rule.matchAll(/(--rl-[\w-]+):/g)].map(([, key]) => key)
  expect(set.length).toBeGreaterThan(12)
  expect(set.filter((key) => !DEFAULTS.has(key ?? ''))).toEqual([])
})
