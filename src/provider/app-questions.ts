import { RoomError, toRoomError } from '../errors'
import type { ErrorCode } from '../errors'
import type { Platform } from '../platform/platform'

/** What the app has not answered for this long counts as not answered. */
export const ANSWER_MS = 15_000

/** Questions to functions that the app has configured. */
export class AppQuestions {
  /** Each gives up one question. */
  private readonly open = new Set<() => void>()

  constructor(private readonly platform: Pick<Platform, 'setTimer'>) {}

  /** What it throws, at once or later, comes as a RoomError, `fallback` unless it is one; TIMEOUT when it says nothing. */
  ask<T>(question: () => T | Promise<T>, fallback?: ErrorCode): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancelDeadline = this.platform.setTimer(ANSWER_MS, () => giveUp('TIMEOUT'))
      const end = (): void => {
        cancelDeadline()
        this.open.delete(giveUp)
      }
      const giveUp = (code: ErrorCode = 'CANCELLED'): void => {
        end()
        reject(new RoomError(code, 'The app has not answered'))
      }
      this.open.add(giveUp)
      const ask = async (): Promise<T> => question()
      ask()
        .finally(end)
        .then(resolve, (thrown: unknown) => reject(toRoomError(thrown, fallback)))
    })
  }

  /** Whatever has not been answered rejects as CANCELLED. */
  close(): void {
    for (const giveUp of this.open) giveUp()
  }
}
