import type { FaultName, PhoneFaultEvent } from '../runtime/phone-channel'

/** What is broken on one phone: breaks it, mends it after a while, and knows since when. */
export class PhoneFaults {
  private readonly since = new Map<FaultName, number>()
  private readonly timers = new Map<FaultName, ReturnType<typeof setTimeout>>()

  constructor(private readonly set: (fault: FaultName, on: boolean) => void) {}

  /** ms since 1970; null while it is whole */
  sinceOf(fault: FaultName): number | null {
    return this.since.get(fault) ?? null
  }

  /** @param holdMs null = until somebody mends it */
  break(fault: FaultName, holdMs: number | null): void {
    this.set(fault, true)
    if (holdMs === null) return
    clearTimeout(this.timers.get(fault))
    this.timers.set(
      fault,
      setTimeout(() => this.mend(fault), holdMs),
    )
  }

  mend(fault: FaultName): void {
    clearTimeout(this.timers.get(fault))
    this.timers.delete(fault)
    this.set(fault, false)
  }

  take({ fault, on }: PhoneFaultEvent, at: number): void {
    if (on) this.since.set(fault, at)
    else this.since.delete(fault)
  }

  /** The phone starts anew, whole. */
  forget(): void {
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
    this.since.clear()
  }
}
