import { RoomError } from '../../../src/errors'
import type { ReconnectPolicy, RetryContext } from '../../../src/util/reconnect-policy'
import { RetryTimer } from '../../../src/util/retry-timer'
import { createFakePlatform } from '../../support/fake-platform'
import { VirtualClock } from '../../support/virtual-clock'

const DELAY_MS = 400
const LOST = new RoomError('NETWORK')

describe('RetryTimer', () => {
  const world = (delayMs: number | null = DELAY_MS) => {
    const clock = new VirtualClock()
    const platform = createFakePlatform({ clock })
    const asked: RetryContext[] = []
    const policy: ReconnectPolicy = {
      nextDelayMs(context) {
        asked.push(context)
        return delayMs
      },
    }
    const timer = new RetryTimer(platform, policy)
    const happened: string[] = []
    const plan = (attempt: number): void =>
      timer.plan(
        attempt,
        LOST,
        () => happened.push(`try ${attempt}`),
        () => happened.push('gave up'),
      )
    return { clock, platform, asked, timer, happened, plan }
  }

  test('tries when the delay of the policy has passed, not before', async () => {
    const { clock, happened, plan } = world()
    plan(1)
    await clock.advance(DELAY_MS - 1)
    expect(happened).toEqual([])
    await clock.advance(1)
    expect(happened).toEqual(['try 1'])
  })

  test('tells the policy number, cause, and time since the first try of this break was planned', async () => {
    const { clock, asked, plan } = world()
    plan(1)
    await clock.advance(1_000)
    plan(2)
    await clock.advance(5_000)
    plan(1)
    expect(asked).toEqual([
      { attempt: 1, elapsedMs: 0, cause: LOST },
      { attempt: 2, elapsedMs: 1_000, cause: LOST },
      { attempt: 1, elapsedMs: 0, cause: LOST },
    ])
  })

  test('the time that the policy hears starts over with restartClock', async () => {
    const { clock, asked, timer, plan } = world()
    plan(1)
    await clock.advance(60_000)
    timer.restartClock()
    await clock.advance(1_000)
    plan(2)
    expect(asked.map(({ elapsedMs }) => elapsedMs)).toEqual([0, 1_000])
  })

  test('gives up, at once and without a timer, when the policy does', () => {
    const { platform, happened, plan } = world(null)
    plan(7)
    expect(happened).toEqual(['gave up'])
    expect(platform.armedTimers).toBe(0)
  })

  test('keeps one plan: a new one replaces the last', async () => {
    const { clock, happened, plan } = world()
    plan(1)
    plan(2)
    await clock.advance(DELAY_MS)
    expect(happened).toEqual(['try 2'])
  })

  test('hurry tries at once, and only once', async () => {
    const { clock, platform, timer, happened, plan } = world()
    plan(1)
    timer.hurry()
    expect(happened).toEqual(['try 1'])
    expect(platform.armedTimers).toBe(0)
    timer.hurry()
    await clock.advance(DELAY_MS)
    expect(happened).toEqual(['try 1'])
  })

  test('cancel forgets the plan and holds no timer', async () => {
    const { clock, platform, timer, happened, plan } = world()
    plan(1)
    timer.cancel()
    timer.hurry()
    expect(platform.armedTimers).toBe(0)
    await clock.advance(DELAY_MS)
    expect(happened).toEqual([])
  })
})
