import { RoomError } from '../../../src/errors'
import { createFixedPolicy } from '../../../src/room/fixed-policy'
import { createDefaultPolicy } from '../../../src/room/default-policy'
import type { ReconnectPolicy } from '../../../src/util/reconnect-policy'
import { seededRandom } from '../../support/fake-platform'

const cause = new RoomError('NETWORK')
const delays = (random: () => number, count = 12): (number | null)[] =>
  Array.from({ length: count }, (_each, index) =>
    createDefaultPolicy({ random }).nextDelayMs({ attempt: index + 1, elapsedMs: 0, cause }),
  )

test('tries at once, then after 300 ms doubling up to 8 s', () => {
  expect(delays(() => 0)).toEqual([0, 300, 600, 1200, 2400, 4800, 8000, 8000, 8000, 8000, 8000, 8000])
})

test('chance shortens a delay by 30 % at most and never lengthens it', () => {
  const longest = delays(() => 0)
  const random = seededRandom(3)
  for (let round = 0; round < 20; round += 1) {
    delays(random).forEach((delay, index) => {
      expect(delay).toBeLessThanOrEqual(longest[index] ?? 0)
      expect(delay).toBeGreaterThanOrEqual((longest[index] ?? 0) * 0.7)
    })
  }
  expect(new Set(delays(random).slice(6)).size).toBeGreaterThan(1)
})

test('gives up after 10 minutes, not before', () => {
  const policy = createDefaultPolicy({ random: () => 0 })
  expect(policy.nextDelayMs({ attempt: 90, elapsedMs: 599_999, cause })).toBe(8000)
  expect(policy.nextDelayMs({ attempt: 90, elapsedMs: 600_000, cause })).toBeNull()
})

test('a fixed policy tries every 5 s for 10 minutes, or as told', () => {
  const at = (policy: ReconnectPolicy, elapsedMs: number) => policy.nextDelayMs({ attempt: 3, elapsedMs, cause })
  expect([0, 599_999, 600_000].map((elapsedMs) => at(createFixedPolicy(), elapsedMs))).toEqual([5000, 5000, null])
  const told = createFixedPolicy({ everyMs: 700, forMs: 1_400 })
  expect([0, 1_399, 1_400].map((elapsedMs) => at(told, elapsedMs))).toEqual([700, 700, null])
  expect(at(createFixedPolicy({ forMs: Infinity }), 1e12)).toBe(5000)
})

test.each([{ everyMs: 0 }, { everyMs: -1 }, { everyMs: NaN }, { everyMs: Infinity }, { forMs: 0 }])(
  'a fixed policy of %j is refused, because it would hammer or never try',
  (options) => {
    expect(() => createFixedPolicy(options)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }))
  },
)
