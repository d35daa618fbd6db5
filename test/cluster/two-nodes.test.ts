import { once } from 'node:events'
import { RedisStore } from '../../server/src/store/redis/redis-store'
import { RedisServer } from '../support/cluster/redis-server'
import { Balancer } from '../support/cluster/balancer'
import { Participant } from '../support/cluster/participant'
import { until } from '../support/until'
import { startService, type LiveService, type SocketClient } from '../server/support/live-service'

let redis: RedisServer
let one: LiveService
let two: LiveService
const endings: (() => unknown)[] = []

async function startNode(): Promise<LiveService> {
  const store = new RedisStore({ url: redis.url, leaseMs: 600_000 })
  await store.ready()
  return startService({ store })
}

beforeEach(async () => {
  redis = await RedisServer.start()
  ;[one, two] = [await startNode(), await startNode()]
})
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
  await one.close()
  await two.close()
  await redis.close()
})

const live = (role: 'anchor' | 'audience') => ({ kind: 'live_room', role }) as const
const linkOf = (client: SocketClient, phase: string) =>
  client.frame(({ link }) => (link as { phase?: string } | undefined)?.phase === phase)

it('brings members and messages of one node to the other, over either protocol', async () => {
  const ann = await one.connect('ann')
  const bob = await two.connect('bob')
  await ann.join('r')
  const { members } = await bob.join('r')
  expect(members.map(({ userID }) => userID)).toEqual(['ann'])
  expect(await ann.notice('memberJoined')).toMatchObject({ member: { userID: 'bob' } })
  await ann.call('send', { room: 'r', kind: 'text', data: 'hello' })
  expect(await bob.notice('message')).toMatchObject({ data: 'hello', from: { userID: 'ann' } })
  const query = await two.loginOverHttp('eve')
  // a token of one node counts on the other
  const { body } = await one.post(`multi_room/get_pushers?${query}`, { roomID: 'r' })
  expect((body.pushers as { userID: string }[]).map(({ userID }) => userID)).toEqual(['ann', 'bob'])
})

it('links a guest to a presenter on another node, and counts the audience of both', async () => {
  const pat = await one.connect('pat')
  const [guest, viewer] = [await two.connect('guest'), await one.connect('viewer')]
  await pat.join('r', live('anchor'))
  await guest.join('r', live('audience'))
  expect((await viewer.join('r', live('audience'))).live?.audienceCount).toBe(2)
  await guest.frame(({ audience }) => (audience as { count: number } | undefined)?.count === 2)
  await guest.call('linkMic', { room: 'r', action: 'request' })
  await linkOf(pat, 'requesting')
  await pat.call('linkMic', { room: 'r', action: 'accept', userID: 'guest' })
  expect(await linkOf(guest, 'on')).toMatchObject({ pushURL: expect.stringMatching(/^rtmp:/) })
  expect(await viewer.notice('memberJoined')).toMatchObject({ member: { userID: 'guest' } })
  await pat.call('leave', { room: 'r' })
  for (const client of [guest, viewer]) await client.frame(({ closed }) => closed === 'destroyed')
})

it('lets a client resume on another node with what it missed, and tells the connection that it had', async () => {
  const ann = await one.connect('ann')
  const bob = await one.connect('bob')
  const { epoch, seq } = await ann.join('r')
  await bob.join('r')
  await bob.call('send', { room: 'r', kind: 'text', data: 'missed' })
  const again = await two.connect('ann')
  const resumed = await again.call('resume', { room: 'r', epoch, seq })
  expect(resumed).toMatchObject({ notices: [{ ev: 'memberJoined' }, { ev: 'message', data: 'missed' }] })
  await ann.frame(({ closed }) => closed === 'replaced')
  await bob.call('send', { room: 'r', kind: 'text', data: 'next' })
  expect(await again.notice('message')).toMatchObject({ data: 'next' })
})

it('ends a login on every node, and with it the sockets that other nodes hold of it', async () => {
  const query = await one.loginOverHttp('ann')
  const token = new URLSearchParams(query).get('token') ?? ''
  const profile = { userID: 'ann', userName: '', userAvatar: '' }
  const [here, there, other] = [await one.openSocket(), await two.openSocket(), await two.connect('ann')]
  for (const socket of [here, there]) await socket.call('login', { ...profile, token })
  const closed = [here, there].map(({ webSocket }) => once(webSocket, 'close'))
  await two.post(`multi_room/logout?${query}`)
  expect((await one.post(`multi_room/get_room_list?${query}`)).body).toMatchObject({ code: 7 })
  await Promise.all(closed)
  // another login of the same user goes on
  await other.join('r')
})

it('lets clients reconnect when Redis was restarted, and builds their rooms again', async () => {
  const balancer = new Balancer([one.port, two.port])
  endings.push(() => balancer.close())
  const root = `http://127.0.0.1:${await balancer.listen()}`
  const users = ['ann', 'bob', 'cyd']
  const people = await Promise.all(users.map((userID) => Participant.enter(root, userID, 'r')))
  for (const person of people) endings.push(() => person.close())
  const query = await one.loginOverHttp('eve')
  await redis.kill()
  await until('all are reconnecting', async () => people.every(({ drops }) => drops > 0))
  expect(await one.post(`multi_room/get_room_list?${query}`)).toMatchObject({ status: 503, body: { code: 503 } })
  await expect(one.openSocket()).rejects.toThrow('503')
  await redis.run()
  await until('all are back in one room', async () => people.every(({ others }) => others.size === 2))
  await Promise.all(people.map((person) => person.say()))
  await until('all hear each other', async () => people.every(({ received }) => received.size === 2))
  expect(people.map(({ closed, refused }) => [closed, refused])).toEqual(users.map(() => [null, []]))
})
