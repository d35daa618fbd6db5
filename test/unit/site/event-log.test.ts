/** @jest-environment jsdom */
import '../../support/resize-observer'
import { EventLog, secondsText } from '../../../examples/playground/site/event-log'
import { useLanguage } from '../../../examples/playground/site/language'
import type { LogRow } from '../../../examples/playground/site/log-row'

const START = 1_000_000
const row = (more: Partial<LogRow> = {}): LogRow => ({
  at: START + 28,
  tag: 'push',
  code: 1002,
  name: 'PUSH_BEGIN',
  detail: '',
  ...more,
})

function logWith(...rows: LogRow[]) {
  const log = new EventLog()
  log.startAt(START)
  rows.forEach((each) => log.add(each))
  return log
}
const found = (log: EventLog, testid: string) => log.root.querySelector<HTMLElement>(`[data-testid="${testid}"]`)
const rowsOf = (log: EventLog) => [...log.root.querySelectorAll<HTMLElement>('[data-testid="log-row"]')]

it('writes seconds since start(), tag, code and name into a row', () => {
  const [shown] = rowsOf(logWith(row()))
  expect(shown?.textContent).toBe('0.028推流1002PUSH_BEGIN')
  expect(shown?.dataset).toMatchObject({ tag: 'push', code: '1002', name: 'PUSH_BEGIN' })
})

it('follows the language in rows that stand already', () => {
  const log = logWith(
    row({ tag: 'net', code: undefined, name: 'reconnecting', detail: { word: 'tryOfRoom', args: { n: 1 } } }),
  )
  useLanguage('en', log.root)
  expect(rowsOf(log)[0]?.textContent).toBe('0.028netreconnectingroom, try 1')
  expect(rowsOf(log)[0]?.querySelector('em')?.title).toBe('room, try 1')
  useLanguage('zh', log.root)
})

it('marks errors and the newest row', () => {
  const [first, last] = rowsOf(logWith(row({ tag: 'err', code: -1307 }), row()))
  expect(first?.className).toBe('lg lg--err')
  expect(last?.classList.contains('lg--new')).toBe(true)
})

it.each(['无法使用摄像头，请在设置中允许后重试', 'The camera cannot be used'])(
  'gives "%s" a line of its own',
  (detail) => {
    expect(rowsOf(logWith(row({ tag: 'err', detail })))[0]?.className).toBe('lg lg--err lg--long lg--new')
  },
)

it('holds new rows back while paused and shows them afterwards', () => {
  const log = logWith(row())
  found(log, 'log-pause')?.click()
  log.add(row({ code: 1003 }))
  expect(rowsOf(log)).toHaveLength(1)
  expect(found(log, 'log-pause')?.getAttribute('aria-pressed')).toBe('true')
  found(log, 'log-pause')?.click()
  expect(rowsOf(log).map(({ dataset }) => dataset.code)).toEqual(['1002', '1003'])
})

it('is empty after clear, also of what was held back', () => {
  const log = logWith(row())
  found(log, 'log-pause')?.click()
  log.add(row())
  found(log, 'log-clear')?.click()
  found(log, 'log-pause')?.click()
  expect(rowsOf(log)).toHaveLength(0)
  expect(found(log, 'log-count')?.textContent).toBe('0 条')
})

it('keeps the newest 500 rows', () => {
  const log = logWith(...Array.from({ length: 503 }, (_, index) => row({ code: index })))
  expect(rowsOf(log)).toHaveLength(500)
  expect(rowsOf(log)[0]?.dataset.code).toBe('3')
})

it('never counts time before start()', () => {
  expect(secondsText(START - 5, START)).toBe('0.000')
  expect(secondsText(START, 0)).toBe('0.000')
  expect(secondsText(START + 140_019, START)).toBe('140.019')
})
