import { RoomError, toRoomError } from '../../errors'
import type { Platform } from '../../platform/platform'

/** A broadcast that the server has forgotten is there again once its presenter is back, who has this long for it. */
const RETURN_MS = 20_000
const PAUSE_MS = 1_000

/** Waits for a room that only somebody else can build anew. */
export class RoomReturn {
  private isOver = false
  private endPause: () => void = () => undefined

  constructor(private readonly platform: Pick<Platform, 'now' | 'setTimer'>) {}

  /** Tries to enter until the room is there. Rejects with ROOM_NOT_FOUND when it stays away, CANCELLED after cancel(). */
  async enter(tryIt: () => Promise<unknown>): Promise<void> {
    const until = this.platform.now() + RETURN_MS
    while (!this.isOver) {
      try {
        await tryIt()
        return
      } catch (error) {
        if (toRoomError(error).code !== 'ROOM_NOT_FOUND' || this.platform.now() >= until) throw error
      }
      if (!this.isOver) await this.pause()
    }
    throw new RoomError('CANCELLED')
  }

  cancel(): void {
    this.isOver = true
    this.endPause()
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.platform.setTimer(PAUSE_MS, resolve)
      this.endPause = () => {
        cancel()
        resolve()
      }
    })
  }
}
