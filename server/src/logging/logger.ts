import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino'
import type { Log, LogLevel } from '../log'
import { REDACTED, REDACTED_PATHS, scrubber } from './scrub'

export interface LoggerOptions {
  readonly level: LogLevel
  /** What is configured and must not be seen. */
  readonly secrets: readonly string[]
  /** Standard output by default. */
  readonly destination?: DestinationStream
}

/** One JSON object a line, for whatever collects them. No secret leaves it, whoever has said it. */
export function createLogger({ level, secrets, destination = standardOutput() }: LoggerOptions): Logger {
  const options = {
    level,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: REDACTED_PATHS, censor: REDACTED },
    serializers: { error: describeError, err: describeError },
    hooks: { streamWrite: scrubber(secrets) },
  }
  return pino(options, destination)
}

/** Node's own stream: pino's waits for ever at the end of a process whose output nobody reads any more. */
function standardOutput(): DestinationStream {
  const { stdout } = process
  if (!stdout.listeners('error').includes(ignore)) stdout.on('error', ignore)
  return stdout
}

function ignore(): void {}

export function logOf(logger: Logger): Log {
  const log = (level: LogLevel, message: string, data?: object): void => logger[level](data ?? {}, message)
  return Object.assign(log, { isQuiet: !logger.isLevelEnabled('debug') })
}

interface DescribedError {
  readonly type: string
  readonly message: string
  readonly code?: unknown
  readonly stack?: string
  readonly cause?: DescribedError
}

/** Nothing but this: what libraries hang on their errors may be the whole command, or the request. */
function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) }
  const { name, message, stack, cause } = error
  const { code } = error as { code?: unknown }
  return {
    type: name,
    message,
    ...(code !== undefined && { code }),
    ...(stack !== undefined && { stack }),
    ...(cause !== undefined && { cause: describeError(cause) }),
  }
}
