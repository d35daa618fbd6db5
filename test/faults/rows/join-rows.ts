import { counted, ending, eventProblems, worded, type Break } from '../call-row'
import { FaultCall, wordOf } from '../fault-call'
import type { FaultRow } from '../fault-row'

const STEP_MS = 5
const JOINED = ['stateChange joining', 'stateChange joined']

interface JoinRowOptions {
  readonly fault: string
  readonly variant: string
  readonly warm: boolean
  /** Runs after start(); resolves at the moment from which joining can work out. */
  readonly breakIt: Break
  readonly withinMs: number
  readonly events: readonly string[]
}

/** A row of a join that something gets in the way of. */
function joinRow({ fault, variant, warm, breakIt, withinMs, events: expected }: JoinRowOptions): FaultRow {
  return {
    fault,
    variant,
    async run() {
      const call = new FaultCall({ members: 2, template: '1v3' })
      await call.prepare(warm)
      const joined = call.start().then(() => 'joined', String)
      await breakIt(call)
      let recoveredMs = 0
      while (!call.isWell && recoveredMs <= withinMs) {
        await call.wait(STEP_MS)
        recoveredMs += STEP_MS
      }
      const problems = call.isWell ? [] : [`not joined within ${withinMs} ms: ${call.condition}`]
      await call.wait(10_000)
      const outcome = await Promise.race([joined, Promise.resolve('nothing yet')])
      if (outcome !== 'joined') problems.push(`start() answered ${outcome}`)
      const events = counted(call.events.flatMap((event) => wordOf(event) ?? []))
      problems.push(...(await call.rosterProblems()), ...eventProblems(events, expected), ...(await ending(call)))
      return { recoveredMs, events: events.map(worded), problems }
    },
  }
}

function switched(variant: string, warm: boolean, afterMs: number, events: readonly string[]): FaultRow {
  return joinRow({
    fault: 'network switch while joining',
    variant,
    warm,
    breakIt: async (call) => {
      await call.wait(afterMs)
      call.networkDown()
      await call.wait(800)
      call.networkUp()
    },
    withinMs: 2_000,
    events,
  })
}

export const JOIN_ROWS: readonly FaultRow[] = [
  switched('while the socket opens', false, 60, ['stateChange joining', 'stateChange joined']),
  switched('while login and join are under way', false, 130, JOINED),
  switched('while the join of a warm login is under way', true, 60, [
    'stateChange joining',
    'reconnecting room',
    'stateChange joined',
    'reconnected room',
  ]),
  switched('while the first pictures are on their way', true, 300, [
    'stateChange joining',
    'stateChange joined',
    'stateChange reconnecting',
    'reconnecting room',
    'reconnected room',
  ]),
  joinRow({
    fault: 'the join is refused for the moment',
    variant: 'three times SERVER_ERROR',
    warm: true,
    breakIt: (call) => call.refuseNext('join', 'SERVER_ERROR', 3),
    withinMs: 3_000,
    events: ['stateChange joining', 'reconnecting room', 'stateChange joined', 'reconnected room'],
  }),
  joinRow({
    fault: 'RoomService restarted with an empty memory',
    variant: 'while joining',
    warm: true,
    breakIt: async (call) => {
      await call.wait(70)
      call.world.restartServer()
    },
    withinMs: 1_500,
    events: ['stateChange joining', 'reconnecting room', 'stateChange joined', 'reconnected room'],
  }),
]
