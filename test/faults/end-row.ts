import type { ErrorCode } from '../../src/errors'
import { counted, ending, eventProblems, startedCall, worded, type Break } from './call-row'
import { wordOf } from './fault-call'
import type { FaultRow } from './fault-row'

export interface EndRowOptions {
  readonly fault: string
  readonly variant?: string
  readonly breakIt: Break
  /** Everything the page is told, each once, in order. */
  readonly events: readonly string[]
  /** What the stage says. */
  readonly notice: ErrorCode
  /** The user's "Try again", where the notice has one and it can help. */
  readonly tryAgain?: Break
}

/** Long enough for anything that would still come. */
const QUIET_MS = 20_000
const JOINS_WITHIN_MS = 3_000

/** A row of a call that cannot come back: the page is told why, once, and nothing goes on behind its back. */
export function endRow({ fault, variant = '', breakIt, events: expected, notice, tryAgain }: EndRowOptions): FaultRow {
  return {
    fault,
    variant,
    async run() {
      const call = await startedCall({})
      const eventsBefore = call.events.length
      await breakIt(call)
      await call.wait(QUIET_MS)
      const problems: string[] = []
      if (call.room.controller.room.phase !== 'closed') problems.push(`the call goes on: ${call.condition}`)
      if (call.native.running > 0) problems.push(`${call.native.running} native streams go on`)
      if (call.page.notice?.code !== notice) problems.push(`the notice says ${call.page.notice?.code ?? 'nothing'}`)
      const events = counted(call.events.slice(eventsBefore).flatMap((event) => wordOf(event) ?? []))
      if (tryAgain) {
        await tryAgain(call)
        call.room.controller.tryAgain()
        await call.wait(JOINS_WITHIN_MS)
        if (!call.isWell) problems.push(`not well after another try: ${call.condition}`)
      }
      problems.push(...eventProblems(events, expected), ...(await ending(call)))
      return { recoveredMs: null, events: events.map(worded), problems }
    },
  }
}
