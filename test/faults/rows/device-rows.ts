import { PUBLISHER_CODES } from '../../../src/codes/publisher-codes'
import { signalOf } from '../../../src/codes/signals'
import type { MediaSignal } from '../../../src/codes/signals'
import { ending, startedCall, counted, eventProblems, worded } from '../call-row'
import { wordOf } from '../fault-call'
import type { FaultRow } from '../fault-row'

const REFUSED: Partial<Record<MediaSignal, string>> = {
  cameraDenied: 'CAMERA_DENIED',
  microphoneDenied: 'MICROPHONE_DENIED',
}

/** Only the user can mend it: the notice says how, and the call goes on when it is done. */
function refusedRow(code: number, name: string, error: string): FaultRow {
  return {
    fault: 'camera or microphone refused',
    variant: `${code} ${name}`,
    async run() {
      const call = await startedCall({})
      const problems: string[] = []
      const eventsBefore = call.events.length
      call.publisherTag.die(code)
      await call.wait(10_000)
      if (call.page.notice?.code !== error) problems.push(`the notice says ${call.page.notice?.code ?? 'nothing'}`)
      if (!call.native.players.every((tag) => tag.flowing)) problems.push('the others are no longer played')
      if (call.publisherTag.running) problems.push('it was tried again without the user')
      // the settings page: coming back from it is no permission yet
      call.platform.foreground()
      await call.wait(1_000)
      if (call.publisherTag.running) problems.push('it was tried again before the user allowed it')
      call.room.controller.tryAgain()
      let recoveredMs = 0
      while (!call.isWell && recoveredMs <= 1_000) {
        await call.wait(5)
        recoveredMs += 5
      }
      if (!call.isWell) problems.push(`not recovered: ${call.condition}`)
      const events = counted(call.events.slice(eventsBefore).flatMap((event) => wordOf(event) ?? []))
      problems.push(
        ...eventProblems(events, [`error ${error}`, 'reconnecting publisher', 'reconnected publisher']),
        ...(await ending(call)),
      )
      return { recoveredMs, events: events.map(worded), problems }
    },
  }
}

export const DEVICE_ROWS: readonly FaultRow[] = PUBLISHER_CODES.flatMap(([code, name]) => {
  const error = REFUSED[signalOf('publisher', code)]
  return error ? [refusedRow(code, name, error)] : []
})
