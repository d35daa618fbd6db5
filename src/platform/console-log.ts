import type { Log, LogLevel } from './platform'

/** From grave to chatty. */
const LEVELS: readonly LogLevel[] = ['error', 'warn', 'info', 'debug']

/** Writes to the console what is at least as grave as `level`. */
export function createConsoleLog(level: LogLevel = 'warn'): Log {
  return (entryLevel, message, ...data) => {
    if (LEVELS.indexOf(entryLevel) > LEVELS.indexOf(level)) return
    console[entryLevel](`[roomlet] ${message}`, ...data)
  }
}
