import type { RoomEventDetail } from '../../components/shared/room-events'
import { NOTHING_LEFT } from '../support/room-world'
import { FaultCall, wordOf } from './fault-call'
import type { FaultRow, RowResult } from './fault-row'

/** Breaks something, and resolves at the moment from which the call can be whole again. */
export type Break = (call: FaultCall) => Promise<void> | void

export interface CallRowOptions {
  readonly fault: string
  readonly variant?: string
  /** Others in the room, 2 unless told. */
  readonly members?: number
  readonly template?: string
  /** What is done in the call before anything breaks. */
  readonly before?: Break
  /** One after the other, each in a call that has recovered from the one before. */
  readonly breaks: readonly Break[]
  /** What each must be mended within, ms. */
  readonly withinMs: number
  /** Everything the page is told, each once, in order; messages and network quality aside. */
  readonly events: readonly string[]
  /** The shown streams and the user's choices may differ afterwards. */
  readonly choicesMayDiffer?: boolean
  /** Nobody talks: the drop is longer than messages are kept for. */
  readonly silent?: boolean
}

const JOINED_AFTER_MS = 5_000
/** Longer than a tag has to run to count as recovered. */
const CALM_MS = 4_000
/** Long enough for what was sent during the fault to arrive. */
const ARRIVAL_MS = 10_000
/** Longer than any timer of the client: one that is left behind shows. */
const AFTERMATH_MS = 30_000
const CHAT_ARRIVES_MS = 200
const STEP_MS = 5

/** A row of a call that comes back. */
export function callRow(options: CallRowOptions): FaultRow {
  const { fault, variant = '' } = options
  return { fault, variant, run: () => runInCall(options) }
}

async function runInCall(options: CallRowOptions): Promise<RowResult> {
  const { before, breaks, withinMs, silent, choicesMayDiffer } = options
  const call = await startedCall(options)
  const problems: string[] = []
  let recoveredMs = 0
  await call.choose()
  await call.wait(CALM_MS)
  await before?.(call)
  await call.wait(500)
  const choices = call.choices
  const eventsBefore = call.events.length
  if (!silent) call.chat()
  // whatever was said before the fault has arrived
  await call.wait(CHAT_ARRIVES_MS)
  for (const breakIt of breaks) {
    const toldBefore = call.events.length
    await breakIt(call)
    const took = await recovery(call, withinMs, () => isTold(options.events, call.events.slice(toldBefore)))
    if (took === null) problems.push(`not recovered within ${withinMs} ms: ${call.condition}`)
    recoveredMs = Math.max(recoveredMs, took ?? withinMs)
    await call.wait(CALM_MS)
  }
  call.endChat()
  await call.wait(ARRIVAL_MS)
  if (!call.isWell) problems.push(`not well afterwards: ${call.condition}`)
  if (!choicesMayDiffer && call.choices !== choices) problems.push(`was ${choices}, is ${call.choices}`)
  problems.push(...call.messageProblems(), ...(await call.rosterProblems()))
  const events = counted(call.events.slice(eventsBefore).flatMap((event) => wordOf(event) ?? []))
  problems.push(...eventProblems(events, options.events), ...(await ending(call)))
  return { recoveredMs, events: events.map(worded), problems }
}

export async function startedCall({ members = 2, template = '1v3' }: Partial<CallRowOptions>): Promise<FaultCall> {
  const call = new FaultCall({ members, template })
  await call.prepare(true)
  void call.start()
  await call.until(JOINED_AFTER_MS)
  if (!call.isWell) throw new Error(`the call never stood: ${call.condition}`)
  return call
}

/** A fault that nobody has noticed yet is not mended. */
function isTold(expected: readonly string[], told: readonly RoomEventDetail[]): boolean {
  return !expected.some((word) => word.startsWith('reconnected')) || told.some(({ tag }) => tag === 'reconnected')
}

async function recovery(call: FaultCall, withinMs: number, isTold: () => boolean): Promise<number | null> {
  for (let took = 0; took <= withinMs; took += STEP_MS) {
    if (isTold() && call.isWell) return took
    await call.wait(STEP_MS)
  }
  return null
}

/** Stops, leaves the page and logs out. @returns what is left behind */
export async function ending(call: FaultCall): Promise<string[]> {
  const problems: string[] = []
  await call.stop()
  if (call.room.isScreenKept) problems.push('the screen is kept on after stop()')
  if (call.native.running > 0) problems.push(`${call.native.running} native streams run after stop()`)
  if (call.page.publisher.url || call.shownPlayers.length > 0) problems.push('URLs are on the page after stop()')
  if (call.detach() > 0) problems.push('native streams were not stopped before the page went away')
  const told = call.events.length
  await call.world.clock.settle(call.device.connection.logout())
  await call.wait(AFTERMATH_MS)
  problems.push(...leftovers(call))
  if (call.events.length > told) problems.push('the page hears events after detach')
  call.world.close()
  return problems
}

/** What a device holds that it should have given back. */
export function leftovers(call: FaultCall): string[] {
  const problems: string[] = []
  for (const [what, count] of Object.entries(call.device.leftovers)) {
    if (count !== NOTHING_LEFT[what as keyof typeof NOTHING_LEFT]) problems.push(`${count} ${what} left behind`)
  }
  return problems
}

export interface Counted {
  readonly word: string
  readonly count: number
}

export function counted(words: readonly string[]): Counted[] {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].map(([word, count]) => ({ word, count }))
}

export function worded({ word, count }: Counted): string {
  return count > 1 ? `${word} ×${count}` : word
}

export function eventProblems(events: readonly Counted[], expected: readonly string[]): string[] {
  const heard = events.map(({ word }) => word)
  if (JSON.stringify(heard) === JSON.stringify(expected)) return []
  return [`events: ${heard.join(', ') || 'none'}; expected: ${expected.join(', ') || 'none'}`]
}
