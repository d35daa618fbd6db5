import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { buildSync } from 'esbuild'
import type { Usage } from './entries/probe'

const ROOT = path.join(__dirname, '../../..')
/** Below node_modules, so that what is not bundled is found; built as the published server is. */
const BUILT = path.join(ROOT, 'node_modules/.cache/roomlet-bench')

export type Entry = 'main-with-probe' | 'bare-route' | 'rooms'

function build(entry: Entry): string {
  buildSync({
    entryPoints: [path.join(__dirname, 'entries', `${entry}.ts`)],
    outdir: BUILT,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
  })
  return path.join(BUILT, `${entry}.js`)
}

/** A server process that tells what CPU time and memory it has used. */
export class MeasuredProcess {
  private readonly waiting = new Map<number, (result: unknown) => void>()
  private lastId = 0

  private constructor(
    private readonly child: ChildProcess,
    /** 0 where it listens nowhere */
    readonly port: number,
  ) {
    child.on('message', ({ id, result }: { id: number; result: unknown }) => {
      this.waiting.get(id)?.(result)
      this.waiting.delete(id)
    })
  }

  static async start(entry: Entry, env: Readonly<Record<string, string>> = {}): Promise<MeasuredProcess> {
    const child = spawn(process.execPath, ['--expose-gc', build(entry)], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, PORT: '0', NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    return new MeasuredProcess(child, await portOf(child))
  }

  usage(collect = false): Promise<Usage> {
    return this.ask<Usage>('usage', { collect })
  }

  ask<T>(name: string, params: unknown): Promise<T> {
    const id = ++this.lastId
    this.child.send({ id, name, params })
    return new Promise<T>((resolve) => this.waiting.set(id, resolve as (result: unknown) => void))
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const exited = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await exited
  }
}

async function portOf(child: ChildProcess): Promise<number> {
  const { stdout } = child
  if (!stdout) throw new Error('the server has no output')
  let output = ''
  const port = new Promise<number>((resolve, reject) => {
    stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const found = /Server listening at http:\/\/[\d.]+:(\d+)/.exec(output)?.[1]
      if (found !== undefined) resolve(Number(found))
    })
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${output}`)))
  })
  return port
}
