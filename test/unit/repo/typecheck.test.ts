import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const ROOT = resolve(__dirname, '../../..')
const SCRIPT = 'test/setup/typecheck.ts'
const RUN_TIMEOUT_MS = 60_000

describe('npm run typecheck', () => {
  let copy: string

  const project = (name: string, source: string): void => {
    mkdirSync(join(copy, name), { recursive: true })
    writeFileSync(join(copy, name, 'tsconfig.json'), JSON.stringify({ compilerOptions: { strict: true, types: [] } }))
    writeFileSync(join(copy, name, 'index.ts'), source)
  }
  const run = () => spawnSync(process.execPath, ['--import', 'tsx', SCRIPT], { cwd: copy, encoding: 'utf8' })

  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'roomlet-typecheck-'))
    mkdirSync(join(copy, dirname(SCRIPT)), { recursive: true })
    cpSync(join(ROOT, SCRIPT), join(copy, SCRIPT))
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
    project('sound', 'export const one: number = 1\n')
  })
  afterEach(() => rmSync(copy, { recursive: true, force: true }))

  test(
    'ends well when every project is sound',
    () => {
      expect(run()).toMatchObject({ stdout: 'tsc sound/tsconfig.json: ok\n', status: 0 })
    },
    RUN_TIMEOUT_MS,
  )

  test(
    'finds every tsconfig, checks all of them, and fails naming the one that is wrong',
    () => {
      project('deep/down', "export const one: number = 'one'\n")
      const { stdout, status } = run()
      expect(stdout).toContain('tsc sound/tsconfig.json: ok')
      expect(stdout).toMatch(/tsc deep\/down\/tsconfig\.json: FAILED\n.*index\.ts\(1,14\): error TS2322/)
      expect(status).toBe(1)
    },
    RUN_TIMEOUT_MS,
  )
})
