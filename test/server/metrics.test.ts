import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { metricsServer } from '../../server/src/http/metrics-route'
import { createMetrics, type Metrics } from '../../server/src/metrics/metrics'
import { StoreUnavailable } from '../../server/src/store/store-unavailable'
import { VirtualClock } from '../support/virtual-clock'
import { PING_MS } from '../../server/src/ws-transport'
import { killServers, startServer } from './support/server-process'
import { startService, type LiveService } from './support/live-service'

/** A bound against hanging, on a machine that is busy. */
const TIMEOUT_MS = 120_000

let live: LiveService | null = null
afterEach(async () => {
  await live?.close()
  live = null
  await killServers()
})

/** Every sample of ours, by its name and labels as they are written. */
async function samplesOf(metrics: Metrics): Promise<Map<string, number>> {
  const lines = (await metrics.read()).split('\n').filter((line) => line.startsWith('roomlet_'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]))
}

it('counts connections, rooms and everyone in them, by either protocol', async () => {
  const metrics = createMetrics()
  live = await startService({ meter: metrics.meter })
  metrics.watch(live.service.hub.context)
  const ann = await live.connect('ann')
  const pat = await live.connect('pat')
  const eve = await live.connect('eve')
  await ann.join('call')
  await pat.join('show', { kind: 'live_room', role: 'anchor' })
  await eve.join('show', { kind: 'live_room', role: 'audience' })
  const query = await live.loginOverHttp('bob')
  const { body } = await live.post(`multi_room/get_push_url?${query}`, { roomID: 'call' })
  await live.post(`multi_room/add_pusher?${query}`, { roomID: 'call', pushURL: body.pushURL })
  await live.post(`multi_room/create_room?${query}`, { roomID: 'nobody in it', roomInfo: '' })
  const samples = await samplesOf(metrics)
  expect(samples.get('roomlet_connections')).toBe(3)
  expect(samples.get('roomlet_rooms')).toBe(2)
  expect(samples.get('roomlet_members')).toBe(4)
  await ann.call('leave', { room: 'call' })
  expect((await samplesOf(metrics)).get('roomlet_members')).toBe(3)
  live.service.hub.context.store.census = () => Promise.reject(new StoreUnavailable())
  expect((await samplesOf(metrics)).get('roomlet_rooms')).toBeNaN()
})

it('tells how long calls took, how many failed and why, and by which route requests came', async () => {
  const metrics = createMetrics()
  live = await startService({ meter: metrics.meter })
  const ann = await live.connect('ann')
  const bob = await live.connect('bob')
  await ann.join('r')
  await bob.join('r')
  await ann.call('send', { room: 'r', kind: 'text', data: 'hello' })
  await bob.notice('message')
  await ann.ask('leave', { room: 'nowhere' })
  ann.webSocket.send('{}')
  await ann.frame(({ re }) => re === '')
  const query = await live.loginOverHttp('eve')
  await live.post(`multi_room/get_pushers?${query}`, { roomID: 'nowhere' })
  await live.post(`multi_room/get_pushers?${query}`)
  await live.post('multi_room/login')
  await live.post('multi_room/no_such_call')
  await ann.call('ping', {})
  const samples = await samplesOf(metrics)
  const count = (name: string) => samples.get(name)
  expect(count('roomlet_operation_duration_seconds_count{via="socket",operation="join"}')).toBe(2)
  expect(count('roomlet_operation_duration_seconds_count{via="http",operation="get_pushers"}')).toBe(2)
  expect(count('roomlet_fan_out_duration_seconds_count')).toBe(1)
  expect(count('roomlet_errors_total{via="socket",code="ROOM_NOT_FOUND"}')).toBe(1)
  expect(count('roomlet_errors_total{via="socket",code="BAD_FRAME"}')).toBe(1)
  expect(count('roomlet_errors_total{via="http",code="ROOM_NOT_FOUND"}')).toBe(1)
  expect(count('roomlet_errors_total{via="http",code="400"}')).toBe(1)
  expect(count('roomlet_errors_total{via="http",code="4"}')).toBe(1)
  expect(count('roomlet_http_requests_total{route="/weapp/multi_room/get_pushers",status="200"}')).toBe(1)
  expect(count('roomlet_http_requests_total{route="none",status="404"}')).toBe(1)
})

