import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(__dirname, '../..')

/** Building takes that long at most, on a machine that does much else. */
export const BUILD_TIMEOUT_MS = 60_000

/** The scripts of the package as a mini program finds them: bundled, private names short. */
export class BuiltPackage {
  private readonly folder = mkdtempSync(join(tmpdir(), 'roomlet-scripts-'))

  constructor() {
    const writer = ['--import', 'tsx', 'test/support/write-scripts.ts', this.folder]
    execFileSync(process.execPath, writer, { cwd: ROOT })
  }

  /** What `require('roomlet/…')` gives; whoever wants it fresh resets jest's modules before. */
  require(path: string): unknown {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- only the build knows its files
    return require(join(this.folder, path))
  }

  remove(): void {
    rmSync(this.folder, { recursive: true })
  }
}
