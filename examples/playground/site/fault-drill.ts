import type { FaultName, PhoneEvent } from '../runtime/phone-channel'
import { beginFault, faultStep, type FaultNews, type FaultRecord } from './fault-record'
import { faultOf } from './faults'

/** One phone as far as it can be broken. */
export interface Breakable {
  readonly letter: string
  readonly inCall: boolean
  /** It is in the room and draws everyone who is shown, itself included. */
  readonly isWhole: boolean
  /** ms since 1970; null while this is not broken */
  brokenSince(fault: FaultName): number | null
  break(fault: FaultName, holdMs: number | null): void
  mend(fault: FaultName): void
}

/** Breaks phones on purpose and watches the call come back. */
export class FaultDrill {
  private current: FaultRecord | null = null

  constructor(
    private readonly phones: () => readonly Breakable[],
    private readonly now: () => number = Date.now,
  ) {}

  /** The fault that is under way, or the last one; null before the first. */
  get record(): FaultRecord | null {
    return this.current
  }

  /** ms since 1970 at which the first of these phones was broken so; null while none is. */
  brokenSince(fault: FaultName, letters: readonly string[]): number | null {
    const since = this.phonesOf(letters).map((phone) => phone.brokenSince(fault) ?? Infinity)
    const first = Math.min(Infinity, ...since)
    return first === Infinity ? null : first
  }

  /** Breaks these phones; pressed again it mends them at once. */
  press(fault: FaultName, letters: readonly string[]): void {
    const chosen = this.phonesOf(letters)
    if (this.brokenSince(fault, letters) !== null) return chosen.forEach((phone) => phone.mend(fault))
    const inCall = chosen.filter((phone) => phone.inCall)
    if (inCall.length > 0) {
      this.current = beginFault(
        fault,
        inCall.map(({ letter }) => letter),
        this.now(),
      )
    }
    chosen.forEach((phone) => phone.break(fault, faultOf(fault).holdMs))
    this.look()
  }

  /** Something happened on one of the phones. */
  take(event: PhoneEvent): void {
    if (isTry(event)) this.note({ type: 'tried', at: event.at })
    if (event.type === 'fault' && !event.on && event.fault === this.current?.fault) this.noteMended(event.at)
    // an event comes before what follows from it on the phone's page
    queueMicrotask(() => this.look())
  }

  /** Looks whether the call is whole by now. */
  look(): void {
    if (!this.current || this.current.backAt !== null) return
    // a phone that was started anew is whole without having said so
    this.noteMended(this.now())
    const inCall = this.phones().filter((phone) => phone.inCall)
    // whoever has hung up is not waited for
    if (inCall.length === 0) this.current = null
    else this.note({ type: 'seen', at: this.now(), whole: inCall.every((phone) => phone.isWhole) })
  }

  private noteMended(at: number): void {
    const { current } = this
    if (current && this.brokenSince(current.fault, current.letters) === null) this.note({ type: 'mended', at })
  }

  private note(news: FaultNews): void {
    if (this.current) this.current = faultStep(this.current, news)
  }

  private phonesOf(letters: readonly string[]): readonly Breakable[] {
    return this.phones().filter(({ letter }) => letters.includes(letter))
  }
}

/** Each event of a room is fired under two names. A page with a bare tag counts its tries in its data, each by itself. */
function isTry(event: PhoneEvent): boolean {
  if (event.type === 'setData') return event.keys.length === 1 && event.keys[0] === 'tries'
  if (event.type !== 'component' || event.name !== 'onRoomEvent') return false
  return (event.detail as { tag?: string } | null)?.tag === 'reconnecting'
}
