/**
 * Readers of what a page writes: a WXML author writes `muted="false"` or `beauty="5"`, and a page binds what it has. '', null and
 * undefined mean the default; what cannot be read means the default too.
 */

/**
 * By name what a value is: 'flag', 'text', '0-7' for a number in this range, words of which it is one, 'routes' (what of
 * leaving a page opens the small window), or 'any', which is not read here.
 */
export type Kinds = Readonly<Record<string, string>>

type Words<Text extends string> = Text extends `${infer Word} ${infer Rest}` ? Word | Words<Rest> : Text
type NamesByKind = Readonly<Record<string, string>>

type KindsOf<Names extends NamesByKind> = {
  readonly [Kind in keyof Names as Words<Names[Kind]>]: Kind
}

type ValueOf<Kind> = Kind extends 'flag'
  ? boolean
  : Kind extends 'text'
    ? string
    : Kind extends 'routes' | 'any'
      ? unknown
      : Kind extends `${number}-${number}`
        ? number
        : Kind extends string
          ? Words<Kind>
          : never

/** What could be read: what is absent has its default. */
export type ValuesOf<K extends Kinds> = { readonly [Name in keyof K]?: ValueOf<K[Name]> }

/** @param names the names of each kind, with spaces between them */
export function kindsOf<const Names extends NamesByKind>(names: Names): KindsOf<Names> {
  // without a prototype: a page may write `constructor`
  const kinds = Object.create(null) as Record<string, string>
  for (const kind of Object.keys(names)) for (const name of (names[kind] ?? '').split(' ')) kinds[name] = kind
  return kinds as KindsOf<Names>
}

/**
 * Names in camelCase or as attributes are written, values or their text. Numbers out of range are clamped.
 * @param complain told of what is left out: names that are not there, values that cannot be read
 */
export function valuesOf<K extends Kinds>(
  kinds: K,
  written: object,
  complain: (what: string) => void = () => undefined,
): ValuesOf<K> {
  const values: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(written)) {
    const key = name.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())
    const kind = kinds[key]
    const read = kind && valueOf(kind, value)
    if (read !== undefined) values[key] = read
    else if (!kind) complain(`there is no option ${name}`)
    else if (value !== undefined && value !== null) complain(`${name} cannot be ${JSON.stringify(value)}`)
  }
  return values as ValuesOf<K>
}

function valueOf(kind: string, value: unknown): unknown {
  const text = textOf(value)
  if (kind === 'flag') return flagOf(value)
  if (kind === 'text') return text || (value === '' ? '' : undefined)
  if (kind === 'routes') return isRoutes(value) ? value : undefined
  const [least = NaN, most = NaN] = kind.split('-').map(Number)
  return Number.isNaN(most) ? kind.split(' ').find((word) => word === text) : numberOf(value, { least, most })
}

function isRoutes(value: unknown): boolean {
  const routes: unknown[] = Array.isArray(value) ? value : [value]
  return routes.every((route) => route === '' || route === 'push' || route === 'pop')
}

/** '' = none */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : ''
}

/** undefined = none */
export function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  const text = textOf(value).toLowerCase()
  if (text === 'true' || text === '1') return true
  return text === 'false' || text === '0' ? false : undefined
}

export interface Range {
  readonly least: number
  readonly most: number
}

/** Out of range it is clamped; undefined = none */
export function numberOf(value: unknown, { least, most }: Range): number | undefined {
  const text = textOf(value)
  const number = text === '' ? NaN : Number(text)
  return Number.isNaN(number) ? undefined : Math.min(Math.max(number, least), most)
}
