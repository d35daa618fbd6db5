import type { PhoneEventBody } from '../../../examples/playground/runtime/phone-channel'
import { FigureGatherer, median, NO_FIGURES } from '../../../examples/playground/site/figures'

const STARTED_AT = 1000
const pusher = { type: 'media', element: 'live-pusher', id: 'pusher', userId: 'linxm' } as const

function gathered(...events: (PhoneEventBody & { at?: number })[]) {
  const gatherer = new FigureGatherer()
  for (const event of events) gatherer.take({ at: STARTED_AT, ...event }, STARTED_AT)
  return gatherer.figures
}

it('knows nothing at first and after a reset', () => {
  expect(gathered()).toEqual(NO_FIGURES)
  const gatherer = new FigureGatherer()
  gatherer.take({ type: 'measure', name: 'latency', userId: 'a', ms: 60, at: 0 }, 0)
  gatherer.reset()
  expect(gatherer.figures).toEqual(NO_FIGURES)
})

it('counts from start() to the first 1002 and not to later ones', () => {
  const events = [1028, 9000].map((at) => ({ ...pusher, event: 'statechange', code: 1002, at }) as const)
  expect(gathered(...events).published).toBe(28)
})

it('takes what the pusher sends, picture and sound', () => {
  const info = { videoBitrate: 440, audioBitrate: 46, videoFPS: 15 }
  expect(gathered({ ...pusher, event: 'netstatus', info })).toMatchObject({ bitrate: 486, frames: 15 })
})

it('does not take what a player receives for what is sent', () => {
  const info = { videoBitrate: 440, videoFPS: 15 }
  expect(gathered({ ...pusher, element: 'live-player', event: 'netstatus', info })).toEqual(NO_FIGURES)
})

it('shows the median of the latest latencies only', () => {
  const old = Array.from({ length: 40 }, () => 500)
  const recent = Array.from({ length: 40 }, (_, index) => 60 + index)
  const events = [...old, ...recent].map((ms) => ({ type: 'measure', name: 'latency', userId: 'zhouya', ms }) as const)
  expect(gathered(...events).latency).toBe(79)
})

it('finds the lower middle', () => {
  expect(median([])).toBeNull()
  expect(median([7])).toBe(7)
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 3, 2])).toBe(2)
})
