import { RoomError } from '../../../src/errors'
import { TagDriver } from '../../../src/media/tag-driver'
import type { TagCommand, TagPort } from '../../../src/media/tag-driver'
import { PLAYER } from '../../../src/media/tag-kind'
import { NEW_TAG } from '../../../src/media/tag-step'
import { createDefaultPolicy } from '../../../src/room/default-policy'
import { createFakePlatform } from '../../support/fake-platform'
import { VirtualClock } from '../../support/virtual-clock'

const LOST_CONNECTION = -2301
const PLAYS = 2004

/** A player that stands on a page which renders at once; its native commands complete when the test says so. */
function setUp(change: Partial<TagPort> = {}) {
  const clock = new VirtualClock()
  const platform = createFakePlatform({ clock })
  const begun: TagCommand[] = []
  const completions: { complete(): void; fail(error: unknown): void }[] = []
  const news: string[] = []
  const tag = new TagDriver(
    {
      platform,
      policy: createDefaultPolicy(platform),
      host: { afterRender: (done) => done() },
      kind: PLAYER,
      autostart: true,
      askUrl: async (streamId) => `rtmp://fresh/${streamId}`,
      command: (name) => {
        begun.push(name)
        return new Promise((complete, fail) => completions.push({ complete: () => complete(undefined), fail }))
      },
      listener: {
        changed: () => undefined,
        up: () => news.push('up'),
        retrying: (id, attempt) => news.push(`retrying ${id} ${attempt}`),
        recovered: (id, attempt) => news.push(`recovered ${id} ${attempt}`),
        failed: (id, error) => news.push(`failed ${id} ${error.code}`),
      },
      ...change,
    },
    { ...NEW_TAG, streamId: 'ann' },
  )
  return { clock, platform, tag, begun, completions, news }
}

describe('the commands of a tag', () => {
  it('are called one after the other: play when stop has completed', async () => {
    const { clock, tag, begun, completions } = setUp()
    tag.dispatch('begun', 'url', true)
    expect(begun).toEqual(['stop'])
    completions[0]?.complete()
    await clock.advance(0)
    expect(begun).toEqual(['stop', 'play'])
  })

  it('go on after a second when one never completes, whatever it says later', async () => {
    const { clock, tag, begun, completions } = setUp()
    tag.dispatch('begun', 'url', true)
    await clock.advance(999)
    expect(begun).toEqual(['stop'])
    await clock.advance(1)
    expect(begun).toEqual(['stop', 'play'])
    tag.dispatch('reconfigured')
    completions[0]?.complete()
    await clock.advance(0)
    expect(begun).toEqual(['stop', 'play'])
    completions[1]?.complete()
    await clock.advance(0)
    expect(begun).toEqual(['stop', 'play', 'stop'])
  })

  it('go on at once when one is refused, which is logged', async () => {
    const { clock, platform, tag, begun, completions } = setUp()
    tag.dispatch('begun', 'url', true)
    completions[0]?.fail(new RoomError('NOT_SUPPORTED', 'no such element'))
    await clock.advance(0)
    expect(begun).toEqual(['stop', 'play'])
    expect(platform.logs.filter(({ level }) => level === 'warn')).toMatchObject([{ message: 'stop failed' }])
  })

  it('play nothing whose URL is about to be replaced', async () => {
    const { clock, tag, begun, completions } = setUp({ askUrl: () => new Promise(() => undefined) })
    tag.dispatch('begun', 'url', true)
    tag.report(LOST_CONNECTION)
    await clock.advance(0)
    completions[0]?.complete()
    await clock.advance(60_000)
    expect(begun).toEqual(['stop'])
  })

  it('end with the tag, and so do its timers', async () => {
    const { clock, platform, tag, begun, completions } = setUp()
    tag.dispatch('begun', 'url', true)
    tag.close()
    expect(platform.armedTimers).toBe(0)
    completions[0]?.complete()
    await clock.advance(60_000)
    expect(begun).toEqual(['stop'])
  })
})

describe('a tag that runs', () => {
  it('holds no timer, and none while it is suspended', async () => {
    const { clock, platform, tag, completions } = setUp()
    tag.dispatch('begun', 'url', true)
    expect(platform.armedTimers).toBeGreaterThan(0)
    tag.report(PLAYS)
    for (let i = 0; i < 2; i += 1) {
      completions[i]?.complete()
      await clock.advance(0)
    }
    expect(platform.armedTimers).toBe(0)
    tag.report(6000)
    expect(tag.state.phase).toBe('suspended')
    expect(platform.armedTimers).toBe(0)
  })

  it('asks for a fresh URL when its retry is due, and tells each step by the name of its stream', async () => {
    const { clock, tag, news } = setUp()
    tag.dispatch('begun', 'url', false)
    tag.report(PLAYS)
    tag.report(LOST_CONNECTION)
    await clock.advance(0)
    expect(tag.state).toMatchObject({ phase: 'starting', url: 'rtmp://fresh/ann', attempt: 1 })
    tag.report(PLAYS)
    expect(news).toEqual(['up', 'retrying ann 1', 'up', 'recovered ann 1'])
  })

  it('is lost when the policy gives up, and keeps its own error when it was refused', async () => {
    const hopeless = setUp({ policy: { nextDelayMs: () => null } })
    hopeless.tag.dispatch('begun', 'url', false)
    hopeless.tag.report(LOST_CONNECTION)
    expect(hopeless.news).toEqual(['retrying ann 1', 'failed ann PLAY_LOST'])
    expect(hopeless.tag.state.error?.code).toBe('PLAY_FAILED')
    const gone = setUp({ askUrl: () => Promise.reject(new RoomError('ROOM_CLOSED')) })
    gone.tag.dispatch('begun', 'url', false)
    gone.tag.report(LOST_CONNECTION)
    await gone.clock.advance(0)
    expect(gone.news).toEqual(['retrying ann 1', 'failed ann ROOM_CLOSED'])
  })

  it('arms nothing when whoever hears of its retry closes it', () => {
    const world = setUp()
    const { tag, platform } = setUp({
      listener: {
        changed: () => undefined,
        up: () => undefined,
        retrying: () => tag.close(),
        recovered: () => undefined,
        failed: () => undefined,
      },
      platform: world.platform,
    })
    tag.dispatch('begun', 'url', false)
    tag.report(LOST_CONNECTION)
    expect(platform.armedTimers).toBe(0)
    expect(world.platform.armedTimers).toBe(0)
  })
})
