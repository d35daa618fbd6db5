import { RedisStore } from '../../server/src/store/redis/redis-store'
import { StoreUnavailable } from '../../server/src/store/store-unavailable'
import type { JoinRoom } from '../../server/src/store/store-ops'
import type { StoreEvent } from '../../server/src/store/store-event'
import { RedisServer } from '../support/cluster/redis-server'
import { until } from '../support/until'

let server: RedisServer
let stores: RedisStore[]
let heard: Map<RedisStore, StoreEvent[]>

/** Nobody is taken for dead on the busiest machine. */
const LEASE_MS = 600_000

async function open(): Promise<RedisStore> {
  const store = new RedisStore({ url: server.url, leaseMs: LEASE_MS })
  await store.ready()
  const events: StoreEvent[] = []
  heard.set(store, events)
  store.subscribe((event) => events.push(event))
  stores.push(store)
  return store
}

const member = (userID: string) => ({
  ...{ userID, userName: '', userAvatar: '', audio: true, video: true, aux: false, stream: '' },
})
const join = (store: RedisStore, userID: string, more: Partial<JoinRoom> = {}) =>
  store.join({
    room: 'r',
    fresh: false,
    role: 'anchor',
    roomName: '',
    kind: 'multi_room',
    capacity: { multi_room: 9, double_room: 2, live_room: 4, webrtc_room: 9 },
    maxAudience: 100,
    member: member(userID),
    holder: { via: 'socket', connection: `socket of ${userID}` },
    request: '',
    ...more,
  })
const say = (store: RedisStore, userID: string, data: unknown, request = '') =>
  store.message({ room: 'r', userID, kind: 'text', data, request })
const eventsOf = async (store: RedisStore) => {
  await store.caughtUp()
  return heard.get(store) ?? []
}

beforeAll(async () => {
  server = await RedisServer.start()
})
afterAll(() => server?.close())
beforeEach(async () => {
  stores = []
  heard = new Map()
  await server.flush()
})
afterEach(() => Promise.all(stores.map((store) => store.close())))

it('numbers what two nodes do at once without a gap, and both hear it in the same order', async () => {
  const [one, two] = [await open(), await open()]
  await join(one, 'ann')
  await join(two, 'bob')
  const said = Array.from({ length: 200 }, (_, index) =>
    index % 2 === 0 ? say(one, 'ann', index) : say(two, 'bob', index),
  )
  await Promise.all(said)
  const events = await eventsOf(one)
  expect(events.flatMap((event) => (event.type === 'notice' ? [event.notice.seq] : []))).toEqual(
    Array.from({ length: 202 }, (_, index) => index + 1),
  )
  expect(await eventsOf(two)).toEqual(events.slice(events.length - (heard.get(two)?.length ?? 0)))
  expect((await one.get('r'))?.seq).toBe(202)
  expect(await two.get('r')).toEqual(await one.get('r'))
})

it('does a request once that is asked on two nodes at once', async () => {
  const [one, two] = [await open(), await open()]
  await join(one, 'ann')
  const answers = await Promise.all([one, two, one, two].map((store) => say(store, 'ann', 'hello', 'q')))
  expect(new Set(answers.map(({ time }) => time)).size).toBe(1)
  expect((await two.get('r'))?.seq).toBe(2)
})

it('never lets two nodes fill the last seat', async () => {
  const [one, two] = [await open(), await open()]
  await join(one, 'ann', { kind: 'double_room' })
  const comers = ['bob', 'cyd', 'dan', 'eve'].map((userID, index) => join(index % 2 ? one : two, userID))
  const outcomes = await Promise.allSettled(comers)
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await two.get('r'))?.members).toHaveLength(2)
})

it('counts rooms and people alike on both nodes, whoever changed them at once', async () => {
  const [one, two] = [await open(), await open()]
  const users = Array.from({ length: 8 }, (_, index) => `user${index}`)
  await Promise.all(users.map((userID, index) => join(index % 2 === 0 ? one : two, userID)))
  await Promise.all([join(one, 'ann', { room: 'other' }), join(two, 'bob', { room: 'other' })])
  const leaving = users
    .slice(3)
    .map((userID, index) => (index % 2 === 0 ? one : two).leave({ room: 'r', userID, request: '' }))
  await Promise.all([...leaving, one.destroy({ room: 'other', userID: (await one.get('other'))?.creator ?? '' })])
  expect([await one.census(), await two.census()]).toEqual([
    { rooms: 1, members: 3 },
    { rooms: 1, members: 3 },
  ])
})

