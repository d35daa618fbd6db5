import type { LiveSession } from '../../../components/shared/session'
import type { PlayerView, RoomView } from '../../../src/view/room-view'
import { COMPONENTS, type Measured } from './measured-components'
import { MeasuredSession, type MeasuredOptions } from './measured-session'
import { neededBytes } from './needed-bytes'
import { SCRIPT_MS } from './script'
import { SET_DATA_MS, type SetDataCall } from './scripted-room'

/** The call is quiet from the end of the script to here. */
const QUIET_UNTIL_MS = 120_000
const WATCHED_AFTER_MS = 30_000
const HUMAN_DELAY_MS = 1_000

export interface Milestones {
  /** The push URL stands on the page; null for an audience, which publishes nothing. */
  readonly pushUrlMs: number | null
  /** Every player that the layout has room for has its URL on the page. */
  readonly allPlayersMs: number
  /** In the room: the server has told the others, and the page knows. */
  readonly enteredMs: number
  /** The others can see one: the live-pusher runs. null for an audience. */
  readonly seenMs: number | null
  /** Round trips from start() until everything is on the page. */
  readonly roundTrips: number
}

export interface SetDataFigures {
  readonly calls: number
  readonly bytes: number
  readonly noop: number
  readonly needed: number
}

export interface SessionFigures extends Milestones {
  /** start() right behind login(), nothing open yet. */
  readonly cold: Milestones
  /** A change among the others → the page. */
  readonly changeMs: number | null
  readonly setData: SetDataFigures
  readonly causes: Readonly<Record<string, SetDataFigures>>
  /** Frames to the server a minute while nothing happens. */
  readonly requestsPerMinute: number
  /** Sockets, timers, listeners and native streams that are still there after stop(), detach and logout. */
  readonly left: number
  /** A viewer's way onto a seat, from the tap, with a second until the presenter agrees. */
  readonly link?: { readonly pushUrlMs: number; readonly onMs: number }
}

export async function measureSession(options: MeasuredOptions): Promise<SessionFigures> {
  const cold = await measureCold(options)
  const session = new MeasuredSession(options)
  try {
    await session.prepare()
    await session.world.clock.settle(session.login())
    session.start()
    const warm = await milestones(session)
    await session.play()
    const { frames } = session.device.link
    await session.until(SCRIPT_MS)
    const before = frames.up.length
    await session.until(QUIET_UNTIL_MS)
    const requestsPerMinute = (frames.up.length - before) / ((QUIET_UNTIL_MS - SCRIPT_MS) / 60_000)
    await session.stop()
    await session.wait(WATCHED_AFTER_MS)
    const { calls } = session.room
    const left = await leftOf(session)
    return {
      ...warm,
      cold,
      changeMs: await measureChange(options),
      setData: figuresOf(calls),
      causes: causesOf(calls),
      requestsPerMinute,
      left,
      ...(options.component === 'live-room-audience' && { link: await measureLink(options) }),
    }
  } finally {
    session.world.close()
  }
}

async function measureCold(options: MeasuredOptions): Promise<Milestones> {
  const session = new MeasuredSession(options)
  try {
    await session.prepare()
    void session.login()
    session.start()
    return await milestones(session)
  } finally {
    session.world.close()
  }
}

/** null where nobody that is shown can leave */
async function measureChange(options: MeasuredOptions): Promise<number | null> {
  if (options.component === 'live-room-audience' && options.members === 1) return null
  return withJoined(options, async (session) => {
    const before = session.now
    const leaver = 'user1'
    session.change(0)
    return (await session.momentOf(() => session.room.shownPlayers.every(({ userID }) => userID !== leaver))) - before
  })
}

