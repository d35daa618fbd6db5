import type { RoomError } from '../errors'

/** Promises that reject together when their owner ends, whatever the work behind them does afterwards. */
export class PendingWork {
  private readonly rejections = new Set<(error: RoomError) => void>()
  private endError: RoomError | null = null

  /** After the end the work is not begun. */
  track<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.endError) return reject(this.endError)
      this.rejections.add(reject)
      const settled = (): void => void this.rejections.delete(reject)
      const outcome = work()
      outcome.then(settled, settled)
      outcome.then(resolve, reject)
    })
  }

  /** The first call counts. */
  end(error: RoomError): void {
    this.endError ??= error
    for (const reject of this.rejections) reject(this.endError)
    this.rejections.clear()
  }
}
