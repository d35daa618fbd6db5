import { createConsoleLog } from '../../../src/platform/console-log'
import type { LogLevel } from '../../../src/platform/platform'

const LEVELS: LogLevel[] = ['error', 'warn', 'info', 'debug']

test.each([
  ['error', ['error']],
  ['warn', ['error', 'warn']],
  ['info', ['error', 'warn', 'info']],
  ['debug', LEVELS],
] as const)('at level %s it writes %s', (level, expected) => {
  const written: string[] = []
  const spies = LEVELS.map((each) => jest.spyOn(console, each).mockImplementation(() => void written.push(each)))
  const log = createConsoleLog(level)
  for (const each of LEVELS) log(each, 'something')
  for (const spy of spies) spy.mockRestore()
  expect(written).toEqual(expected)
})

test('it names the library and hands data on', () => {
  const spy = jest.spyOn(console, 'warn').mockImplementation(() => undefined)
  createConsoleLog()('warn', 'Connection lost', { code: 1006 })
  expect(spy.mock.calls).toEqual([['[roomlet] Connection lost', { code: 1006 }]])
  spy.mockRestore()
})
