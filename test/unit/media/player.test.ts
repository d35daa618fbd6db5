import { createPlayer } from '../../../src/media/player'
import type { CreatePlayerOptions, Player } from '../../../src/media/player'
import { PLAYER_METHODS } from '../../../src/media/player-methods'
import { createFixedPolicy } from '../../../src/room/fixed-policy'
import { createDefaultPolicy } from '../../../src/room/default-policy'
import { RENDER_MS } from '../../support/fake-host'
import { createFakePlatform } from '../../support/fake-platform'
import { createFakeTagContext } from '../../support/fake-tag-context'
import { VirtualClock } from '../../support/virtual-clock'

const TEN_MINUTES_MS = 10 * 60_000

function openPlayerPage(change: Partial<CreatePlayerOptions> = {}) {
  const clock = new VirtualClock()
  const platform = createFakePlatform({ clock })
  const tag = createFakeTagContext(clock, Object.keys(PLAYER_METHODS))
  const page = { src: '' }
  let version = 0
  const player = createPlayer({
    platform,
    policy: createDefaultPolicy(platform),
    context: tag.context,
    url: () => Promise.resolve(`rtmp://play?v=${(version += 1)}`),
    setUrl: (url, done) => {
      page.src = url
      clock.setTimer(RENDER_MS, done)
    },
    ...change,
  } as CreatePlayerOptions)
  const news: string[] = []
  player.on('connected', () => news.push('connected'))
  player.on('reconnecting', ({ attempt, error }) => news.push(`reconnecting ${attempt} ${error.code}`))
  player.on('reconnectReady', ({ url }) => news.push(`reconnectReady ${url}`))
  player.on('reconnected', ({ attempt }) => news.push(`reconnected ${attempt}`))
  player.on('reconnectFail', ({ code }) => news.push(`reconnectFail ${code}`))
  return {
    clock,
    platform,
    tag,
    page,
    player,
    news,
    says: (code: number) => player.statechange({ detail: { code } }),
    async playing(): Promise<void> {
      await clock.settle(player.play())
      player.statechange({ detail: { code: 2004 } })
    },
  }
}

const methodOf = (player: Player, name: string) =>
  player[name as keyof Player] as (options?: object) => Promise<unknown>

describe('playing', () => {
  it('sets the URL and plays in the callback; pictures mean connected', async () => {
    const { clock, news, page, tag, player, says } = openPlayerPage()
    const played = player.play()
    await clock.advance(0)
    expect(page.src).toBe('rtmp://play?v=1')
    expect(tag.calls).toEqual([])
    await expect(clock.settle(played)).resolves.toEqual({ errMsg: 'play:ok' })
    says(2001)
    expect(news).toEqual([])
    says(2004)
    expect(news).toEqual(['connected'])
    expect(player.phase).toBe('running')
  })

  it.each([-2301, 3001, 3002, 3003, 3004, 3005])('comes back from %i within a second by a fresh URL', async (code) => {
    const { clock, news, page, tag, playing, says } = openPlayerPage()
    await playing()
    says(code)
    await clock.advance(1_000)
    says(2004)
    expect(page.src).toBe('rtmp://play?v=2')
    expect(tag.calls).toEqual(['play', 'stop', 'play'])
    expect(news).toEqual(['connected', 'reconnecting 1 PLAY_FAILED', 'reconnectReady rtmp://play?v=2', 'reconnected 1'])
  })

  it('takes buffering and codes that nobody lists as no reason to restart', async () => {
    const { clock, tag, news, playing, player, says } = openPlayerPage()
    await playing()
    for (const code of [2007, 2101, 2105, 6001, 123456]) says(code)
    expect(player.phase).toBe('stalled')
    says(2004)
    await clock.advance(TEN_MINUTES_MS)
    expect(tag.calls).toEqual(['play'])
    expect(news).toEqual(['connected'])
  })

  it('waits for the foreground after 6000', async () => {
    const { clock, news, platform, tag, playing, says } = openPlayerPage()
    await playing()
    says(6000)
    platform.goOnline()
    await clock.advance(TEN_MINUTES_MS)
    expect(tag.calls).toEqual(['play'])
    platform.foreground()
    await clock.advance(RENDER_MS)
    says(2004)
    expect(news.slice(-1)).toEqual(['reconnected 1'])
  })

  it('fails with PLAY_LOST when the policy gives up', async () => {
    const { clock, news, playing, says } = openPlayerPage({
      policy: createFixedPolicy({ forMs: 12_000 }),
      url: failingAfterFirst(),
    })
    await playing()
    says(-2301)
    await clock.advance(60_000)
    expect(news.slice(-1)).toEqual(['reconnectFail PLAY_LOST'])
    expect(clock.pending).toHaveLength(0)
  })

  it('leaves the restart to the page with autoRestart: false', async () => {
    const { clock, news, tag, playing, player, says } = openPlayerPage({ autoRestart: false })
    await playing()
    says(-2301)
    await clock.advance(1_000)
    expect(news.slice(-1)).toEqual(['reconnectReady rtmp://play?v=2'])
    expect(tag.calls).toEqual(['play'])
    await clock.settle(player.play())
    expect(tag.calls).toEqual(['play', 'stop', 'play'])
  })

  it.each(['before play()', 'while starting', 'while running', 'while retrying', 'while suspended'])(
    'leaves nothing after destroy() %s',
    async (moment) => {
      const { clock, news, platform, player, playing, says, tag } = openPlayerPage()
      if (moment === 'while starting') void player.play()
      if (moment === 'while running') await playing()
      if (moment === 'while retrying' || moment === 'while suspended') {
        await playing()
        says(moment === 'while retrying' ? -2301 : 6000)
      }
      player.destroy()
      player.destroy()
      const before = [...news, ...tag.calls]
      expect(platform.armedTimers).toBe(0)
      expect(platform.listeners).toBe(0)
      says(2004)
      platform.foreground()
      await clock.advance(TEN_MINUTES_MS)
      expect([...news, ...tag.calls]).toEqual(before)
      await expect(player.play()).rejects.toMatchObject({ code: 'CANCELLED' })
    },
  )
})

