/** One line of a table. */
export interface Row {
  readonly figure: string
  readonly ours: string
  /** The same figure of the component or server that people use today, and how much of it ours is. */
  readonly peers?: string
  readonly ratio?: string
  readonly target?: string
  /** Whether the target holds; undefined where there is none. */
  readonly holds?: boolean
  /** Where it does not: why. */
  readonly why?: string
}

export interface Part {
  readonly rows: readonly Row[]
  /** Goes into bench-results.json as it is. */
  readonly results: Readonly<Record<string, unknown>>
}

export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? NaN
  return { median: at(0.5), least: at(0), most: at(1) }
}

/** Grouped by thousands, with as many decimals as a figure of this size deserves. */
export function text(value: number): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value
    .toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .replaceAll(',', ' ')
}

export function spreadText({ median, least, most }: Spread, unit = ''): string {
  return `${text(median)}${unit} (${text(least)}–${text(most)})`
}

/** Ours of theirs. */
export function ratioText(ours: number, theirs: number): string {
  return `×${text(ours / theirs)}`
}

const COLUMNS = ['figure', 'ours', 'peers', 'ratio', 'target'] as const

function cells(row: Row): string[] {
  const verdict = row.holds === undefined ? '' : row.holds ? ' ✓' : ' MISSED'
  return [row.figure, row.ours, row.peers ?? '', row.ratio ?? '', `${row.target ?? ''}${verdict}`]
}

export function plainTable(rows: readonly Row[]): string {
  const lines = [[...COLUMNS], ...rows.map(cells)]
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const table = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const reasons = rows.filter(isMissed).map(({ figure, why }) => `  ${figure}: ${why ?? 'no reason known'}`)
  return [...table, ...(reasons.length > 0 ? ['Missed:', ...reasons] : [])].join('\n')
}

export function markdownTable(rows: readonly Row[]): string {
  const line = (texts: readonly string[]): string =>
    `| ${texts.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const rule = line(COLUMNS.map(() => '---'))
  const reasons = rows.filter(isMissed).map(({ figure, why }) => `- Missed: ${figure}. ${why ?? 'No reason is known.'}`)
  return [line(COLUMNS), rule, ...rows.map((row) => line(cells(row))), '', ...reasons].join('\n')
}

export function isMissed({ holds }: Row): boolean {
  return holds === false
}