it('tells which sockets it has dropped, and which limit was reached', async () => {
  const metrics = createMetrics()
  const clock = new VirtualClock(Date.now())
  const limits = {
    requestsPerUser: 1,
    connectionsPerUser: 1,
    connectionsPerAddress: 4,
    messagesPerUser: 1e-9,
    loginSeconds: 25,
  }
  live = await startService({ meter: metrics.meter, clock, limits })
  const ann = await live.connect('ann')
  await ann.join('r')
  expect(await ann.ask('send', { room: 'r', kind: 'text', data: '' })).toMatchObject({ error: {} })
  for (let asked = 0; asked < 6; asked += 1) await ann.ask('ping', {})
  await expect(live.connect('ann')).rejects.toThrow('RATE_LIMITED')
  const silent = await live.openSocket('/ws', { autoPong: false })
  const mute = await live.openSocket()
  await expect(live.openSocket()).rejects.toThrow('429')
  const gone = once(silent.webSocket, 'close')
  const pinged = once(silent.webSocket, 'ping')
  await clock.advance(PING_MS)
  await pinged
  await ann.ask('ping', {})
  await mute.ask('ping', {})
  await clock.advance(PING_MS)
  await gone
  const sentAway = once(mute.webSocket, 'close')
  // the login is over before the next ping is due
  await clock.advance(PING_MS / 2)
  await sentAway
  const samples = await samplesOf(metrics)
  const some = [...samples].filter(([name]) => /dropped|refusals/.test(name)).map(([name]) => name)
  expect(some.sort()).toEqual([
    'roomlet_dropped_connections_total{reason="noLogin"}',
    'roomlet_dropped_connections_total{reason="unresponsive"}',
    'roomlet_refusals_total{limit="connectionsPerAddress"}',
    'roomlet_refusals_total{limit="connectionsPerUser"}',
    'roomlet_refusals_total{limit="messagesPerUser"}',
    'roomlet_refusals_total{limit="requestsPerUser"}',
  ])
})

it('has no label that a client chooses', async () => {
  const metrics = createMetrics()
  live = await startService({ meter: metrics.meter })
  const query = await live.loginOverHttp('a-user')
  const ann = await live.connect('a-user')
  await ann.join('a-room')
  ann.webSocket.send(JSON.stringify({ id: 'an-id', op: 'an-op', params: {} }))
  await ann.frame(({ re }) => re === 'an-id')
  const before = (await samplesOf(metrics)).size
  for (const path of ['multi_room/a-call', 'a-kind/get_pushers', `multi_room/get_pushers/a-room?${query}`, 'a-path']) {
    await live.post(path)
    await live.get(path)
  }
  const samples = await samplesOf(metrics)
  expect([...samples.keys()].join()).not.toMatch(/a-(user|room|op|call|kind|path)/)
  // 404 of a path that is none
  expect(samples.size - before).toBeLessThanOrEqual(1)
})

describe('/metrics', () => {
  it('is for whoever shows the token', async () => {
    const server = metricsServer(createMetrics(), 'a token').listen(0, '127.0.0.1')
    await once(server, 'listening')
    const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const status = async (path: string, authorization?: string) =>
      (await fetch(root + path, { headers: authorization ? { authorization } : {} })).status
    expect(await status('/metrics')).toBe(401)
    expect(await status('/metrics', 'Bearer another')).toBe(401)
    expect(await status('/metrics', 'Bearer a token')).toBe(200)
    expect(await status('/', 'Bearer a token')).toBe(404)
    server.close()
    server.closeAllConnections()
  })

  it(
    'is off unless it is asked for, and then on a port of its own',
    async () => {
      const off = startServer({ SECRET_KEY: 'k' })
      const root = await off.root()
      expect((await fetch(`${root}/metrics`)).status).toBe(404)
      const on = startServer({ SECRET_KEY: 'k', METRICS_PORT: '0' })
      expect((await fetch(`${await on.root()}/metrics`)).status).toBe(404)
      const port = /"port":(\d+),"msg":"Metrics are served"/.exec(on.output.stdout)?.[1]
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
      expect(text).toContain('\nroomlet_connections 0\n')
      expect(text).toContain('\nnodejs_eventloop_lag_seconds ')
      for (const server of [off, on]) {
        server.stop()
        expect(await server.exited).toBe(0)
      }
    },
    TIMEOUT_MS,
  )

  it(
    'is beside everything else where it has a token and no port',
    async () => {
      const server = startServer({ SECRET_KEY: 'k', METRICS_TOKEN: 'a-long-token' })
      const url = `${await server.root()}/metrics`
      expect((await fetch(url)).status).toBe(401)
      const answer = await fetch(url, { headers: { authorization: 'Bearer a-long-token' } })
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
      expect(await answer.text()).toContain('roomlet_rooms 0')
      server.stop()
      expect(await server.exited).toBe(0)
    },
    TIMEOUT_MS,
  )
})
