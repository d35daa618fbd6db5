import { spawn, type ChildProcess } from 'node:child_process'
import { connect, createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { until } from '../until'

const ROOT = path.join(__dirname, '../../..')

/** A server in a process of its own, always on the same port. It can be killed as a crash would, and started again. */
export class ServiceProcess {
  private child: ChildProcess | null = null
  private stderr = ''

  constructor(
    readonly port: number,
    private readonly args: readonly string[],
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** @returns ms since 1970 at which it was first seen listening */
  async start(): Promise<number> {
    const child = spawn(process.execPath, this.args, {
      cwd: ROOT,
      env: { ...process.env, HOST: '127.0.0.1', BASE_PATH: '', ...this.env, PORT: String(this.port) },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.child = child
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text))
    await until(`a server on port ${this.port}`, async () => {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended: ${this.stderr.trim()}`)
      return isListening(this.port)
    })
    return Date.now()
  }

  /** Asks it to end, once or more often. @returns its exit code, null when a signal ended it */
  async terminate(times = 1): Promise<number | null> {
    const { child } = this
    this.child = null
    if (!child) throw new Error('it does not run')
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve))
    for (let time = 0; time < times; time += 1) child.kill('SIGTERM')
    return gone
  }

  /** SIGKILL: it can tell nobody. Resolves when it is gone. */
  async kill(): Promise<void> {
    const { child } = this
    this.child = null
    if (!child || child.exitCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** Ports that nobody listens on, for servers that have to come back on theirs. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once('listening', resolve))))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
