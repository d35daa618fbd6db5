import { ME } from '../../support/session/scripted-session'
import { ending, leftovers } from '../call-row'
import { FaultCall } from '../fault-call'
import type { FaultRow, RowResult } from '../fault-row'

/** Something that takes its time, and in which one may leave at any step. */
interface Course {
  readonly fault: string
  /** The call up to the moment from which the steps count. */
  prepare(): Promise<FaultCall>
  /** Sets it going. @returns the outcome of start(), where that is part of it */
  begin(call: FaultCall): Promise<unknown> | null
  /** Fewer steps than these would mean that nothing was tried. */
  readonly leastSteps: number
}

interface Leave {
  readonly how: string
  /** @returns how many native streams it left to run */
  leave(call: FaultCall): number
}

/** Long enough for any course to come to its end. */
const LONGEST_MS = 30_000
const LEFT_AFTER_MS = 5_000

/** Leaves at every moment at which anything happens in a course: each in a call of its own. */
function leavingRow(course: Course, variant: string, { how, leave }: Leave): FaultRow {
  return {
    fault: course.fault,
    variant: `${how}${variant && `, ${variant}`}`,
    async run(): Promise<RowResult> {
      const moments = await momentsOf(course)
      const problems: string[] = []
      for (const moment of moments) {
        const found = await leftAt(moment, course, leave)
        problems.push(...found.map((problem) => `at ${moment} ms: ${problem}`))
      }
      if (moments.length < course.leastSteps) problems.push(`only ${moments.length} steps were found`)
      return { recoveredMs: null, events: [`left at ${moments.length} moments`], problems }
    },
  }
}

/** Each ms at which a timer fires or a frame arrives until the call stands, and the ms before it. */
async function momentsOf(course: Course): Promise<number[]> {
  const call = await course.prepare()
  const { clock } = call.world
  const beganAt = clock.now()
  const outcome = course.begin(call)
  outcome?.catch(() => undefined)
  await call.wait(0)
  const moments = new Set([0])
  do {
    const at = (clock.pending[0]?.at ?? clock.now() + 1) - beganAt
    if (at > 0) moments.add(at - 1)
    moments.add(at)
    await call.wait(at + beganAt - clock.now())
  } while (!call.isWell && clock.now() - beganAt < LONGEST_MS)
  await ending(call)
  return [...moments].sort((a, b) => a - b)
}

async function leftAt(moment: number, course: Course, leave: Leave['leave']): Promise<string[]> {
  const call = await course.prepare()
  const outcome = course.begin(call)?.then(
    () => 'joined',
    (error: { code: string }) => error.code,
  )
  await call.wait(moment)
  const problems: string[] = []
  if (leave(call) > 0) problems.push('native streams were not stopped before the page went away')
  await call.wait(LEFT_AFTER_MS)
  const answer = await Promise.race([outcome ?? Promise.resolve('joined'), Promise.resolve().then(() => 'nothing')])
  if (answer !== 'joined' && answer !== 'CANCELLED') problems.push(`start() answered ${answer}`)
  if (call.native.running > 0) problems.push(`${call.native.running} native streams run`)
  if (call.room.isScreenKept) problems.push('the screen is kept on')
  const told = call.events.length
  call.detach()
  await call.world.clock.settle(call.device.connection.logout())
  await call.wait(LONGEST_MS)
  if ((await call.serverRoster()).includes(ME)) problems.push('the server still has us in the room')
  problems.push(...leftovers(call))
  if (call.events.length > told) problems.push('the page hears events after the end')
  call.world.close()
  return problems
}

async function idleCall(warm: boolean): Promise<FaultCall> {
  const call = new FaultCall({ members: 2, template: '1v3' })
  await call.prepare(warm)
  return call
}

async function standingCall(): Promise<FaultCall> {
  const call = await idleCall(true)
  void call.start()
  await call.until(5_000)
  return call
}

const OFFLINE_MS = 5_000

function joining(warm: boolean): Course {
  return {
    fault: 'stop() at every step of joining',
    prepare: () => idleCall(warm),
    begin: (call) => call.start(),
    leastSteps: 20,
  }
}

const RECOVERING: Course = {
  fault: 'stop() at every step of recovering',
  prepare: standingCall,
  begin(call) {
    call.networkDown()
    call.world.clock.setTimer(OFFLINE_MS, () => call.networkUp())
    return null
  },
  leastSteps: 50,
}

const STOP: Leave = {
  how: 'stop()',
  leave(call) {
    void call.room.controller.stop()
    return 0
  },
}
const GO_AWAY: Leave = { how: 'the page goes away', leave: (call) => call.detach() }

export const LEAVING_ROWS: readonly FaultRow[] = [
  leavingRow(joining(true), 'logged in', STOP),
  leavingRow(joining(false), 'not logged in yet', STOP),
  leavingRow(joining(true), 'logged in', GO_AWAY),
  leavingRow(joining(false), 'not logged in yet', GO_AWAY),
  leavingRow(RECOVERING, '', STOP),
  leavingRow(RECOVERING, '', GO_AWAY),
]
