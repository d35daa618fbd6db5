import { RoomError } from '../errors'
import type { Callbacks } from '../util/answer-both-ways'

/** What a native call answers when it has nothing else to say. */
export interface NativeResult {
  readonly errMsg?: string
}

/** What `fail` is called with; the promise rejects with `error`. */
export interface NativeFailure {
  /** For developers: the platform's own words where it has any. */
  readonly errMsg: string
  readonly error: RoomError
}

/** Every method takes these, answers a promise, or both. */
export type NativeCallbacks<Result = NativeResult> = Callbacks<Result, NativeFailure>

/** How a native method answers: by callbacks in its `options`, or `plain`, by returning. */
export type CallStyle = 'options' | 'plain'

/**
 * Calls one native method.
 * @throws RoomError by the promise: NOT_SUPPORTED that names a method which this version of WeChat lacks, or with the
 *   platform's words (`cause` is what it answered) when it refuses; PERMISSION_DENIED when the user has
 */
export function callNative(
  context: object,
  name: string,
  style: CallStyle,
  args: readonly unknown[],
): Promise<unknown> {
  const method = (context as Readonly<Record<string, unknown>>)[name]
  if (typeof method !== 'function') {
    return Promise.reject(new RoomError('NOT_SUPPORTED', `${name} is not there in this version of WeChat`))
  }
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => reject(refusal(name, cause))
    try {
      if (style === 'plain') resolve(method.apply(context, args))
      else method.call(context, { ...(args[0] as object | undefined), success: resolve, fail })
    } catch (thrown) {
      fail(thrown)
    }
  })
}

/** Takes the callbacks out of a method's last argument; the others go to the platform. */
export function splitCallbacks(args: readonly unknown[]): [readonly unknown[], NativeCallbacks<unknown>] {
  const last = args[args.length - 1]
  if (typeof last !== 'object' || last === null) return [args, {}]
  const { success, fail, complete, ...options } = last as NativeCallbacks<unknown>
  return [[...args.slice(0, -1), options], { success, fail, complete }]
}

/** What a page's `fail` is told of a failed call. */
export function nativeFailure(error: RoomError): NativeFailure {
  return { errMsg: error.message, error }
}

function refusal(name: string, cause: unknown): RoomError {
  const words = wordsOf(cause)
  const isPermission = /permission denied|auth deny/i.test(words)
  return new RoomError(isPermission ? 'PERMISSION_DENIED' : 'NOT_SUPPORTED', words || `${name} failed`, { cause })
}

function wordsOf(cause: unknown): string {
  const { errMsg, message } = Object(cause) as { errMsg?: unknown; message?: unknown }
  if (typeof errMsg === 'string') return errMsg
  return typeof message === 'string' ? message : ''
}
