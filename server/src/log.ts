export type LogLevel = 'error' | 'warn' | 'info' | 'debug'
export const LOG_LEVELS: readonly LogLevel[] = ['error', 'warn', 'info', 'debug']

/**
 * error = a request failed by the server's fault, warn = recovered by itself, info = lifecycle, debug = the rest.
 * Never hand it a token, a userSig or a signed URL.
 */
export interface Log {
  (level: LogLevel, message: string, data?: object): void
  /** Nobody reads `debug`, so that what is said of each request need not even be put together. */
  readonly isQuiet?: boolean
}

export const NO_LOG: Log = Object.assign(() => undefined, { isQuiet: true })
