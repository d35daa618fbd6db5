import { nameOf, type FaultRow, type RowResult } from './fault-row'
import { MATRIX } from './matrix'

/** `npm run faults [words]`: runs every row whose name contains the words, prints the table, fails when a row does. */
async function main(): Promise<void> {
  const wanted = process.argv.slice(2).join(' ')
  const rows = MATRIX.filter((row) => nameOf(row).includes(wanted))
  process.stdout.write('| fault | recovered in (ms) | events fired | anything lost |\n|---|---|---|---|\n')
  let failed = 0
  for (const row of rows) {
    const { recoveredMs, events, problems } = await resultOf(row)
    if (problems.length > 0) failed += 1
    const cells = [
      nameOf(row),
      recoveredMs === null ? 'ends' : String(recoveredMs),
      events.join(', ') || 'none',
      problems.join('; ') || 'no',
    ]
    process.stdout.write(`| ${cells.join(' | ')} |\n`)
  }
  process.stdout.write(`faults: ${rows.length - failed} hold, ${failed} do not\n`)
  if (failed > 0 || rows.length === 0) process.exitCode = 1
}

async function resultOf(row: FaultRow): Promise<RowResult> {
  try {
    return await row.run()
  } catch (error) {
    return { recoveredMs: null, events: [], problems: [error instanceof Error ? error.message : String(error)] }
  }
}

void main()
