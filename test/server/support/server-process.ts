import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { NodeProgram } from '../../support/cluster/cluster-node'

const running = new Set<ChildProcess>()
let program: NodeProgram | null = null

/** For `afterEach`: whatever was started and has not ended. */
export async function killServers(): Promise<void> {
  for (const child of running) {
    child.kill('SIGKILL')
    await once(child, 'close')
  }
}

afterAll(() => {
  program?.remove()
  program = null
})

export interface ServerProcess {
  readonly output: { stdout: string; stderr: string }
  /** Its exit code, null when a signal ended it. */
  readonly exited: Promise<number | null>
  /** Where it listens, as soon as it does. */
  root(): Promise<string>
  stop(signal?: NodeJS.Signals): void
}

/** `roomlet-server` in a process of its own, with nothing of this one's environment. */
export function startServer(env: Readonly<Record<string, string>>, args: readonly string[] = []): ServerProcess {
  program ??= new NodeProgram()
  const child = spawn(process.execPath, [program.file, ...args], {
    env: { PATH: process.env.PATH, NODE_PATH: NodeProgram.modules, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text))
  }
  const exited = once(child, 'close').then(([code]) => {
    running.delete(child)
    return code as number | null
  })
  return {
    output,
    exited,
    async root() {
      for (;;) {
        const found = /Server listening at (http:\/\/[\d.:]+)/.exec(output.stdout)?.[1]
        if (found) return found
        await Promise.race([once(child.stdout, 'data'), exited.then((code) => fail(code, output.stderr))])
      }
    },
    stop: (signal = 'SIGTERM') => void child.kill(signal),
  }
}

function fail(code: number | null, stderr: string): never {
  throw new Error(`the server ended with ${code}: ${stderr}`)
}
