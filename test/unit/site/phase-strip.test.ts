/** @jest-environment jsdom */
import { phaseStrip } from '../../../examples/playground/site/phase-strip'
import { roomPhaseOf } from '../../../examples/playground/site/tag-phases'

test('lights the phase of the moment and marks those that may follow', () => {
  const strip = phaseStrip()
  const marked = (selector: string): (string | undefined)[] =>
    [...strip.root.querySelectorAll<HTMLElement>(selector)].map(({ dataset }) => dataset.phase)
  expect([marked('[aria-current]'), marked('[data-next]')]).toEqual([['idle'], ['joining']])
  strip.show('reconnecting')
  expect(strip.root.dataset.current).toBe('reconnecting')
  expect([marked('[aria-current]'), marked('[data-next]')]).toEqual([['reconnecting'], ['joined', 'leaving', 'closed']])
  expect(marked('.warn')).toEqual(['reconnecting'])
})

test.each([
  ['idle', 'joined', 'idle'],
  ['starting', 'idle', 'joining'],
  ['running', 'joining', 'joined'],
  ['stalled', 'joined', 'reconnecting'],
  ['retrying', 'joined', 'reconnecting'],
  ['suspended', 'joined', 'reconnecting'],
  ['starting', 'reconnecting', 'reconnecting'],
  ['failed', 'reconnecting', 'closed'],
] as const)('a bare tag that is %s after %s is like a room that is %s', (phase, before, told) => {
  expect(roomPhaseOf(phase, before)).toBe(told)
})
