import { RoomError } from '../errors'
import type { ErrorCode } from '../errors'
import type { Platform } from '../platform/platform'
import type { Unsubscribe } from '../util/emitter'

/** A source that does not answer for this long counts as one that could not: the policy decides about the next try. */
export const URL_TIMEOUT_MS = 15_000

/** Asks a page for the URL of its tag, one question at a time. */
export class UrlSource {
  private cancelDeadline: Unsubscribe | null = null

  constructor(
    private readonly platform: Platform,
    private readonly url: string | (() => Promise<string>),
    private readonly noUrlAs: ErrorCode,
  ) {}

  /** @throws RoomError by the promise: what the source rejected with, TIMEOUT, or `noUrlAs` for an empty answer */
  ask(): Promise<string> {
    this.cancel()
    return new Promise((resolve, reject) => {
      const cancel = this.platform.setTimer(URL_TIMEOUT_MS, () =>
        reject(new RoomError('TIMEOUT', `The URL source did not answer within ${URL_TIMEOUT_MS} ms`)),
      )
      this.cancelDeadline = cancel
      this.read().then(resolve, reject).finally(cancel)
    })
  }

  /** What is being asked no longer matters. */
  cancel(): void {
    this.cancelDeadline?.()
    this.cancelDeadline = null
  }

  private async read(): Promise<string> {
    const { url } = this
    const answer = typeof url === 'string' ? url : await url()
    if (typeof answer === 'string' && answer !== '') return answer
    throw new RoomError(this.noUrlAs, 'The URL source gave no URL')
  }
}
