import { MEASURED } from '../../support/session/measured-components'
import { COUNTS, measureSession, RTTS_MS, type SessionFigures } from '../../support/session/measure-session'

const RTT_MS = 100
const SET_DATA_MS = 16
/** Of setData from start to stop, for rtc-room. */
const MOST_BYTES: Readonly<Record<number, number>> = { 1: 3_500, 3: 3_500, 8: 6_000, 16: 10_000 }
const CASES = MEASURED.flatMap((component) => COUNTS.map((members) => ({ component, members })))

describe.each(CASES)('the scripted session of $component with $members others', ({ component, members }) => {
  let figures: SessionFigures

  beforeAll(async () => {
    figures = await measureSession({ component, members, rttMs: RTT_MS })
  })

  it('shows everything one round trip after start(), two when login() goes out with it', () => {
    const shown = (roundTrips: number): number => roundTrips * RTT_MS + SET_DATA_MS
    const publishes = component !== 'live-room-audience'
    expect(figures).toMatchObject({ pushUrlMs: publishes ? shown(1) : null, allPlayersMs: shown(1), roundTrips: 1 })
    expect(figures.cold).toMatchObject({
      pushUrlMs: publishes ? shown(2) : null,
      allPlayersMs: shown(2),
      roundTrips: 2,
    })
  })

  it('sets at most a tenth more data than the changes need, and never for nothing', () => {
    const { calls, bytes, needed, noop } = figures.setData
    expect(calls).toBeGreaterThan(0)
    expect(noop).toBe(0)
    expect(bytes).toBeLessThanOrEqual(1.1 * needed)
    if (component === 'rtc-room') expect(bytes).toBeLessThanOrEqual(MOST_BYTES[members] ?? 0)
  })

  it('says at most two things a minute to the server while nothing happens, and leaves nothing behind', () => {
    expect(figures.requestsPerMinute).toBeLessThanOrEqual(2)
    expect(figures.left).toBe(0)
  })
})

test.each(RTTS_MS)('at a round trip of %i ms the number of round trips is the same', async (rttMs) => {
  const { roundTrips, cold } = await measureSession({ component: 'rtc-room', members: 3, rttMs })
  expect(roundTrips).toBe(1)
  expect(cold.roundTrips).toBe(2)
})

it('a viewer has a seat within 1 750 ms of the tap, when the presenter takes a second to agree', async () => {
  const { link } = await measureSession({ component: 'live-room-audience', members: 1, rttMs: RTT_MS })
  expect(link?.pushUrlMs).toBeLessThanOrEqual(1_216)
  expect(link?.onMs).toBeLessThanOrEqual(1_750)
})
