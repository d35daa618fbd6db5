import { request as httpRequest } from 'node:http'
import fc from 'fast-check'
import { makeToken } from '../../server/src/tickets/access-token'
import { packTicket } from '../../server/src/tickets/packed-ticket'
import { decodeUserSig } from '../../server/src/tickets/user-sig'
import { codeOf } from '../support/room-world'
import { keys, SDK_APP_ID, userSigOf } from '../server/support/hub-client'
import { startService, type LiveService, type SocketClient } from '../server/support/live-service'

/** `npm run test:attack` prints these as its table; each leaves the call of Ann and Bob as it was. */
const RUNS = 10_000
const ROOM = 'quiet'

let live: LiveService
let ann: SocketClient
let bob: SocketClient
let failures: string[]

beforeEach(async () => {
  failures = []
  const log = (level: string, message: string): void => void (level === 'error' && failures.push(message))
  // the attacks come as fast as they can be made, and must not be stopped by the limits alone
  const limits = { requestsPerUser: 1e6, requestsPerAddress: 1e6, pendingRequests: 1e6 }
  live = await startService({ limits, log })
  ann = await live.connect('ann')
  bob = await live.connect('bob')
  await ann.join(ROOM)
  await bob.join(ROOM)
})

afterEach(async () => {
  try {
    const room = await live.service.hub.context.store.get(ROOM)
    expect(room?.members.map(({ userID, audio, video }) => [userID, audio, video])).toEqual([
      ['ann', true, true],
      ['bob', true, true],
    ])
    expect(Object.keys(Object.prototype)).toEqual([])
    await ann.call('send', { room: ROOM, kind: 'text', data: 'still here' })
    expect(await bob.frame((frame) => JSON.stringify(frame).includes('still here'))).toBeDefined()
    expect(failures).toEqual([])
  } finally {
    await live.close()
  }
})

const leave = (query: string, body: object = { roomID: ROOM }) => live.post(`multi_room/delete_pusher?${query}`, body)
const queryOf = (userID: string, token: string): string => new URLSearchParams({ userID, token }).toString()
const claims = (userID: string, expiresAt: number) => ({ userID, id: 'made up', expiresAt })

test.each<[string, () => string]>([
  ['signed with another key', () => makeToken(claims('ann', Date.now() + 60_000), Buffer.from('other'))],
  ['of another user', () => makeToken(claims('eve', Date.now() + 60_000), keys.tokenKey)],
  ['that has expired', () => makeToken(claims('ann', Date.now() - 1), keys.tokenKey)],
  ['with a longer life written into it', () => stretched(makeToken(claims('ann', Date.now() - 1), keys.tokenKey))],
  ['without a signature', () => makeToken(claims('ann', Date.now() + 60_000), keys.tokenKey).replace(/\..*/, '.')],
  ['that is a userSig', () => userSigOf('ann', Date.now())],
])('a token %s opens nothing', async (_what, token) => {
  expect((await leave(queryOf('ann', token()))).body.code).toBe(7)
  const socket = await live.openSocket()
  const login = socket.ask('login', { userID: 'ann', token: token(), userName: '', userAvatar: '' })
  expect(JSON.stringify(await login)).toMatch(/LOGIN_(REFUSED|EXPIRED)/)
})

test('a token that was logged out opens nothing when it is replayed', async () => {
  const query = await live.loginOverHttp('ann')
  await live.post(`multi_room/logout?${query}`)
  expect((await leave(query)).body.code).toBe(7)
})

test.each<[string, () => string]>([
  ['of another user', () => userSigOf('eve', Date.now())],
  ['that has expired', () => userSigOf('ann', Date.now() - 2 * 86_400_000)],
  ['with a changed signature', () => changed(userSigOf('ann', Date.now()))],
])('a userSig %s logs nobody in', async (_what, userSig) => {
  const query = new URLSearchParams({ userID: 'ann', sdkAppID: String(SDK_APP_ID), userSig: userSig() })
  const { status, body } = await live.post(`multi_room/login?${query}`)
  expect([status, body.token]).toEqual([200, undefined])
})

