import { RedisStore } from '../../server/src/store/redis/redis-store'
import { OutboxNotes, streamOf } from '../contracts/outbox-contract'
import { RedisServer } from '../support/cluster/redis-server'
import { until } from '../support/until'

let server: RedisServer
let stores: RedisStore[]

/** Nobody is taken for dead on the busiest machine. */
const LEASE_MS = 600_000

async function open(capacity?: number): Promise<{ store: RedisStore; notes: OutboxNotes }> {
  const store = new RedisStore({ url: server.url, leaseMs: LEASE_MS })
  await store.ready()
  stores.push(store)
  const notes = new OutboxNotes('hook', capacity)
  return { store, notes }
}

const report = (store: RedisStore, userID: string, request = '') =>
  store.report({ room: 'r', event: streamOf(userID), request })
const namesIn = ({ events }: OutboxNotes) => events.map((event) => ('userID' in event ? event.userID : ''))
const arrived = (notes: OutboxNotes, userID: string) =>
  until(`${userID} is told`, async () => namesIn(notes).includes(userID))

beforeAll(async () => {
  server = await RedisServer.start()
})
afterAll(() => server?.close())
beforeEach(async () => {
  stores = []
  await server.flush()
})
afterEach(() => Promise.all(stores.map((store) => store.close())))

it('gives what both nodes tell to one of them, and to the other from the oldest on when that one has gone', async () => {
  const [one, two] = [await open(), await open()]
  const outbox = one.store.openOutbox(one.notes)
  await report(one.store, 'first')
  await arrived(one.notes, 'first')
  two.store.openOutbox(two.notes)
  await report(two.store, 'second')
  await report(one.store, 'third')
  await Promise.all([report(one.store, 'fourth', 'q'), report(two.store, 'fourth', 'q')])
  await arrived(one.notes, 'fourth')
  expect(namesIn(one.notes)).toEqual(['first', 'second', 'third', 'fourth'])
  expect(two.notes.entries).toEqual([])
  outbox.done(one.notes.entries[0]?.key ?? '')
  outbox.done(one.notes.entries[2]?.key ?? '')
  const redis = server.client()
  await until('the two are taken out', async () => (await redis.xlen('roomlet:outbox:hook')) === 2)
  redis.disconnect()
  await outbox.close()
  expect(one.notes.handOvers).toBe(1)
  await arrived(two.notes, 'fourth')
  await report(one.store, 'not for hook')
  await report(two.store, 'fifth')
  await arrived(two.notes, 'fifth')
  expect(namesIn(two.notes)).toEqual(['second', 'fourth', 'fifth'])
})

it('drops the oldest beyond what the queue holds', async () => {
  const { store, notes } = await open(3)
  const other = await open(3)
  // the node that has the queue takes nothing out of it
  other.store.openOutbox(other.notes)
  store.openOutbox(notes)
  await report(other.store, 'first')
  await arrived(other.notes, 'first')
  for (const name of ['second', 'third', 'fourth', 'fifth']) await report(store, name)
  await arrived(other.notes, 'fifth')
  await other.store.close()
  stores = [store]
  await arrived(notes, 'fifth')
  expect(namesIn(notes)).toEqual(['third', 'fourth', 'fifth'])
})

it('takes the queue up again after Redis was away, with what came through', async () => {
  const { store, notes } = await open()
  store.openOutbox(notes)
  await report(store, 'first')
  await arrived(notes, 'first')
  await server.kill()
  await until('the loss is seen', async () => !store.isAvailable)
  expect(notes.handOvers).toBe(1)
  await server.run()
  await store.ready()
  await report(store, 'second')
  await arrived(notes, 'second')
})
