/**
 * Readers of lenient properties (`type: null`): a WXML author writes `muted="false"` or `beauty="5"`, and a page binds
 * what it has. '', null and undefined mean the default; what cannot be read means the default too.
 */

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : ''
}

export function flagOf(value: unknown, byDefault: boolean): boolean {
  if (typeof value === 'boolean') return value
  switch (textOf(value).toLowerCase()) {
    case 'true':
    case '1':
      return true
    case 'false':
    case '0':
      return false
    default:
      return byDefault
  }
}

export interface Range {
  readonly least: number
  readonly most: number
}

/** A whole number; out of range it is clamped. */
export function integerOf(value: unknown, byDefault: number, { least, most }: Range): number {
  return Math.round(numberOf(value, byDefault, { least, most }))
}

/** A number as it is written; out of range it is clamped. */
export function numberOf(value: unknown, byDefault: number, { least, most }: Range): number {
  const text = textOf(value)
  const number = text === '' ? NaN : Number(text)
  return Number.isNaN(number) ? byDefault : Math.min(Math.max(number, least), most)
}

export function choiceOf<T extends string>(value: unknown, choices: readonly T[], byDefault: T): T {
  const text = textOf(value)
  return choices.find((choice) => choice === text) ?? byDefault
}

/** The first property of several spellings that is set. */
export function firstTextOf(...values: readonly unknown[]): string {
  for (const value of values) {
    const text = textOf(value)
    if (text) return text
  }
  return ''
}