test('nobody acts for another, over HTTP or the socket', async () => {
  const eve = await live.loginOverHttp('eve')
  expect((await leave(eve, { roomID: ROOM, userID: 'ann' })).body.code).toBe(7)
  expect((await leave(eve)).body.code).toBe(5)
  expect((await live.post(`multi_room/destroy_room?${eve}`, { roomID: ROOM })).body.code).toBe(3)
  const socket = await live.connect('eve')
  for (const op of ['leave', 'publishUrl'] as const) {
    expect(await codeOf(socket.call(op, { room: ROOM }))).not.toBe('resolved')
  }
  const taken = socket.ask('login', {
    userID: 'ann',
    userSig: userSigOf('ann', Date.now()),
    userName: '',
    userAvatar: '',
  })
  expect(JSON.stringify(await taken)).toContain('FORBIDDEN')
})

test.each<[string, string]>([
  ['deeply nested', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
  ['oversized', JSON.stringify({ roomID: 'x'.repeat(100_000) })],
  ['truncated', '{"roomID":"qu'],
  [
    'polluting the prototype',
    '{"__proto__":{"userID":"ann"},"constructor":{"prototype":{"isAdmin":true}},"roomID":"x"}',
  ],
])('a body that is %s is refused without a 5xx', async (_what, body) => {
  const eve = await live.loginOverHttp('eve')
  const { status, body: answer } = await live.post(`multi_room/get_pushers?${eve}`, body)
  expect(status).toBeLessThan(500)
  expect(answer.code).not.toBe(0)
})

const anything = fc.oneof(
  fc.string({ maxLength: 200, unit: 'binary' }),
  fc.json({ maxDepth: 4 }),
  fc
    .record({
      id: fc.string(),
      op: fc.constantFrom('login', 'join', 'leave', 'send', 'resume', 'linkMic', 'rooms', '__proto__', 'toString'),
      params: fc.object({ key: fc.constantFrom('room', 'userID', 'kind', 'data', '__proto__'), maxDepth: 2 }),
    })
    .map((frame) => JSON.stringify(frame)),
)

test(`${RUNS} random frames break nothing`, async () => {
  const eve = await live.connect('eve')
  for (const text of fc.sample(anything, RUNS)) eve.webSocket.send(text)
  eve.webSocket.send(JSON.stringify({ id: 'the last one', op: 'ping', params: {} }))
  expect(await eve.frame((frame) => frame.re === 'the last one')).toEqual({ re: 'the last one', ok: {} })
})

test(`${RUNS} random HTTP bodies are answered without a 5xx`, async () => {
  const eve = await live.loginOverHttp('eve')
  const names = ['create_room', 'add_pusher', 'get_pushers', 'get_room_list', 'pusher_heartbeat', 'delete_pusher']
  const bodies = fc.sample(anything, RUNS)
  const worst: number[] = []
  for (let at = 0; at < RUNS; at += 50) {
    const answers = bodies
      .slice(at, at + 50)
      .map((body, n) => live.post(`multi_room/${names[n % names.length]}?${eve}`, body))
    worst.push(Math.max(...(await Promise.all(answers)).map(({ status }) => status)))
  }
  expect(Math.max(...worst)).toBeLessThan(500)
})

test('a request that comes drop by drop holds up nobody', async () => {
  const slow = httpRequest({ port: live.port, path: '/weapp/multi_room/login', method: 'POST' })
  slow.on('error', () => undefined)
  slow.setHeader('content-length', 1_000)
  slow.write('{')
  expect((await live.post('multi_room/get_room_list')).body.code).toBe(7)
  slow.destroy()
})

test('a flood of one user is answered with RATE_LIMITED, and is not heard', async () => {
  const eve = await live.connect('eve')
  await eve.join('noisy')
  const sent = Array.from({ length: 500 }, () => codeOf(eve.call('send', { room: 'noisy', kind: 'text', data: 'x' })))
  const passed = (await Promise.all(sent)).filter((code) => code === 'resolved').length
  expect(passed).toBeGreaterThanOrEqual(100)
  expect(passed).toBeLessThan(500)
  expect(JSON.stringify(eve.frames)).toContain('RATE_LIMITED')
})

/** The same userSig with another signature inside. */
function changed(userSig: string): string {
  const ticket = decodeUserSig(userSig)
  return packTicket({ ...ticket, 'TLS.sig': Buffer.alloc(32).toString('base64') })
}

/** The same token with another end. */
function stretched(token: string): string {
  const [body = '', signature = ''] = token.split('.')
  const [userID, id] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [string, string]
  const longer = Buffer.from(JSON.stringify([userID, id, Date.now() + 60_000])).toString('base64url')
  return `${longer}.${signature}`
}
