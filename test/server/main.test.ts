import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { killServers, startServer as start } from './support/server-process'

/** A bound against hanging, on a machine that is busy. */
const TIMEOUT_MS = 120_000

afterEach(killServers)

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
