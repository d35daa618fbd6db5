import { beginFault, faultStep, recoveredInMs } from '../../../examples/playground/site/fault-record'
import type { FaultNews, FaultRecord } from '../../../examples/playground/site/fault-record'

const after = (...news: FaultNews[]): FaultRecord => news.reduce(faultStep, beginFault('socket', ['A'], 1_000))
const seen = (at: number, whole: boolean): FaultNews => ({ type: 'seen', at, whole })

it('counts recovery from the moment at which it was possible', () => {
  const record = after(
    seen(1_010, false),
    { type: 'tried', at: 1_020 },
    { type: 'tried', at: 1_300 },
    { type: 'mended', at: 4_000 },
    seen(4_100, false),
    seen(4_410, true),
  )
  expect(record).toEqual({
    fault: 'socket',
    letters: ['A'],
    brokenAt: 1_000,
    noticedAt: 1_010,
    tries: [1_020, 1_300],
    mendedAt: 4_000,
    backAt: 4_410,
  })
  expect(recoveredInMs(record)).toBe(410)
})

it('is not over while it lasts, whatever is seen meanwhile', () => {
  const record = after(seen(1_100, true), seen(1_200, false), seen(1_300, true))
  expect(record.backAt).toBeNull()
  expect(recoveredInMs(record)).toBeNull()
})

it('tells a fault that nobody noticed', () => {
  const record = after({ type: 'mended', at: 2_000 }, seen(2_000, true))
  expect(record.noticedAt).toBeNull()
  expect(recoveredInMs(record)).toBe(0)
})

it('takes nothing of what happens afterwards', () => {
  const over = after({ type: 'mended', at: 2_000 }, seen(2_100, true))
  const later: FaultNews[] = [{ type: 'tried', at: 3_000 }, { type: 'mended', at: 3_000 }, seen(3_000, false)]
  expect(later.reduce(faultStep, over)).toBe(over)
})
