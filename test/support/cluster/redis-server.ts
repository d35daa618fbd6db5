import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Redis } from 'ioredis'
import { freePorts } from '../split/service-process'

const HOST = '127.0.0.1'
/** Somebody else may take a free port before Redis does. */
const PORT_TRIES = 5
/** A bound against hanging, not an expectation of speed. */
const START_MS = 60_000

/** A real redis-server of one's own, whose data end with it. */
export class RedisServer {
  private child: ChildProcess | null = null

  private constructor(
    readonly port: number,
    private readonly folder: string,
  ) {}

  static async start(): Promise<RedisServer> {
    const folder = await mkdtemp(path.join(tmpdir(), 'roomlet-redis-'))
    for (let left = PORT_TRIES; ; left -= 1) {
      const [port = 0] = await freePorts(1)
      const server = new RedisServer(port, folder)
      try {
        await server.run()
        return server
      } catch (error) {
        if (left > 1 && String(error).includes('in use')) continue
        await rm(folder, { recursive: true, force: true })
        throw error
      }
    }
  }

  get url(): string {
    return `redis://${HOST}:${this.port}`
  }

  /** A connection that asks once and fails when Redis is not there. */
  client(): Redis {
    const client = new Redis(this.url, { retryStrategy: () => null, maxRetriesPerRequest: 0 })
    client.on('error', () => undefined)
    return client
  }

  /** Empties it. */
  async flush(): Promise<void> {
    const client = this.client()
    await client.flushall()
    client.disconnect()
  }

  /** Ends it without a word and starts it again on the same port, with nothing in it. */
  async restart(): Promise<void> {
    await this.kill()
    await this.run()
  }

  async kill(): Promise<void> {
    const { child } = this
    this.child = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  /** Brings back one that was killed. */
  async run(): Promise<void> {
    const settings = { bind: HOST, port: this.port, dir: this.folder, save: '', appendonly: 'no', daemonize: 'no' }
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
    const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'pipe'] })
    this.child = child
    await ready(child)
  }

  async close(): Promise<void> {
    await this.kill()
    await rm(this.folder, { recursive: true, force: true })
  }
}

/** Resolves when the server takes connections; rejects with what it has written when it ends before. */
function ready(child: ChildProcess): Promise<void> {
  let output = ''
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => reject(new Error(`redis-server: ${reason} ${output.trim()}`))
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      fail('not ready in time')
    }, START_MS)
    child.once('error', (error) => fail(`${error.message} (Debian: apt-get install redis-server)`))
    child.once('exit', () => {
      clearTimeout(timer)
      fail('ended')
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
        if (!output.includes('Ready to accept connections')) return
        clearTimeout(timer)
        resolve()
      })
    }
  })
}