describe.each(Object.entries(PLAYER_METHODS))('%s', (name, style) => {
  it('reaches the tag and answers both ways', async () => {
    const { clock, tag, player } = openPlayerPage()
    const told: string[] = []
    const callbacks = { success: () => told.push('success'), complete: () => told.push('complete') }
    await clock.settle(methodOf(player, name)({ direction: 90, ...callbacks }))
    expect(told).toEqual(['success', 'complete'])
    expect(tag.records).toMatchObject([{ name, args: [{ direction: 90 }] }])
  })

  it('says by a code that this version of WeChat lacks it', async () => {
    const { player } = openPlayerPage({ context: { play: () => undefined, stop: () => undefined } })
    const fail = jest.fn()
    await expect(methodOf(player, name)({ fail })).rejects.toMatchObject({ code: 'NOT_SUPPORTED' })
    expect(fail).toHaveBeenCalledWith(expect.objectContaining({ errMsg: expect.stringContaining(name) as string }))
  })

  if (style === 'options') {
    it('hands on what the tag refuses with', async () => {
      const { clock, tag, player } = openPlayerPage()
      tag.refusals.set(name, `${name}:fail`)
      await expect(clock.settle(methodOf(player, name)())).rejects.toMatchObject({ message: `${name}:fail` })
    })
  }
})

it('tells full screen as a flag, also where it comes as text', () => {
  const { player } = openPlayerPage()
  const told: unknown[] = []
  player.on('fullScreenChanged', (change) => told.push(change))
  player.fullscreenchange({ detail: { fullScreen: true, direction: 'horizontal' } })
  player.fullscreenchange({ detail: { fullScreen: 'true', direction: 'horizontal' } })
  player.fullscreenchange({ detail: { fullScreen: 'false' } })
  expect(told).toEqual([
    { fullScreen: true, direction: 'horizontal' },
    { fullScreen: true, direction: 'horizontal' },
    { fullScreen: false, direction: '' },
  ])
})

it('tells network, bars and errors of the tag', () => {
  const { player } = openPlayerPage()
  const told: unknown[] = []
  player.on('networkMeasured', () => told.push('measured'))
  player.on('qualityChanged', (bars) => told.push(bars))
  player.on('errorReported', ({ code }) => told.push(code))
  player.netstatuschange({ detail: { info: { netQualityLevel: 6 } } })
  player.playerror({ detail: { errCode: 10004, errMsg: '' } })
  expect(told).toEqual(['measured', 0, 10004])
})

function failingAfterFirst(): () => Promise<string> {
  let asked = 0
  return () => ((asked += 1) === 1 ? Promise.resolve('rtmp://play') : Promise.reject(new Error('503')))
}
