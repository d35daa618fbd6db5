import { TypedEmitter } from '../../../src/util/emitter'
import {
  HISTORY_LIMIT,
  type FaultName,
  type PhoneEvent,
  type PhoneEventBody,
  type SetDataTotals,
} from './phone-channel'

interface HubEvents {
  event: [event: PhoneEvent]
  foregroundChanged: [foreground: boolean]
  onlineChanged: [online: boolean]
  /** of the faults that are neither of these two */
  faultChanged: [fault: FaultName, on: boolean]
}

/** The phone as a device: what happened on it, and whether it is in front and online. One per document. */
class PhoneHub extends TypedEmitter<HubEvents> {
  readonly history: PhoneEvent[] = []
  private totals = { calls: 0, bytes: 0 }
  private inForeground = true
  private isOnline = true
  private readonly faults = new Set<FaultName>()

  constructor() {
    super((error) => reportError(error))
  }

  get setDataTotals(): SetDataTotals {
    return this.totals
  }

  get foreground(): boolean {
    return this.inForeground
  }

  get online(): boolean {
    return this.isOnline
  }

  report(body: PhoneEventBody): void {
    if (body.type === 'setData') this.totals = { calls: this.totals.calls + 1, bytes: this.totals.bytes + body.bytes }
    const event: PhoneEvent = { ...body, at: Date.now() }
    this.history.push(event)
    if (this.history.length > HISTORY_LIMIT) this.history.shift()
    this.emit('event', event)
  }

  log(level: 'error' | 'warn' | 'info', message: string): void {
    this.report({ type: 'log', level, message })
  }

  /** Whether this is broken at the moment. */
  has(fault: FaultName): boolean {
    return this.faults.has(fault)
  }

  setFault(fault: FaultName, on: boolean): void {
    if (on === this.faults.has(fault)) return
    if (on) this.faults.add(fault)
    else this.faults.delete(fault)
    this.report({ type: 'fault', fault, on })
    if (fault === 'background') this.setForeground(!on)
    else if (fault === 'network') this.setOnline(!on)
    else this.emit('faultChanged', fault, on)
  }

  setForeground(foreground: boolean): void {
    if (foreground === this.inForeground) return
    this.inForeground = foreground
    this.emit('foregroundChanged', foreground)
  }

  setOnline(online: boolean): void {
    if (online === this.isOnline) return
    this.isOnline = online
    this.emit('onlineChanged', online)
  }
}

export const hub = new PhoneHub()
