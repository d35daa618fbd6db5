import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { RawMediaEvent } from '../../src/media/raw-event'
import { FullCall } from '../support/full-call'
import { calibrationUs, cpuUsSince } from './calibration'
import { ratioText, spreadOf, spreadText, text, type Part, type Row, type Spread } from './report'

const MEMBERS = [1, 8, 64] as const
const RUNS = 9
const EVENTS = 3_000
/** So few that nothing is collected on the way. */
const EVENTS_FOR_GARBAGE = 300
const MOST_HANDLER_US = 50
/** Events that change nothing shown may cost this much more at 64 members than at one; more is work per member. */
const MOST_GROWTH = 2

type MakeEvent = (target: RawMediaEvent['target'], n: number) => RawMediaEvent

const netstatus = (target: RawMediaEvent['target'], videoBitrate: number): RawMediaEvent => ({
  target,
  type: 'netstatus',
  info: { netQualityLevel: 1, videoFPS: 15, audioBitrate: 32, videoBitrate },
})

const STIMULI: Readonly<Record<string, MakeEvent>> = {
  'netstatus, figures that are not shown': (target, n) => netstatus(target, 300 + (n % 100)),
  'statechange that changes nothing': (target) => ({ target, type: 'statechange', code: 2105 }),
  'statechange that is shown': (target, n) => ({ target, type: 'statechange', code: n % 2 === 0 ? 2007 : 2004 }),
}
const SHOWN = 'statechange that is shown'

interface EventCost {
  /** the handler of the tag's event, µs */
  readonly handlerUs: Spread
  /** the handler and everything up to setData, µs of CPU */
  readonly totalUs: Spread
  readonly garbageBytes: number
}

type Costs = Record<string, Record<number, EventCost>>

export async function corePart(): Promise<Part> {
  const calibration = spreadOf([1, 2, 3, 4, 5].map(calibrationUs))
  const costs: Costs = {}
  for (const members of MEMBERS) {
    const call = await FullCall.of(members)
    for (const [name, make] of Object.entries(STIMULI)) {
      costs[name] ??= {}
      costs[name][members] = await costOf(call, make)
    }
    call.close()
  }
  const rows = [
    { figure: 'calibration: 64 records to JSON and back', ours: spreadText(calibration, ' µs') },
    ...Object.entries(costs).flatMap(([name, byMembers]) => rowsOf(name, byMembers, calibration.median)),
  ]
  return { rows, results: { core: { calibrationUs: calibration, events: costs } } }
}

function rowsOf(name: string, byMembers: Readonly<Record<number, EventCost>>, calibration: number): Row[] {
  const rows = Object.entries(byMembers).map(([members, { handlerUs, totalUs, garbageBytes }]): Row => ({
    figure: `${name}, ${members} members`,
    ours: `handler ${spreadText(handlerUs, ' µs')}, to setData ${spreadText(totalUs, ' µs')}; ${text(1e6 / totalUs.median)} events/s, ${text(garbageBytes)} B garbage`,
    ratio: `${ratioText(totalUs.median, calibration)} calibration`,
    ...(name === SHOWN && members === '64' && handlerTarget(handlerUs)),
  }))
  const [one, most] = [byMembers[1], byMembers[64]]
  if (name === SHOWN || !one || !most) return rows
  const growth = most.totalUs.median / one.totalUs.median
  return [
    ...rows,
    {
      figure: `${name}: 64 members against 1`,
      ours: `×${text(growth)}`,
      target: `≤ ×${MOST_GROWTH} (no work per member)`,
      holds: growth <= MOST_GROWTH,
    },
  ]
}

function handlerTarget({ median }: Spread): Pick<Row, 'target' | 'holds'> {
  return { target: `handler ≤ ${MOST_HANDLER_US} µs`, holds: median <= MOST_HANDLER_US }
}

async function costOf(call: FullCall, make: MakeEvent): Promise<EventCost> {
  await run(call, make, EVENTS)
  const totals: number[] = []
  const handlers: number[] = []
  for (let round = 0; round < RUNS; round += 1) {
    const { totalUs, handlerUs } = await run(call, make, EVENTS)
    totals.push(totalUs)
    handlers.push(handlerUs)
  }
  const garbage: number[] = []
  for (let round = 0; round < RUNS; round += 1) garbage.push(await garbageOf(call, make))
  return { totalUs: spreadOf(totals), handlerUs: spreadOf(handlers), garbageBytes: spreadOf(garbage).median }
}

/** Each event is drawn before the next one comes. */
async function run(call: FullCall, make: MakeEvent, events: number): Promise<{ totalUs: number; handlerUs: number }> {
  const target = call.lastMember
  const before = process.cpuUsage()
  let handlerMs = 0
  for (let n = 0; n < events; n += 1) {
    const event = make(target, n)
    const begin = performance.now()
    call.handle(event)
    handlerMs += performance.now() - begin
    // the renderer waits for one turn, its commit for another
    await Promise.resolve()
    await Promise.resolve()
  }
  return { totalUs: cpuUsSince(before) / events, handlerUs: (handlerMs * 1000) / events }
}

async function garbageOf(call: FullCall, make: MakeEvent): Promise<number> {
  collect()
  const before = process.memoryUsage().heapUsed
  await run(call, make, EVENTS_FOR_GARBAGE)
  return Math.max(0, process.memoryUsage().heapUsed - before) / EVENTS_FOR_GARBAGE
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
