import { once } from 'node:events'
import { connect } from 'node:net'
import WebSocket from 'ws'
import { killServers, startServer } from './support/server-process'
import { startService, type LiveService } from './support/live-service'
import { VirtualClock } from '../support/virtual-clock'
import { until } from '../support/until'

/** A bound against hanging, on a machine that is busy. */
const TIMEOUT_MS = 120_000
const DRAIN_MS = 10_000

let live: LiveService | null = null
afterEach(async () => {
  await live?.close()
  live = null
  await killServers()
})

it('tells its clients to move, serves those that are still there, and makes nothing new', async () => {
  const clock = new VirtualClock(Date.now())
  live = await startService({ clock })
  const ann = await live.connect('ann')
  const bob = await live.connect('bob')
  await ann.join('r')
  await bob.join('r')
  const query = await live.loginOverHttp('eve')
  expect(live.service.isReady).toBe(true)
  const drained = live.service.drain(DRAIN_MS)
  expect(await ann.frame(({ moveWithinMs }) => moveWithinMs !== undefined)).toEqual({ moveWithinMs: 6_000 })
  expect(live.service.isReady).toBe(false)

  await expect(live.openSocket()).rejects.toThrow('503')
  await ann.call('send', { room: 'r', kind: 'text', data: 'still here' })
  await bob.notice('message')
  const { body } = await live.post(`multi_room/get_push_url?${query}`, { roomID: 'r' })
  expect((await live.post(`multi_room/add_pusher?${query}`, { roomID: 'r', pushURL: body.pushURL })).body.code).toBe(0)
  expect((await live.post(`multi_room/create_room?${query}`, { roomInfo: '' })).status).toBe(503)

  ann.webSocket.close()
  const sentAway = once(bob.webSocket, 'close')
  await clock.advance(DRAIN_MS * 0.9)
  expect((await sentAway)[0]).toBe(1012)
  await drained
  expect(live.service.hub.context.connections.size).toBe(0)
})

it('has a client that asks for a new room do so elsewhere', async () => {
  live = await startService({ clock: new VirtualClock(Date.now()) })
  const ann = await live.connect('ann')
  void live.service.drain(DRAIN_MS)
  const closed = once(ann.webSocket, 'close')
  ann.join('new').catch(() => undefined)
  expect((await closed)[0]).toBe(1012)
})

it('goes on when its time is over, though somebody is left', async () => {
  const clock = new VirtualClock(Date.now())
  live = await startService({ clock })
  const deaf = await live.connect('ann')
  deaf.webSocket.pause()
  let isOver = false
  const drained = live.service.drain(DRAIN_MS).then(() => (isOver = true))
  await clock.advance(DRAIN_MS - 1)
  expect(isOver).toBe(false)
  await clock.advance(1)
  await drained
})

it(
  'is not ready any more when asked to end, and ends with 0 when all are gone',
  async () => {
    const server = startServer({ SECRET_KEY: 'a-key-for-tests', DRAIN_SECONDS: '600' })
    const root = await server.root()
    const socket = new WebSocket(`${root.replace('http', 'ws')}/weapp/ws`)
    await once(socket, 'open')
    server.stop()
    await until('it is not ready', async () => (await fetch(`${root}/readyz`)).status === 503)
    expect((await fetch(`${root}/healthz`)).status).toBe(200)
    socket.close()
    expect(await server.exited).toBe(0)
    expect(server.output.stdout).toContain('This node is gone')
  },
  TIMEOUT_MS,
)

it(
  'ends at once when asked twice',
  async () => {
    const server = startServer({ SECRET_KEY: 'a-key-for-tests', DRAIN_SECONDS: '600' })
    const root = await server.root()
    const socket = new WebSocket(`${root.replace('http', 'ws')}/weapp/ws`)
    await once(socket, 'open')
    server.stop('SIGINT')
    await until('it is not ready', async () => (await fetch(`${root}/readyz`)).status === 503)
    server.stop('SIGINT')
    expect(await server.exited).toBe(130)
    socket.terminate()
  },
  TIMEOUT_MS,
)

it(
  'answers a request that was under way',
  async () => {
    const server = startServer({ SECRET_KEY: 'a-key-for-tests', DRAIN_SECONDS: '60' })
    const root = await server.root()
    const { port } = new URL(root)
    const line = connect({ host: '127.0.0.1', port: Number(port) })
    await once(line, 'connect')
    let answer = ''
    line.setEncoding('utf8').on('data', (text: string) => (answer += text))
    // half of it, so that it is under way
    line.write('POST /weapp/multi_room/logout HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{')
    await until('the first half is there', async () => (await fetch(`${root}/healthz`)).ok)
    server.stop()
    await until('it takes no connection any more', async () => !(await fetch(`${root}/healthz`).catch(() => null)))
    line.write('}')
    await once(line, 'close')
    expect(answer).toContain('"code":7')
    expect(await server.exited).toBe(0)
  },
  TIMEOUT_MS,
)
