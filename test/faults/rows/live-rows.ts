import { counted, eventProblems, worded } from '../call-row'
import { wordOf } from '../fault-call'
import type { FaultRow } from '../fault-row'
import { LiveCall, type Part } from '../live-call'
import type { RoomEventDetail } from '../../../components/shared/room-events'

interface LiveRowOptions {
  readonly variant: string
  /** Whose events are looked at. */
  readonly part: Part
  readonly breakIt: (call: LiveCall) => Promise<void> | void
  readonly withinMs: number
  readonly events: readonly string[]
  /** What the three phones show in the end; as before the fault unless told. */
  readonly after?: string
}

const STEP_MS = 5
const CALM_MS = 10_000
const MEDIA = (target: string): string[] => [`reconnecting ${target}`, `reconnected ${target}`]
const ROOM = ['stateChange reconnecting', 'reconnecting room', 'stateChange joined', 'reconnected room']
const FAULT = 'a broadcast breaks'
const AFTER_RESTART: Readonly<Record<Part, readonly string[]>> = {
  presenter: [
    'stateChange reconnecting',
    'reconnecting room',
    'memberLeave gus',
    'linkOff',
    'stateChange joined',
    'reconnected room',
  ],
  guest: ['stateChange reconnecting', 'reconnecting room', 'linkOff', 'stateChange joined', 'reconnected room'],
  viewer: [
    'stateChange reconnecting',
    'reconnecting room',
    'memberLeave gus',
    'stateChange joined',
    'reconnected room',
  ],
}
/** A server that lost its memory has seats for nobody. */
const WITHOUT_THE_SEAT = [
  'presenter: joined, publishes playing, plays nothing, all flows, seat off',
  'guest: joined, publishes nothing, plays ann_live playing, all flows, seat off',
  'viewer: joined, publishes nothing, plays ann_live playing, all flows, seat off',
].join('; ')

function wordsSince(call: LiveCall, part: Part, count: number): string[] {
  const told = call.eventsOf(part).slice(count) as RoomEventDetail[]
  return told.flatMap((event) => wordOf(event) ?? [])
}

/** A row of a broadcast that comes back, on all three phones. */
function liveRow({ variant, part, breakIt, withinMs, events: expected, after }: LiveRowOptions): FaultRow {
  return {
    fault: FAULT,
    variant,
    async run() {
      const call = await new LiveCall().start()
      const wanted = after ?? call.condition
      const toldBefore = call.eventsOf(part).length
      await breakIt(call)
      const last = expected[expected.length - 1] ?? ''
      const isBack = (): boolean => wordsSince(call, part, toldBefore).includes(last) && call.condition === wanted
      let recoveredMs = 0
      while (!isBack() && recoveredMs <= withinMs) {
        await call.wait(STEP_MS)
        recoveredMs += STEP_MS
      }
      const problems = isBack() ? [] : [`not recovered within ${withinMs} ms`]
      await call.wait(CALM_MS)
      if (call.condition !== wanted) problems.push(`should be ${wanted}, is ${call.condition}`)
      const events = counted(wordsSince(call, part, toldBefore))
      problems.push(...eventProblems(events, expected), ...(await call.end()))
      return { recoveredMs, events: events.map(worded), problems }
    },
  }
}

/** Over HTTP-FLV the end of a broadcast looks like a break: the room is asked before anything is tried again. */
const END_ROW: FaultRow = {
  fault: '-2301 at the end of a broadcast',
  variant: '',
  async run() {
    const call = await new LiveCall().start()
    const toldBefore = call.eventsOf('viewer').length
    void call.phone('presenter').room.controller.stop()
    for (const tag of call.phone('viewer').room.native.players) tag.die()
    await call.wait(CALM_MS)
    const problems: string[] = []
    const { room } = call.phone('viewer')
    if (room.page.phase !== 'closed') problems.push(`the viewer is ${room.page.phase}`)
    if (room.native.running > 0) problems.push('the viewer still plays')
    const events = counted(wordsSince(call, 'viewer', toldBefore))
    const expected = ['reconnecting player', 'stateChange closed', 'roomClosed destroyed']
    problems.push(...eventProblems(events, expected), ...(await call.end()))
    return { recoveredMs: null, events: events.map(worded), problems }
  },
}

function socketDown(part: Part, ms: number) {
  return async (call: LiveCall): Promise<void> => {
    const { link } = call.phone(part).device
    link.refusing = true
    link.cut()
    await call.wait(ms)
    link.refusing = false
  }
}

export const LIVE_ROWS: readonly FaultRow[] = [
  liveRow({
    variant: '-1307 of the presenter',
    part: 'presenter',
    breakIt: (call) => call.tag('presenter', 'publisher').die(),
    withinMs: 1_000,
    events: MEDIA('publisher'),
  }),
  liveRow({
    variant: '-1307 of the guest',
    part: 'guest',
    breakIt: (call) => call.tag('guest', 'publisher').die(),
    withinMs: 1_000,
    events: MEDIA('publisher'),
  }),
  liveRow({
    variant: '-2301 of a viewer',
    part: 'viewer',
    breakIt: (call) => call.tag('viewer', 'player0').die(),
    withinMs: 1_000,
    events: MEDIA('player'),
  }),
  liveRow({
    variant: "the presenter's socket is down for 10 s",
    part: 'presenter',
    breakIt: socketDown('presenter', 10_000),
    withinMs: 8_500,
    events: ROOM,
  }),
  liveRow({
    variant: "the guest's socket is down for 10 s",
    part: 'guest',
    breakIt: socketDown('guest', 10_000),
    withinMs: 8_500,
    events: ROOM,
  }),
  liveRow({
    variant: "a viewer's socket is down for 60 s",
    part: 'viewer',
    breakIt: socketDown('viewer', 60_000),
    withinMs: 8_500,
    events: ROOM,
  }),
  liveRow({
    variant: "the presenter's socket is down for 10 s, as a viewer sees it",
    part: 'viewer',
    breakIt: socketDown('presenter', 10_000),
    withinMs: 8_500,
    events: ['presenterAway'],
  }),
  ...(['presenter', 'guest', 'viewer'] as const).map((part) =>
    liveRow({
      variant: `RoomService restarted with an empty memory, as the ${part} sees it`,
      part,
      breakIt: (call) => call.world.restartServer(),
      withinMs: 2_000,
      events: AFTER_RESTART[part],
      after: WITHOUT_THE_SEAT,
    }),
  ),
  END_ROW,
]
