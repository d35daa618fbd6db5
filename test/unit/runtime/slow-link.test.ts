import { SlowLane } from '../../../examples/playground/runtime/slow-link'

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

it('lets through at its rate, in order', () => {
  const lane = new SlowLane(8)
  const out: string[] = []
  // 8 kbit/s is one byte a millisecond
  lane.pass(100, () => out.push('a'))
  lane.pass(50, () => out.push('b'))
  expect([lane.queuedBytes, lane.delayMs]).toEqual([150, 150])
  jest.advanceTimersByTime(99)
  expect(out).toEqual([])
  jest.advanceTimersByTime(1)
  expect(out).toEqual(['a'])
  jest.advanceTimersByTime(50)
  expect(out).toEqual(['a', 'b'])
  expect([lane.queuedBytes, lane.delayMs]).toEqual([0, 0])
})

it('gives out everything at once when it is quick again, and nothing twice', () => {
  const lane = new SlowLane(8)
  const out: string[] = []
  for (const name of ['a', 'b', 'c']) lane.pass(1_000, () => out.push(name))
  lane.flush()
  expect(out).toEqual(['a', 'b', 'c'])
  jest.advanceTimersByTime(10_000)
  expect(out).toHaveLength(3)
})
