import { RedisStore } from '../../server/src/store/redis/redis-store'
import { describeCensus } from '../contracts/census-contract'
import { describeLinkMic } from '../contracts/link-mic-contract'
import { describeLiveStore } from '../contracts/live-store-contract'
import { describeOutbox } from '../contracts/outbox-contract'
import { describeSeats } from '../contracts/seat-contract'
import { describeRecords } from '../contracts/records-contract'
import { describeStore } from '../contracts/store-contract'
import type { StoreHarness } from '../contracts/store-harness'
import { RedisServer } from '../support/cluster/redis-server'
import { VirtualClock } from '../support/virtual-clock'

let server: RedisServer

beforeAll(async () => {
  server = await RedisServer.start()
})
afterAll(() => server?.close())

async function start(): Promise<StoreHarness> {
  await server.flush()
  const clock = new VirtualClock()
  const store = new RedisStore({ url: server.url, clock, leaseMs: 600_000 })
  await store.ready()
  return {
    store,
    advance: (ms) => clock.advance(ms),
    settled: () => store.caughtUp(),
    close: () => store.close(),
  }
}

describeStore('Redis', start)
describeCensus('Redis', start)
describeLiveStore('Redis', start)
describeLinkMic('Redis', start)
describeOutbox('Redis', start)
describeSeats('Redis', start)
describeRecords('Redis', start)
