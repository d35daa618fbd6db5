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

/** A method of a tag that needs no options. */
export type TagMethod = (options?: NativeCallbacks) => Promise<NativeResult>

/** A method of a tag with the platform's options for it. */
export type TagMethodWith<Options, Result = NativeResult> = (
  options: Options & NativeCallbacks<Result>,
) => Promise<Result>

/**
 * Calls a native method that answers by callbacks in its options; a page's own among these are not handed on.
 * @throws RoomError by the promise: NOT_SUPPORTED that names a method which this version of WeChat lacks, or with the
 *   platform's words (`cause` is what it answered) when it refuses; PERMISSION_DENIED when the user has
 */
export function callNative(context: object, name: string, options?: unknown): Promise<unknown> {
  return withMethod(
    context,
    name,
    (method) =>
      // a host of one's own may say no more than that the call is over
      new Promise((success, fail) => method({ ...Object(options), success, fail, complete: success })),
  )
}

type NativeMethod = (...args: readonly unknown[]) => unknown

/** Calls a native method in a way of one's own; rejects like {@link callNative}. */
export async function withMethod(
  context: object,
  name: string,
  call: (method: NativeMethod) => unknown,
): Promise<unknown> {
  const method = (context as Readonly<Record<string, unknown>>)[name]
  if (typeof method !== 'function') {
    throw new RoomError('NOT_SUPPORTED', `${name} is not there in this version of WeChat`)
  }
  try {
    return await call(method.bind(context) as NativeMethod)
  } catch (cause) {
    const words = wordsOf(cause)
    const isPermission = /permission denied|auth deny/i.test(words)
    throw new RoomError(isPermission ? 'PERMISSION_DENIED' : 'NOT_SUPPORTED', words || `${name} failed`, { cause })
  }
}

/** What a page's `fail` is told of a failed call. */
export function nativeFailure(error: RoomError): NativeFailure {
  return { errMsg: error.message, error }
}

function wordsOf(cause: unknown): string {
  const { errMsg, message } = Object(cause) as { errMsg?: unknown; message?: unknown }
  if (typeof errMsg === 'string') return errMsg
  return typeof message === 'string' ? message : ''
}
