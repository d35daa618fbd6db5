import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { buildSync } from 'esbuild'
import vectors from '../../fixtures/vectors.json'

const SERVER = join(__dirname, '../../../server')
const MODULES = join(__dirname, '../../../node_modules')
/** A first start compiles everything, and the machine may be busy. */
const TIMEOUT_MS = 60_000

const { key, streamName, expireUnix, txSecret } = vectors.txSecret
const input = JSON.stringify({ key, streamName, expireUnix })
const USER_SIG = JSON.stringify({ ...vectors.userSigV2, userSig: vectors.userSigV2.userSig_node_zlib })

let child: ChildProcess | null = null
afterEach(async () => {
  const running = child
  child = null
  if (!running || running.exitCode !== null || running.signalCode !== null) return
  running.kill('SIGKILL')
  await once(running, 'exit')
})

/** A package as it is published: bin and dist, no sources. */
let published: string
beforeAll(() => {
  published = mkdtempSync(join(tmpdir(), 'roomlet-server-'))
  mkdirSync(join(published, 'bin'))
  copyFileSync(join(SERVER, 'bin/roomlet-server.js'), join(published, 'bin/roomlet-server.js'))
  buildSync({
    entryPoints: [join(SERVER, 'src/main.ts')],
    outdir: join(published, 'dist'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
  })
})
afterAll(() => rmSync(published, { recursive: true, force: true }))

function start(root: string, args: string[], env: Record<string, string> = {}) {
  const started = spawn(process.execPath, [join(root, 'bin/roomlet-server.js'), ...args], {
    env: { PATH: process.env.PATH, NODE_PATH: MODULES, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child = started
  return started
}

async function run(root: string, args: string[], stdin = '') {
  const started = start(root, args)
  // a command that is refused at once does not read its input
  started.stdin.on('error', () => undefined).end(stdin)
  const closed = once(started, 'close')
  const [stdout, stderr] = await Promise.all([text(started.stdout), text(started.stderr)])
  const [exitCode] = (await closed) as [number | null]
  return { exitCode, stdout, stderr }
}

describe.each([
  ['in a checkout', () => SERVER],
  ['as it is published', () => published],
])('roomlet-server %s', (_where, root) => {
  it(
    'prints the ticket and nothing else',
    async () => {
      expect(await run(root(), ['sign', 'txSecret'], input)).toEqual({
        exitCode: 0,
        stdout: `${txSecret}\n`,
        stderr: '',
      })
    },
    TIMEOUT_MS,
  )

  it(
    'ends with 1 when a ticket does not verify, with 2 when it is used wrongly',
    async () => {
      const valid = JSON.stringify({ ...JSON.parse(USER_SIG), time: vectors.clock })
      expect((await run(root(), ['verify', 'userSigV2'], valid)).exitCode).toBe(0)
      const forged = JSON.stringify({ ...JSON.parse(valid), secretKey: 'other' })
      expect(await run(root(), ['verify', 'userSigV2'], forged)).toMatchObject({ exitCode: 1, stdout: '' })
      const unknown = await run(root(), ['serve'])
      expect(unknown).toMatchObject({ exitCode: 2, stdout: '' })
      expect(unknown.stderr).toMatch(/^roomlet-server: unknown command "serve"[^\n]*\n$/)
    },
    TIMEOUT_MS,
  )

  it(
    'serves when nothing is asked',
    async () => {
      const server = start(root(), [], { DEMO: '1', PORT: '0' })
      let output = ''
      for await (const chunk of server.stdout.setEncoding('utf8')) {
        output += chunk
        if (output.includes('Server listening at')) break
      }
      expect(output).toContain('Server listening at http://127.0.0.1:')
      const exited = once(server, 'exit')
      server.kill('SIGTERM')
      expect((await exited)[0]).toBe(0)
    },
    TIMEOUT_MS,
  )
})
