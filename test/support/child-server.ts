import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'

const ROOT = path.join(__dirname, '../..')
/** Compiling for the browser on two loaded cores takes seconds. */
const START_TIMEOUT_MS = 60_000

export interface ChildServer {
  /** the address it printed, with a slash at its end */
  readonly url: string
  readonly process: ChildProcess
  /** everything printed so far */
  output(): { stdout: string; stderr: string }
  /** Sends the signal and waits for the end. @returns the exit code, null when the signal itself ended it */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

type Environment = Readonly<Record<string, string>>

/** Any free ports, whatever the caller's own environment says. */
const FREE_PORTS: Environment = { PORT: '0', RTMP_PORT: '0', HOST: '', BASE_PATH: '' }

/** Starts what `npm start` starts and resolves once it is ready. Rejects with its stderr when it ends before that. */
export function startChildServer(env: Environment = {}): Promise<ChildServer> {
  return startProcess(process.execPath, ['--import', 'tsx', 'examples/playground/serve.ts'], env)
}

/** `npm start` itself. */
export function startWithNpm(env: Environment = {}): Promise<ChildServer> {
  return startProcess('npm', ['start', '--silent'], env)
}

function startProcess(command: string, args: readonly string[], env: Environment): Promise<ChildServer> {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...FREE_PORTS, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`not ready in ${START_TIMEOUT_MS} ms: ${stdout}${stderr}`))
    }, START_TIMEOUT_MS)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      const url = /^Roomlet ready at (\S+)$/m.exec(stdout)?.[1]
      if (!url) return
      clearTimeout(timer)
      resolve({
        url,
        process: child,
        output: () => ({ stdout, stderr }),
        stop: (signal = 'SIGTERM') => {
          child.kill(signal)
          return exited
        },
      })
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    void exited.then((code) => {
      clearTimeout(timer)
      reject(new Error(`ended with ${code}: ${stderr.trim()}`))
    })
  })
}
