import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.join(__dirname, '../../..')

interface Manifest {
  readonly license?: string
  readonly private?: boolean
  readonly workspaces?: readonly string[]
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest
}

const folders = [ROOT, ...(manifestOf(ROOT).workspaces ?? []).map((name) => path.join(ROOT, name))]
const published = folders.filter((folder) => !manifestOf(folder).private)

it('is in every package that is published, because npm packs none from the folder above', () => {
  const text = readFileSync(path.join(ROOT, 'LICENSE'), 'utf8')
  expect(published.map((folder) => path.relative(ROOT, folder))).toEqual(['', 'server'])
  for (const folder of published) {
    expect(manifestOf(folder).license).toBe('MIT')
    const file = path.join(folder, 'LICENSE')
    expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(text)
  }
})
