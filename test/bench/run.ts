import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { audiencePart } from './audience-part'
import { writeBenchmarksPage } from './benchmarks-page'
import { corePart } from './core-part'
import { machineText } from './machine'
import { mediaPart } from './media-part'
import { isMissed, plainTable, type Part, type Row } from './report'
import { serverPart } from './server-part'
import { sessionPart } from './session-part'
import { sizePart } from './size-part'
import { storesPart } from './stores-part'

const ROOT = path.join(__dirname, '../..')
const RESULTS = path.join(ROOT, 'bench-results.json')

/** In the order in which they run: what is exact first, what heats the machine last. */
const PARTS = {
  session: sessionPart,
  size: sizePart,
  core: corePart,
  server: serverPart,
  stores: storesPart,
  audience: audiencePart,
  media: mediaPart,
} satisfies Readonly<Record<string, () => Promise<Part>>>

export type PartName = keyof typeof PARTS

/** `bench-results.json`: the figures of each part by its name, and its table. A part that was not run keeps its last ones. */
export interface Results extends Readonly<Record<string, unknown>> {
  readonly machine: string
  readonly tables: Readonly<
    Partial<Record<PartName, { readonly at: string; readonly seconds: number; readonly rows: readonly Row[] }>>
  >
}

/** `npm run bench`: everything; `npm run bench -- session core`: these parts; `--write`: BENCHMARKS.md from the results. */
async function main(args: readonly string[]): Promise<void> {
  const names = args.filter((arg) => arg !== '--write')
  const unknown = names.filter((name) => !(name in PARTS))
  if (unknown.length > 0)
    throw new Error(`no such part: ${unknown.join(', ')} (there is ${Object.keys(PARTS).join(', ')})`)
  const chosen = (Object.keys(PARTS) as PartName[]).filter((name) => names.length === 0 || names.includes(name))
  process.stdout.write(`${machineText()}\n`)
  let missed = 0
  for (const name of chosen) {
    const begin = performance.now()
    const { rows, results } = await PARTS[name]()
    const seconds = Math.round((performance.now() - begin) / 1000)
    process.stdout.write(`\n${name} (${seconds} s)\n${plainTable(rows)}\n`)
    missed += rows.filter(isMissed).length
    remember(name, { at: new Date().toISOString(), seconds, rows }, results)
  }
  if (args.includes('--write')) await writeBenchmarksPage(path.join(ROOT, 'BENCHMARKS.md'), readResults())
  process.stdout.write(`\n${missed === 0 ? 'All targets hold.' : `${missed} targets missed.`}\n`)
  process.exitCode = missed > 0 ? 1 : 0
}

function remember(name: PartName, table: NonNullable<Results['tables'][PartName]>, results: Part['results']): void {
  const before = readResults()
  const after: Results = {
    ...before,
    ...results,
    machine: machineText(),
    tables: { ...before.tables, [name]: table },
  }
  writeFileSync(RESULTS, `${JSON.stringify(after, null, 2)}\n`)
}

function readResults(): Results {
  if (!existsSync(RESULTS)) return { machine: machineText(), tables: {} }
  return JSON.parse(readFileSync(RESULTS, 'utf8')) as Results
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`)
  process.exitCode = 2
})