async function measureLink(options: MeasuredOptions): Promise<{ pushUrlMs: number; onMs: number }> {
  return withJoined({ ...options, seats: options.members + 1, acceptAfterMs: HUMAN_DELAY_MS }, async (session) => {
    const tapped = session.now
    void (session.room.controller.active() as LiveSession).linkMic.request()
    const pushUrlMs = (await session.momentOf((view) => view.publisher.url !== '')) - tapped
    const onMs = (await session.momentOf(() => session.room.controller.room.live?.own.phase === 'on')) - tapped
    return { pushUrlMs, onMs }
  })
}

async function withJoined<T>(options: MeasuredOptions, measure: (session: MeasuredSession) => Promise<T>): Promise<T> {
  const session = new MeasuredSession(options)
  try {
    await session.prepare()
    await session.world.clock.settle(session.login())
    session.start()
    await session.until(5_000)
    return await measure(session)
  } finally {
    session.world.close()
  }
}

async function milestones(session: MeasuredSession): Promise<Milestones> {
  const { component, members, rttMs } = session.options
  const publishes = component !== 'live-room-audience'
  const pushUrlMs = publishes ? await session.momentOf((view) => view.publisher.url !== '') : null
  const allPlayersMs = await session.momentOf((view) => isComplete(view, members))
  const enteredMs = await session.momentOf(({ phase }) => phase === 'joined')
  const seenMs = publishes ? await session.momentOf(({ publisher }) => publisher.state === 'playing') : null
  const shownMs = Math.max(pushUrlMs ?? 0, allPlayersMs)
  return { pushUrlMs, allPlayersMs, enteredMs, seenMs, roundTrips: (shownMs - SET_DATA_MS) / rttMs }
}

/** As many of them as the layout has room for have their URL. */
function isComplete(view: RoomView, members: number): boolean {
  const players = view.players.filter((player): player is PlayerView => 'streamId' in player)
  return players.length + view.more === members && players.every(({ src }) => src !== '')
}

async function leftOf(session: MeasuredSession): Promise<number> {
  const { native } = session
  const notEmptied = session.room.page.publisher.url === '' && session.room.shownPlayers.length === 0 ? 0 : 1
  const running = native.running + notEmptied + session.room.detach()
  await session.logout()
  const { sockets, timers, listeners } = session.device.leftovers
  return running + sockets + timers + listeners
}

function figuresOf(calls: readonly SetDataCall[]): SetDataFigures {
  return {
    calls: calls.length,
    bytes: sum(calls, ({ bytes }) => bytes),
    noop: calls.filter(({ noop }) => noop).length,
    needed: sum(calls, ({ before, after }) => neededBytes(before, after)),
  }
}

/** What a call is for, told by the paths it sets: the first of these that it touches. */
const CAUSES: readonly (readonly [string, RegExp])[] = [
  ['room', /^view\.(phase|notice|attempt)$/],
  ['roster', /^view\.(count|more|players(\[\d+\](\.(streamId|src|place|name|userID))?)?)$/],
  ['tag state', /\.state$/],
  ['network', /\.(net|debug)$/],
]

function causesOf(calls: readonly SetDataCall[]): Record<string, SetDataFigures> {
  const groups = new Map<string, SetDataCall[]>()
  for (const call of calls) {
    const paths = Object.keys(call.payload)
    const [cause] = CAUSES.find(([, pattern]) => paths.some((path) => pattern.test(path))) ?? ['other']
    groups.set(cause, [...(groups.get(cause) ?? []), call])
  }
  return Object.fromEntries([...groups].map(([cause, group]) => [cause, figuresOf(group)]))
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

export type SessionTable = Record<Measured, Record<number, SessionFigures>>

export const COUNTS = [1, 3, 8, 16] as const
export const RTTS_MS = [30, 100, 300] as const

export async function measureSessions(rttMs: number): Promise<SessionTable> {
  const table: Partial<SessionTable> = {}
  for (const component of Object.keys(COMPONENTS) as Measured[]) {
    const rows: Record<number, SessionFigures> = {}
    for (const members of COUNTS) rows[members] = await measureSession({ component, members, rttMs })
    table[component] = rows
  }
  return table as SessionTable
}
