import type { RoomError } from '../errors'
import type { Platform } from '../platform/platform'
import type { Unsubscribe } from './emitter'
import type { ReconnectPolicy } from './reconnect-policy'

/** Waits as long as the policy says before the next try. One thing is waited for at a time. */
export class RetryTimer {
  private troubledSince = 0
  private planned: { cancel: Unsubscribe; due: () => void } | null = null

  constructor(
    private readonly platform: Platform,
    private readonly policy: ReconnectPolicy,
  ) {}

  /** Plans try number `attempt` (1 = the first after a break), or tells that the policy gives up. */
  plan(attempt: number, cause: RoomError, due: () => void, gaveUp: () => void): void {
    this.cancel()
    const now = this.platform.now()
    if (attempt === 1) this.troubledSince = now
    const delay = this.policy.nextDelayMs({ attempt, elapsedMs: now - this.troubledSince, cause })
    if (delay === null) gaveUp()
    else this.wait(delay, due)
  }

  /** Waits for something else, in the place of a try. */
  wait(ms: number, task: () => void): void {
    this.cancel()
    const due = () => {
      this.planned = null
      task()
    }
    this.planned = { cancel: this.platform.setTimer(ms, due), due }
  }

  /** The trouble so far no longer counts towards giving up. */
  restartClock(): void {
    this.troubledSince = this.platform.now()
  }

  /** Makes a planned try at once: the network or the foreground is back. */
  hurry(): void {
    const { planned } = this
    this.restartClock()
    planned?.cancel()
    planned?.due()
  }

  cancel(): void {
    this.planned?.cancel()
    this.planned = null
  }
}
