/** @jest-environment jsdom */
import { FigureRow, shortFigure } from '../../../examples/playground/site/figure-row'
import { NO_FIGURES } from '../../../examples/playground/site/figures'

it('shows a dash for what is not known, and takes a figure back', () => {
  const row = new FigureRow()
  const latency = () => row.root.querySelector('[data-testid="figure-latency"]')?.textContent
  expect(latency()).toBe('–')
  row.show({ ...NO_FIGURES, latency: 66.6 })
  expect(latency()).toBe('67ms')
  row.show(NO_FIGURES)
  expect(latency()).toBe('–')
})

it.each([
  [0, 'kbps', ['0', 'kbps']],
  [999.4, 'ms', ['999', 'ms']],
  [999.6, 'ms', ['1.00', 's']],
  [1313, 'ms', ['1.31', 's']],
  [1200, 'kbps', ['1.20', 'Mbps']],
  [1200, 'fps', ['1200', 'fps']],
])('shortens %d %s', (figure, unit, short) => {
  expect(shortFigure(figure, unit)).toEqual(short)
})
