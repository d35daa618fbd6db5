import type { Log, LogLevel } from './platform'

const VERBOSITY: Record<LogLevel, number> = { error: 0, warn: 1, info: 2, debug: 3 }

/** Writes to the console what is at least as grave as `level`. */
export function createConsoleLog(level: LogLevel = 'warn'): Log {
  return (entryLevel, message, data) => {
    if (VERBOSITY[entryLevel] > VERBOSITY[level]) return
    const text = `[roomlet] ${message}`
    if (data === undefined) console[entryLevel](text)
    else console[entryLevel](text, data)
  }
}