it('makes one room of two first joins, and one link of a request that meets an invitation', async () => {
  const [one, two] = [await open(), await open()]
  const live = { kind: 'live_room', room: 'r' } as const
  const made = await Promise.allSettled([join(one, 'pat', live), join(two, 'pat', live)])
  expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
  await join(two, 'ann', { ...live, role: 'audience' })
  const ask = { room: 'r', target: 'ann', expiresAt: Date.now() + 60_000, seats: 4, request: '' }
  await Promise.all([
    one.link({ ...ask, userID: 'pat', action: 'invite' }),
    two.link({ ...ask, userID: 'ann', action: 'request' }),
  ])
  expect((await one.get('r'))?.live).toMatchObject({
    audienceCount: 1,
    links: [{ phase: 'on', user: { userID: 'ann' } }],
  })
  expect((await two.get('r'))?.members.map(({ userID }) => userID)).toEqual(['pat', 'ann'])
})

it('tells a connection that it was replaced, but not one that has come again since', async () => {
  const [one, two] = [await open(), await open()]
  await join(one, 'ann')
  await join(two, 'ann', { holder: { via: 'socket', connection: 'other' } })
  await join(one, 'ann')
  const replaced = (await eventsOf(one)).flatMap((event) => (event.type === 'replaced' ? [event.connection] : []))
  expect(replaced.at(-1)).toBe('other')
  expect(replaced.slice(0, -1).every((connection) => connection === 'socket of ann')).toBe(true)
  // held by node one again: what node two says of its lost socket does not matter
  await two.lose({ room: 'r', userID: 'ann', connection: 'other' })
  expect(await one.sweep()).toBe(false)
})

it('takes the members of a node that has died for lost, and those alone', async () => {
  const [one, two] = [await open(), await open()]
  await join(one, 'ann')
  await join(two, 'bob')
  await one.close()
  stores = [two]
  // the grace period begins when the node is found dead
  await until('the members of the dead node are lost', () => two.sweep())
  expect((await two.get('r'))?.members.map(({ userID }) => userID)).toEqual(['ann', 'bob'])
  await two.resume({ room: 'r', userID: 'ann', connection: 'new', epoch: '', seq: 0 })
  expect(await two.sweep()).toBe(false)
})

it('begins anew when it was taken for dead', async () => {
  const one = await open()
  let interruptions = 0
  one.onInterrupted(() => (interruptions += 1))
  await join(one, 'ann')
  const redis = server.client()
  const leases = await redis.keys('roomlet:node:*')
  await redis.del(leases)
  redis.disconnect()
  await expect(say(one, 'ann', 'hello')).rejects.toBeInstanceOf(StoreUnavailable)
  await one.ready()
  expect(interruptions).toBe(1)
  // the socket went with the name under which it was held
  await until('ann is lost', () => one.sweep())
  await say(one, 'ann', 'hello')
  expect((await one.get('r'))?.seq).toBe(2)
})

it('says so when Redis is gone and when it is back, and rooms can be built again', async () => {
  const one = await open()
  let interruptions = 0
  one.onInterrupted(() => (interruptions += 1))
  await join(one, 'ann')
  await server.kill()
  await until('the loss is seen', async () => !one.isAvailable)
  expect(interruptions).toBe(1)
  await expect(say(one, 'ann', 'hello')).rejects.toBeInstanceOf(StoreUnavailable)
  await expect(one.lose({ room: 'r', userID: 'ann', connection: 'x' })).resolves.toBeUndefined()
  await server.run()
  await one.ready()
  await expect(say(one, 'ann', 'hello')).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' })
  await join(one, 'ann')
  expect((await eventsOf(one)).at(-1)).toMatchObject({ type: 'notice', notice: { seq: 1 } })
  expect(interruptions).toBe(1)
})
