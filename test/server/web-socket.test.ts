import { once } from 'node:events'
import { connect } from 'node:net'
import { BURST_SECONDS } from '../../server/src/guard/rate-limiter'
import { GRACE_MS } from '../../server/src/store/lifetimes'
import { PING_MS } from '../../server/src/ws-transport'
import { VirtualClock } from '../support/virtual-clock'
import { startService, type LiveService } from './support/live-service'

let live: LiveService
afterEach(() => live.close())

describe('over a real socket', () => {
  it('two join, hear each other and leave', async () => {
    live = await startService()
    const ann = await live.connect('ann')
    const bob = await live.connect('bob')
    const { pushURL } = await ann.join('r1')
    expect(pushURL).toMatch(/^rtmp:\/\/127\.0\.0\.1\/live\/r1\.ann_main\?/)
    expect((await bob.join('r1')).members).toMatchObject([{ userID: 'ann' }])
    expect(await ann.notice('memberJoined')).toMatchObject({ member: { userID: 'bob' } })
    await ann.call('send', { room: 'r1', kind: 'text', data: '你好' })
    expect(await bob.notice('message')).toMatchObject({ data: '你好', from: { userID: 'ann' } })
    await bob.call('leave', { room: 'r1' })
    expect(await ann.notice('memberLeft')).toMatchObject({ userID: 'bob', reason: 'left' })
  })

  it('works below a base path', async () => {
    live = await startService({ basePath: '/calls/v1' })
    const ann = await live.connect('ann')
    expect(await ann.call('ping', {})).toEqual({})
    const query = await live.loginOverHttp('bob')
    expect((await live.post(`multi_room/get_room_list?${query}`)).body).toEqual({ code: 0, message: 'ok', rooms: [] })
  })

  it('leaves other upgrade paths to others', async () => {
    live = await startService()
    await expect(live.openSocket('/other')).rejects.toThrow('404')
  })

  it('ends with logout', async () => {
    live = await startService()
    const ann = await live.connect('ann')
    const closed = once(ann.webSocket, 'close')
    await ann.call('logout', {})
    expect((await closed)[0]).toBe(4401)
  })

  it('ends with the service, in a way that asks to come back', async () => {
    live = await startService()
    const ann = await live.connect('ann')
    const closed = once(ann.webSocket, 'close')
    await live.service.close()
    expect((await closed)[0]).toBe(1001)
  })
})

it('handshakes are requests of their address', async () => {
  // a clock that stands still: no time of a slow machine gives one back
  live = await startService({ limits: { requestsPerAddress: 1 }, clock: new VirtualClock(Date.now()) })
  for (let handshake = 0; handshake < BURST_SECONDS; handshake += 1) await live.openSocket()
  await expect(live.openSocket()).rejects.toThrow('429')
})

describe('what a peer may send', () => {
  it('is answered when it is wrong, and the others are unharmed', async () => {
    live = await startService()
    const ann = await live.connect('ann')
    const bob = await live.connect('bob')
    await ann.join('r1')
    await bob.join('r1')
    for (const data of ['hello', Buffer.from([0xff, 0x00]), '{}']) ann.webSocket.send(data)
    ann.webSocket.send(JSON.stringify({ id: 'big', op: 'ping', params: {}, more: 'x'.repeat(100_000) }))
    expect(await ann.frame((frame) => frame.re === 'big')).toMatchObject({ error: { code: 'MESSAGE_TOO_LONG' } })
    const refused = (ann.frames as { re?: string }[]).filter((frame) => frame.re === '')
    expect(refused).toHaveLength(3)
    await ann.call('send', { room: 'r1', kind: 'text', data: 'fine' })
    expect(await bob.notice('message')).toMatchObject({ data: 'fine' })
  })

  it('closes its own connection alone when it is far too much or not WebSocket at all', async () => {
    live = await startService()
    const ann = await live.connect('ann')
    const bob = await live.connect('bob')
    const closed = once(ann.webSocket, 'close')
    ann.webSocket.send('x'.repeat(300_000))
    expect((await closed)[0]).toBe(1009)

    const raw = connect(live.port, '127.0.0.1')
    raw.write(
      'GET /weapp/ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    )
    await once(raw, 'data')
    raw.write(Buffer.alloc(64, 0xff))
    raw.resume()
    await once(raw, 'close')
    expect(await bob.call('ping', {})).toEqual({})
  })
})

it('a peer that does not read is cut off before it fills the memory, and the room goes on', async () => {
  const logs: string[] = []
  const log = (level: string, message: string): void => void (level !== 'debug' && logs.push(message))
  const limits = { messagesPerUser: 1e6, requestsPerUser: 1e6, requestsPerAddress: 1e6 }
  // time stands still: no ping may find it dead first
  live = await startService({ clock: new VirtualClock(Date.now()), limits, log })
  const ann = await live.connect('ann')
  const bob = await live.connect('bob')
  await ann.join('r1')
  await bob.join('r1')
  ann.webSocket.pause()
  const data = 'x'.repeat(8000)
  // what the kernel buffers for a peer that does not read is some megabytes, differing from machine to machine
  for (let sent = 0; sent < 8000 && logs.length === 0; sent += 100) {
    await Promise.all(Array.from({ length: 100 }, () => bob.call('send', { room: 'r1', kind: 'text', data })))
  }
  const closed = once(ann.webSocket, 'close')
  ann.webSocket.resume()
  const [code, reason] = (await closed) as [number, Buffer]
  expect([code, String(reason)]).toEqual([4413, 'reading too slowly'])
  expect(logs).toEqual(['A client reads too slowly and is dropped'])
  expect(await bob.call('ping', {})).toEqual({})
}, 30_000)

it('a peer that is dead is found by the server’s ping, and lost to its room after the grace period', async () => {
  const clock = new VirtualClock(Date.now())
  live = await startService({ clock })
  const ann = await live.connect('ann')
  const bob = await live.connect('bob', { autoPong: false })
  await ann.join('r1')
  await bob.join('r1')
  const closed = once(bob.webSocket, 'close')
  const pinged = [once(ann.webSocket, 'ping'), once(bob.webSocket, 'ping')]
  await clock.advance(PING_MS)
  await Promise.all(pinged)
  // Ann's pong went out before this call, so it has arrived when the call is answered
  await ann.call('ping', {})
  await clock.advance(PING_MS)
  await closed
  const { connections } = live.service.hub.context
  while (connections.size > 1) await clock.advance(0)
  await clock.advance(GRACE_MS)
  expect(await ann.notice('memberLeft')).toMatchObject({ userID: 'bob', reason: 'lost' })
})
