import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'

const MAIN = join(__dirname, '../../server/src/main.ts')
/** A first start compiles everything, and the machine may be busy. */
const TIMEOUT_MS = 60_000

let child: ChildProcess | null = null
afterEach(async () => {
  const running = child
  child = null
  if (!running || running.exitCode !== null || running.signalCode !== null) return
  running.kill('SIGKILL')
  await once(running, 'exit')
})

function start(env: Record<string, string>) {
  const started = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child = started
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    started[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text))
  }
  return {
    output,
    exited: once(started, 'close').then(([code]) => code as number | null),
    async root(): Promise<string> {
      for (;;) {
        const found = /Server listening at (http:\/\/[\d.:]+)/.exec(output.stdout)?.[1]
        if (found) return found
        await once(started.stdout, 'data')
      }
    },
    stop: () => started.kill('SIGTERM'),
  }
}

it(
  'serves below BASE_PATH until SIGTERM, and never logs a token',
  async () => {
    const server = start({ SECRET_KEY: 'k', BASE_PATH: '/calls/' })
    const root = await server.root()
    const answer = await fetch(`${root}/calls/weapp/multi_room/get_room_list?userID=a&token=secret-token`, {
      method: 'POST',
      body: '{}',
    })
    expect(await answer.json()).toMatchObject({ code: 7 })
    expect((await fetch(`${root}/elsewhere?token=secret-token`)).status).toBe(404)
    expect((await fetch(`${root}/calls/weapp/utils/get_login_info`)).status).toBe(404)
    const undecodable = await fetch(`${root}/calls/%?token=secret-token`)
    expect([undecodable.status, await undecodable.json()]).toEqual([400, expect.objectContaining({ code: 1 })])
    server.stop()
    expect(await server.exited).toBe(0)
    expect(server.output.stdout).not.toContain('secret-token')
    expect(server.output.stderr).toBe('')
  },
  TIMEOUT_MS,
)

it(
  'says that it lives and that it is ready, and that it is not while Redis is out of reach',
  async () => {
    const inMemory = start({ SECRET_KEY: 'k' })
    const root = await inMemory.root()
    for (const path of ['/healthz', '/readyz']) expect((await fetch(root + path)).status).toBe(200)
    inMemory.stop()
    expect(await inMemory.exited).toBe(0)
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    other.close()
    const onRedis = start({ SECRET_KEY: 'k', ROOMLET_REDIS_URL: `redis://:secret-password@127.0.0.1:${port}` })
    const address = await onRedis.root()
    expect((await fetch(`${address}/healthz`)).status).toBe(200)
    expect((await fetch(`${address}/readyz`)).status).toBe(503)
    onRedis.stop()
    expect(await onRedis.exited).toBe(0)
    expect(onRedis.output.stdout).toContain('Redis cannot be reached')
    expect(onRedis.output.stdout).not.toContain('secret-password')
  },
  2 * TIMEOUT_MS,
)

it(
  'refuses to start without a key, in one line that says so',
  async () => {
    const server = start({})
    expect(await server.exited).toBe(1)
    expect(server.output.stderr).toMatch(/^roomlet-server: SECRET_KEY is missing[^\n]*\n$/)
  },
  TIMEOUT_MS,
)

it(
  'says which port is in use',
  async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const server = start({ DEMO: '1', PORT: String(port) })
    expect(await server.exited).toBe(1)
    expect(server.output.stderr).toMatch(new RegExp(`^roomlet-server: [^\\n]*127\\.0\\.0\\.1:${port}[^\\n]*\\n$`))
    other.close()
  },
  TIMEOUT_MS,
)
