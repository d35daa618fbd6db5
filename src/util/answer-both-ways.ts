import { toRoomError } from '../errors'
import type { RoomError } from '../errors'
import type { Log } from '../platform/platform'

/** A page takes callbacks, the promise, both, or neither. */
export interface Callbacks<Result, Failure> {
  /** It was done. */
  success?(result: Result): void
  /** It was not. */
  fail?(failure: Failure): void
  /** After either. */
  complete?(outcome: Result | Failure): void
}

/**
 * Answers a page by its callbacks and by a promise that rejects with a RoomError; a rejection that nobody looks at is no
 * unhandled one. A callback that throws does not turn the outcome around, but its mistake is seen.
 */
export function answerBothWays<Result, Failure>(
  log: Log,
  callbacks: Callbacks<Result, Failure> | null | undefined,
  outcome: Promise<Result>,
  failureOf: (error: RoomError) => Failure,
): Promise<Result> {
  const { success, fail, complete } = callbacks ?? {}
  const tell = <Value>(callback: ((value: Value) => void) | undefined, value: Value): void => {
    try {
      callback?.(value)
    } catch (mistake) {
      log('error', 'A callback of the page threw', mistake)
    }
  }
  const answer = outcome.then(
    (result) => {
      tell(success, result)
      tell(complete, result)
      return result
    },
    (thrown: unknown) => {
      const error = toRoomError(thrown)
      const failure = failureOf(error)
      tell(fail, failure)
      tell(complete, failure)
      throw error
    },
  )
  answer.catch(() => undefined)
  return answer
}
