import { spawn, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { constants, setPriority } from 'node:os'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { WAITING_PAGE } from './waiting-page'

const REPOSITORY = path.join(__dirname, '../..')
const FOLDER = 'docs'
/** Its `bin` starts this one and would leave it behind when it is killed. */
const TYPEDOC = path.join(createRequire(__filename).resolve('typedoc/package.json'), '../dist/cli.js')

export interface ApiReferenceOptions {
  /** '' or like `/calls` */
  readonly basePath: string
  /** the folder that is served; the reference goes into `docs` of it */
  readonly files: string
  /** Script for Node that takes typedoc's `--out`; typedoc itself unless given. */
  readonly writer?: string
}

/**
 * The API reference, written from the sources by a process of its own: that takes seconds, which a start should not. Who
 * comes earlier gets a page that says so and turns into the reference; programs wait for their answer.
 */
export class ApiReference {
  private state: 'none' | 'writing' | 'written' = 'none'
  private writing: Promise<void> = Promise.resolve()
  private child: ChildProcess | null = null

  constructor(private readonly options: ApiReferenceOptions) {}

  /** Holds requests below `docs` until the pages are there; who serves the folder then answers them. */
  attach(app: FastifyInstance): void {
    const home = `${this.options.basePath}/${FOLDER}`
    app.addHook('onRequest', async (request, reply) => {
      const [address = ''] = request.url.split('?')
      if (address !== home && !address.startsWith(`${home}/`)) return
      if (address === home) return reply.redirect(`${home}/`)
      if (this.state === 'written') return
      const written = this.ready()
      if (request.headers['sec-fetch-mode'] !== 'navigate') return written
      written.catch(() => undefined) // the waiting page asks again, and is told
      return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(WAITING_PAGE)
    })
  }

  /** Begins before somebody asks, giving way to whatever else runs. Never fails: who asks later tries again, and is told. */
  prepare(): void {
    this.ready().catch(() => undefined)
    try {
      if (this.child?.pid !== undefined) setPriority(this.child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
    } catch {
      // not every system lets a process do so: then it is as fast as the others
    }
  }

  close(): void {
    this.child?.kill('SIGKILL')
  }

  /** A failed attempt is told to whoever asked, and the next one who asks tries again. */
  private ready(): Promise<void> {
    if (this.state !== 'none') return this.writing
    this.state = 'writing'
    this.writing = this.write().then(
      () => void (this.state = 'written'),
      (error: unknown) => {
        this.state = 'none'
        throw error
      },
    )
    return this.writing
  }

  private write(): Promise<void> {
    const { files, writer = TYPEDOC } = this.options
    const args = [writer, '--out', path.join(files, FOLDER), '--logLevel', 'Error']
    const child = spawn(process.execPath, args, { cwd: REPOSITORY, stdio: ['ignore', 'ignore', 'pipe'] })
    this.child = child
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
    return new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code) => {
        if (code === 0) resolve()
        else reject(new Error(`The reference could not be written: ${said.trim() || `typedoc ended with ${code}`}`))
      })
    })
  }
}
