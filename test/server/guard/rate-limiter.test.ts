import fc from 'fast-check'
import { Counter } from '../../../server/src/guard/counter'
import { BURST_SECONDS, RateLimiter } from '../../../server/src/guard/rate-limiter'

let now = 1_000_000
beforeEach(() => (now = 1_000_000))

const taken = (limiter: RateLimiter, key: string, tries: number): number =>
  Array.from({ length: tries }, () => limiter.take(key)).filter(Boolean).length

it('lets five seconds’ worth come at once, then as many as the rate says', () => {
  const limiter = new RateLimiter(10, () => now)
  expect(taken(limiter, 'ann', 80)).toBe(50)
  now += 1_000
  expect(taken(limiter, 'ann', 80)).toBe(10)
  now += 250
  expect(taken(limiter, 'ann', 80)).toBe(2)
})

it('lets nobody pay for another', () => {
  const limiter = new RateLimiter(1, () => now)
  taken(limiter, 'ann', 100)
  expect(taken(limiter, 'bob', 5)).toBe(5)
})

it('forgets whoever has been quiet', () => {
  const limiter = new RateLimiter(1, () => now)
  for (let user = 0; user < 1_000; user += 1) limiter.take(`user ${user}`)
  expect(limiter.size).toBe(1_000)
  now += BURST_SECONDS * 1000
  limiter.take('ann')
  now += BURST_SECONDS * 1000
  limiter.take('ann')
  expect(limiter.size).toBe(1)
  now += 3 * BURST_SECONDS * 1000
  limiter.take('bob')
  expect(limiter.size).toBe(1)
})

it('forgets nobody whose bucket is not full yet', () => {
  const limiter = new RateLimiter(1, () => now)
  limiter.take('somebody else')
  now += BURST_SECONDS * 1000 - 1
  expect(taken(limiter, 'ann', 9)).toBe(5)
  now += 1
  expect(taken(limiter, 'ann', 9)).toBe(0)
})

it('holds no clock against anybody that is set back by an hour', () => {
  const limiter = new RateLimiter(1, () => now)
  expect(taken(limiter, 'ann', 9)).toBe(5)
  now -= 3_600_000
  expect(taken(limiter, 'ann', 9)).toBe(0)
  now += 2_000
  expect(taken(limiter, 'ann', 9)).toBe(2)
})

it('never lets more through than burst and rate allow, whenever they come', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 200 }), (waits) => {
      const start = now
      const limiter = new RateLimiter(3, () => now)
      let count = 0
      for (const wait of waits) {
        now += wait
        if (limiter.take('ann')) count += 1
        expect(count).toBeLessThanOrEqual(3 * BURST_SECONDS + (3 * (now - start)) / 1000 + 1e-6)
      }
    }),
  )
})

it('counts up to its limit, and forgets who has none left', () => {
  const counter = new Counter(2)
  expect(['a', 'a', 'a', 'b'].map((key) => counter.add(key))).toEqual([true, true, false, true])
  for (const key of ['a', 'b', 'c']) counter.remove(key)
  expect([counter.add('a'), counter.add('a')]).toEqual([true, false])
  expect(counter.size).toBe(1)
})
