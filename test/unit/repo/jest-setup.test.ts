import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(__dirname, '../../..')
const RUN_TIMEOUT_MS = 60_000

interface Run {
  readonly status: number | null
  readonly output: string
}

/** Runs jest, with this repository's set-up, over one test file. */
function runJest(folder: string, source: string): Run {
  const file = join(folder, 'sample.test.js')
  writeFileSync(file, source)
  const config = {
    rootDir: ROOT,
    displayName: 'sample',
    testMatch: [file],
    transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: join(ROOT, 'test/tsconfig.json'), diagnostics: false }] },
    setupFilesAfterEnv: [join(ROOT, 'test/support/fail-on-console.ts')],
    reporters: ['default', join(ROOT, 'test/support/summary-reporter.mjs')],
  }
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js')
  const result = spawnSync(process.execPath, [jest, '--config', JSON.stringify(config)], { encoding: 'utf8' })
  return { status: result.status, output: result.stderr + result.stdout }
}

const lastLine = ({ output }: Run): string | undefined => output.trimEnd().split('\n').at(-1)

describe("jest's set-up", () => {
  let folder: string

  beforeAll(() => {
    mkdirSync(join(ROOT, 'coverage'), { recursive: true })
    folder = mkdtempSync(join(ROOT, 'coverage/jest-setup-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test(
    'a test that says something on the console unannounced fails',
    () => {
      const run = runJest(
        folder,
        `
        test('quiet', () => undefined)
        test('warns', () => console.warn('watch %s', 'out'))
        test('errs', () => console.error(new Error('went wrong')))
        `,
      )
      expect(run.output).toContain('console.warn: watch out')
      expect(run.output).toContain('console.error: Error: went wrong')
      expect(lastLine(run)).toBe('sample: 1 passed, 2 failed')
      expect(run.status).toBe(1)
    },
    RUN_TIMEOUT_MS,
  )

  test(
    'an announced line passes once, and fails when it never comes',
    () => {
      const run = runJest(
        folder,
        `
        const { expectWarning } = require('${ROOT}/test/support/fail-on-console')
        test('announced', () => { expectWarning(/out/); console.warn('watch out') })
        test('said twice', () => { expectWarning(/out/); console.warn('watch out'); console.warn('watch out') })
        test('never said', () => expectWarning(/out/))
        test.skip('skipped', () => undefined)
        `,
      )
      expect(run.output).toContain('Expected on the console, never said: /out/')
      expect(lastLine(run)).toBe('sample: 1 passed, 2 failed, 1 skipped')
    },
    RUN_TIMEOUT_MS,
  )

  test(
    'a file that does not load counts as failed',
    () => {
      const run = runJest(folder, "require('./none')")
      expect(lastLine(run)).toBe('sample: 0 passed, 1 failed')
      expect(run.status).toBe(1)
    },
    RUN_TIMEOUT_MS,
  )
})
