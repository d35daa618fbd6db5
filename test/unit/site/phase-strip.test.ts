/** @jest-environment jsdom */
import { phaseStrip } from '../../../examples/playground/site/phase-strip'

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
