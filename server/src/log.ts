export type LogLevel = 'error' | 'warn' | 'info' | 'debug'

/**
 * error = a request failed by the server's fault, warn = recovered by itself, info = lifecycle, debug = the rest.
 * Never hand it a token, a userSig or a signed URL.
 */
export type Log = (level: LogLevel, message: string, data?: object) => void
