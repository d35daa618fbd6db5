import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buildSync, transformSync } from 'esbuild'
import manifest from '../../../server/package.json'

const ROOT = join(__dirname, '../../..')

export interface Ended {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The project of a stranger who has installed `roomlet-server`: the package as it is published, and what it depends on. */
export class ServerHost {
  private readonly folder = mkdtempSync(join(tmpdir(), 'roomlet-host-'))
  private readonly running = new Set<number>()
  private scripts = 0

  constructor() {
    const home = join(this.folder, 'node_modules/roomlet-server')
    for (const path of ['bin', 'dist']) mkdirSync(join(home, path), { recursive: true })
    for (const path of ['package.json', 'bin/roomlet-server.js']) {
      copyFileSync(join(ROOT, 'server', path), join(home, path))
    }
    chmodSync(join(home, 'bin/roomlet-server.js'), 0o755)
    buildSync({
      entryPoints: ['index.ts', 'main.ts'].map((name) => join(ROOT, 'server/src', name)),
      outdir: join(home, 'dist'),
      bundle: true,
      packages: 'external',
      platform: 'node',
      target: 'node20',
      format: 'cjs',
    })
    for (const name of Object.keys(manifest.dependencies)) this.link(join(ROOT, 'node_modules', name), name)
    this.link(join(home, manifest.bin['roomlet-server']), '.bin/roomlet-server')
    writeFileSync(join(this.folder, 'package.json'), '{ "name": "host", "private": true }')
  }

  private link(target: string, name: string): void {
    const path = join(this.folder, 'node_modules', name)
    mkdirSync(dirname(path), { recursive: true })
    symlinkSync(target, path)
  }

  /** Runs a module of this project until it ends by itself. */
  async run(script: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const file = join(this.folder, `script-${this.scripts++}.mjs`)
    writeFileSync(file, transformSync(script, { loader: 'ts', format: 'esm', target: 'node20' }).code)
    return this.started(process.execPath, [file], env).ended
  }

  /** Runs lines of a shell in this project until they end by themselves. */
  async shell(lines: string): Promise<Ended> {
    return this.started('bash', ['-euo', 'pipefail', '-c', lines]).ended
  }

  /** Lines of a shell that go on until they are told to end. */
  startShell(lines: string, env: Readonly<Record<string, string>>) {
    return this.started('bash', ['-c', lines], env)
  }

  private started(command: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) {
    const { PATH, HOME } = process.env
    // nothing is fetched: what is not installed here is not there
    const env = { PATH, HOME, npm_config_offline: 'true', npm_config_update_notifier: 'false', ...more }
    const child = spawn(command, args, { cwd: this.folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const pid = child.pid ?? 0
    this.running.add(pid)
    const said = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => (said[name] += text))
    }
    const ended: Promise<Ended> = once(child, 'close').then(([code]) => {
      this.running.delete(pid)
      return { exitCode: code as number | null, ...said }
    })
    /** @throws Error when it ends without having said so */
    const says = async (pattern: RegExp): Promise<string> => {
      for (;;) {
        const found = pattern.exec(said.stdout)
        if (found) return found[1] ?? ''
        await Promise.race([
          once(child.stdout, 'data'),
          ended.then(({ stderr }) => Promise.reject(new Error(`ended without ${pattern.source}: ${stderr}`))),
        ])
      }
    }
    return { ended, says, stop: () => void process.kill(-pid, 'SIGTERM') }
  }

  close(): void {
    for (const pid of this.running) process.kill(-pid, 'SIGKILL')
    rmSync(this.folder, { recursive: true, force: true })
  }
}
