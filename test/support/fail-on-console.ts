import { format } from 'node:util'

type Level = 'warn' | 'error'

interface ConsoleWatch {
  /** What was said and by nobody expected. */
  unexpected: string[]
  /** Announced by the running test and not said yet. */
  expected: RegExp[]
}

declare global {
  var consoleWatch: ConsoleWatch | undefined
}

// On the global object and not in the module: a test that resets or isolates modules still talks to the same watch.
const watch = (globalThis.consoleWatch ??= { unexpected: [], expected: [] })

function listen(level: Level, ...args: unknown[]): void {
  const text = format(...args)
  const index = watch.expected.findIndex((pattern) => pattern.test(text))
  if (index >= 0) watch.expected.splice(index, 1)
  else watch.unexpected.push(`console.${level}: ${text}`)
}

function verify(): void {
  const { unexpected, expected } = watch
  watch.unexpected = []
  watch.expected = []
  if (unexpected.length > 0) throw new Error(`Unexpected on the console:\n${unexpected.join('\n')}`)
  if (expected.length > 0) throw new Error(`Expected on the console, never said: ${expected.join(', ')}`)
}

/**
 * Declares that the running test makes the code say one matching line by console.warn or console.error.
 * Every other such line fails the test, and so does an announced one that never comes. Call it once a line,
 * before the line is said.
 */
export function expectWarning(pattern: RegExp): void {
  watch.expected.push(pattern)
}

if (!('watched' in console)) {
  Object.assign(console, {
    watched: true,
    warn: (...args: unknown[]) => listen('warn', ...args),
    error: (...args: unknown[]) => listen('error', ...args),
  })
  afterEach(verify)
  afterAll(verify)
}
