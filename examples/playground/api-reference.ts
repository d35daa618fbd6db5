import { spawn, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'

const REPOSITORY = path.join(__dirname, '../..')
const FOLDER = 'docs'

export interface ApiReferenceOptions {
  /** '' or like `/calls` */
  readonly basePath: string
  /** the folder that is served; the reference goes into `docs` of it */
  readonly files: string
}

/** The API reference, written from the sources when somebody first asks: that takes seconds, which a start should not. */
export class ApiReference {
  private writing: Promise<void> | null = null
  private child: ChildProcess | null = null

  constructor(private readonly options: ApiReferenceOptions) {}

  /** Holds requests below `docs` until the pages are there; who serves the folder then answers them. */
  attach(app: FastifyInstance): void {
    const home = `${this.options.basePath}/${FOLDER}`
    app.addHook('onRequest', async (request, reply) => {
      const [address = ''] = request.url.split('?')
      if (address !== home && !address.startsWith(`${home}/`)) return
      if (address === home) return reply.redirect(`${home}/`)
      await this.ready()
    })
  }

  close(): void {
    this.child?.kill('SIGKILL')
  }

  /** A failed attempt is told to whoever asked, and the next one who asks tries again. */
  private ready(): Promise<void> {
    this.writing ??= this.write().catch((error: unknown) => {
      this.writing = null
      throw error
    })
    return this.writing
  }

  private write(): Promise<void> {
    const program = path.join(createRequire(__filename).resolve('typedoc/package.json'), '../bin/typedoc')
    const out = path.join(this.options.files, FOLDER)
    const args = [program, '--out', out, '--logLevel', 'Error']
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
