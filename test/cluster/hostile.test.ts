import { RedisStore } from '../../server/src/store/redis/redis-store'
import { outcomeOf } from '../attack/attack'
import { randomAttacksOf } from '../attack/random-attacks'
import { startService } from '../server/support/live-service'
import { RedisServer } from '../support/cluster/redis-server'

let redis: RedisServer

beforeAll(async () => {
  redis = await RedisServer.start()
})
afterAll(() => redis?.close())
beforeEach(() => redis.flush())

async function connected(): Promise<RedisStore> {
  const store = new RedisStore({ url: redis.url })
  await store.ready()
  return store
}

it.each(randomAttacksOf(1_500).map((attack) => [attack.name, attack] as const))(
  '%s do no harm with the rooms in Redis',
  async (_name, attack) => {
    const { tries, harm } = await outcomeOf(attack, await connected())
    expect(harm).toEqual([])
    expect(tries).toBeGreaterThan(0)
  },
)

it.each([2 ** 53, 1e20, 1e300])('page %d of the rooms is empty, and nobody else notices', async (index) => {
  const store = await connected()
  const live = await startService({ store })
  try {
    const ann = await live.connect('ann')
    await ann.join('r1')
    const eve = await live.loginOverHttp('eve')
    const { status, body } = await live.post(`multi_room/get_room_list?${eve}`, { index, cnt: 20 })
    expect({ status, body }).toEqual({ status: 200, body: { code: 0, message: 'ok', rooms: [] } })
    expect(store.isAvailable).toBe(true)
    expect(await ann.call('ping', {})).toEqual({})
  } finally {
    await live.close()
  }
})
