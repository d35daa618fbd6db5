import type { Platform } from '../platform/platform'
import type { Unsubscribe } from './emitter'

/** A native call that never completes (it happens on devices) holds its queue up for at most this long. */
const COMMAND_TIMEOUT_MS = 1_000

type Command = (done: () => void) => void

/** Runs callback-style commands one after the other: the next begins when the last has called `done`. */
export class SerialQueue {
  private readonly waiting: Command[] = []
  private release: Unsubscribe | null = null

  constructor(private readonly platform: Platform) {}

  push(command: Command): void {
    this.waiting.push(command)
    if (!this.release) this.next()
  }

  /** Drops what has not begun; what runs is not waited for. */
  clear(): void {
    this.waiting.length = 0
    this.release?.()
    this.release = null
  }

  private next(): void {
    const command = this.waiting.shift()
    if (!command) return
    let finished = false
    const finish = () => {
      if (finished) return
      finished = true
      cancel()
      this.release = null
      this.next()
    }
    const cancel = this.platform.setTimer(COMMAND_TIMEOUT_MS, finish)
    this.release = () => {
      finished = true
      cancel()
    }
    try {
      command(finish)
    } catch (thrown) {
      // a context that is gone throws; what waits behind it must still run
      this.platform.log('warn', 'A native command threw', thrown)
      finish()
    }
  }
}
