import { RoomError } from '../../../src/errors'
import { MediaSession } from '../../../src/media/media-session'
import type { Stream } from '../../../src/model'
import { START_TIMEOUT_MS } from '../../../src/media/tag-driver'
import type { RawMediaEvent } from '../../../src/media/raw-event'
import { createDefaultPolicy } from '../../../src/room/default-policy'
import { createFakeHost, RENDER_MS } from '../../support/fake-host'
import { createFakePlatform } from '../../support/fake-platform'
import { streamOf } from '../../support/fake-provider'
import { VirtualClock } from '../../support/virtual-clock'

const URL_MS = 100

function setUp() {
  const clock = new VirtualClock()
  const platform = createFakePlatform({ clock })
  const host = createFakeHost(clock)
  const news: string[] = []
  let version = 1
  const urls = { error: null as RoomError | null }
  const freshUrl = (base: string) =>
    new Promise<string>((resolve, reject) => {
      clock.setTimer(URL_MS, () => (urls.error ? reject(urls.error) : resolve(`${base}?v=${(version += 1)}`)))
    })
  const media = new MediaSession({
    platform,
    policy: createDefaultPolicy(platform),
    host,
    askUrl: (id) => freshUrl(id || 'push'),
    listener: {
      changed: () => undefined,
      measured: () => undefined,
      up: () => undefined,
      retrying: (id, attempt, error) => news.push(`retrying ${id || 'own'} ${attempt} ${error.code}`),
      recovered: (id, attempt) => news.push(`recovered ${id || 'own'} ${attempt}`),
      failed: (id, error) => news.push(`failed ${id || 'own'} ${error.code}`),
      qualityChanged: (id, bars) => news.push(`quality ${id || 'own'} ${bars}`),
      speakerChanged: (id, volume) => news.push(`speaker ${id || 'own'} ${volume}`),
    },
  })
  const publisher = (code: number) => media.handle({ target: 'publisher', type: 'statechange', code })
  const player = (user: string, code: number) =>
    media.handle({ target: { streamId: `${user}_main` }, type: 'statechange', code })
  return { clock, platform, host, media, news, urls, publisher, player }
}

describe('publishing', () => {
  it('starts in the callback of the setData that brought the URL', async () => {
    const { clock, host, media, publisher } = setUp()
    media.publish('push?v=1')
    expect(host.calls).toEqual([])
    await clock.advance(RENDER_MS)
    expect(host.calls).toEqual(['publisher.start'])
    publisher(1002)
    expect(media.state.publisher).toMatchObject({ phase: 'running', url: 'push?v=1' })
  })

  it('without a URL asks for one, and starts once, with what is changed meanwhile', async () => {
    const { clock, host, media, news } = setUp()
    media.publish('')
    media.restartPublisher()
    await clock.advance(URL_MS + RENDER_MS)
    expect(host.calls).toEqual(['publisher.start'])
    expect(media.state.publisher).toMatchObject({ phase: 'starting', url: 'push?v=2' })
    expect(news).toEqual([])
  })

  it('comes back from -1307 at once: fresh URL, stop, then start', async () => {
    const { clock, host, media, news, publisher } = setUp()
    media.publish('push?v=1')
    await clock.advance(RENDER_MS)
    publisher(1002)
    publisher(-1307)
    expect(media.state.publisher).toMatchObject({ phase: 'retrying', attempt: 1 })
    await clock.advance(URL_MS + RENDER_MS)
    expect(media.state.publisher).toMatchObject({ phase: 'starting', url: 'push?v=2' })
    expect(host.calls).toEqual(['publisher.start', 'publisher.stop', 'publisher.start'])
    publisher(1002)
    expect(news).toEqual(['retrying own 1 PUSH_FAILED', 'recovered own 1'])
  })

  it('starts all the same where stop never completes', async () => {
    const { clock, host, media, publisher } = setUp()
    host.hanging.add('publisher.stop')
    media.publish('push?v=1')
    await clock.advance(RENDER_MS)
    publisher(-1307)
    await clock.advance(2_000)
    expect(host.calls).toEqual(['publisher.start', 'publisher.stop', 'publisher.start'])
  })

  it('tries again when nothing is heard of a start', async () => {
    const { clock, media, news } = setUp()
    media.publish('push?v=1')
    await clock.advance(START_TIMEOUT_MS + RENDER_MS)
    expect(news).toEqual(['retrying own 1 PUSH_FAILED'])
  })

  it('grows the delay from try to try and gives up after ten minutes', async () => {
    const { clock, media, news, urls } = setUp()
    urls.error = new RoomError('NETWORK')
    media.publish('push?v=1')
    await clock.advance(RENDER_MS)
    media.handle({ target: 'publisher', type: 'statechange', code: 3002 })
    await clock.advance(11 * 60_000)
    const tries = news.filter((line) => line.startsWith('retrying')).length
    expect(tries).toBeGreaterThan(60)
    expect(tries).toBeLessThan(200)
    expect(news.slice(-1)).toEqual(['failed own PUSH_LOST'])
    expect(clock.pending).toHaveLength(0)
  })

  it('makes a waiting try at once when woken', async () => {
    const { clock, media, urls, publisher } = setUp()
    media.publish('push?v=1')
    await clock.advance(RENDER_MS)
    urls.error = new RoomError('NETWORK')
    publisher(-1307)
    await clock.advance(10_000)
    urls.error = null
    media.wake('network')
    await clock.advance(URL_MS)
    expect(media.state.publisher?.phase).toBe('starting')
  })

  it('reports a refused camera once, and tries again when the user has allowed it', async () => {
    const { clock, media, news, publisher } = setUp()
    media.publish('push?v=1')
    await clock.advance(RENDER_MS)
    publisher(10001)
    publisher(-1301)
    expect(news).toEqual(['failed own CAMERA_DENIED'])
    media.wake('foreground')
    expect(media.state.publisher?.phase).toBe('failed')
    media.retryPublisher()
    await clock.advance(URL_MS)
    expect(media.state.publisher?.phase).toBe('starting')
  })

  it('takes codes that no manual lists as information', async () => {
    const { media, news, publisher } = setUp()
    media.publish('push?v=1')
    publisher(987654)
    expect(media.state.publisher?.phase).toBe('starting')
    expect(news).toEqual([])
  })
})

describe('playing', () => {
  it('leaves the first start to autoplay and needs no command', async () => {
    const { clock, host, media, player } = setUp()
    media.reconcile([streamOf('ann')], 3)
    await clock.advance(RENDER_MS)
    expect(host.calls).toEqual([])
    player('ann', 2004)
    expect(media.state.slots[0]?.phase).toBe('running')
  })

  it('never gives a playing stream a new URL because one was signed anew', () => {
    const { media, player } = setUp()
    media.reconcile([streamOf('ann')], 3)
    player('ann', 2004)
    media.reconcile([streamOf('ann', 'rtmp://play/ann?v=9')], 3)
    expect(media.state.slots[0]?.url).toBe('rtmp://play/ann?v=1')
  })

  it('stops a tag before it plays another stream', async () => {
    const { clock, host, media } = setUp()
    media.reconcile([streamOf('ann')], 1)
    await clock.advance(RENDER_MS)
    media.reconcile([streamOf('bob')], 1)
    await clock.advance(RENDER_MS)
    expect(host.calls).toEqual(['player0.stop', 'player0.stop', 'player0.play'])
  })

  it('stops a tag that was filled while the one before was leaving the page, before it plays a third', async () => {
    const { clock, host, media } = setUp()
    media.reconcile([streamOf('ann')], 1)
    await clock.advance(RENDER_MS)
    media.reconcile([], 1)
    await clock.advance(RENDER_MS / 2)
    media.reconcile([streamOf('bob')], 1)
    await clock.advance(RENDER_MS * 0.75)
    host.calls.length = 0
    media.reconcile([streamOf('carol')], 1)
    await clock.advance(RENDER_MS)
    expect(host.calls).toEqual(['player0.stop', 'player0.stop', 'player0.play'])
  })

  it('brings one of many back from -2301 and leaves the others alone', async () => {
    const { clock, host, media, news, player } = setUp()
    media.reconcile(
      ['a', 'b', 'c'].map((user) => streamOf(user)),
      8,
    )
    await clock.advance(RENDER_MS)
    for (const user of ['a', 'b', 'c']) player(user, 2004)
    player('b', -2301)
    await clock.advance(URL_MS + RENDER_MS)
    expect(host.calls).toEqual(['player1.stop', 'player1.play'])
    player('b', 2004)
    expect(news).toEqual(['retrying b_main 1 PLAY_FAILED', 'recovered b_main 1'])
  })

  it('drops the fresh URL of a member who has left meanwhile', async () => {
    const { clock, host, media, player } = setUp()
    media.reconcile([streamOf('ann')], 3)
    await clock.advance(RENDER_MS)
    player('ann', -2301)
    media.reconcile([], 3)
    await clock.advance(1_000)
    expect(media.state.slots).toEqual([null])
    expect(host.calls).toEqual(['player0.stop'])
  })

  it('turns net status into bars and tells only changes', () => {
    const { media, news } = setUp()
    media.reconcile([streamOf('ann')], 3)
    const status = (info: RawMediaEvent['info']) =>
      media.handle({ target: { streamId: 'ann_main' }, type: 'netstatus', info })
    status({ netQualityLevel: 1, netSpeed: 500 })
    status({ netQualityLevel: 1, netSpeed: 510 })
    status({ netQualityLevel: 4, netSpeed: 100 })
    status({ netSpeed: 400, netJitter: 200 })
    status({ netSpeed: 0 })
    expect(news.map((line) => line.slice(-1))).toEqual(
      ['4', '2', '2', '0'].filter((bars, i, all) => bars !== all[i - 1]),
    )
  })
})

describe('a vendor that measures the network itself', () => {
  it('has the word over netstatus, stream by stream, until it has none', () => {
    const { media, news } = setUp()
    media.publish('push?v=1')
    media.reconcile([streamOf('ann'), streamOf('bob')], 3)
    const before = news.length
    media.measured(null, 3)
    media.measured('ann_main', 1)
    media.measured('gone_main', 1)
    for (const target of ['publisher', { streamId: 'ann_main' }, { streamId: 'bob_main' }] as const) {
      media.handle({ target, type: 'netstatus', info: { netQualityLevel: 1, netSpeed: 500 } })
    }
    media.measured('ann_main', -1)
    media.handle({ target: { streamId: 'ann_main' }, type: 'netstatus', info: { netQualityLevel: 6, netSpeed: 500 } })
    expect(media.state.publisher?.bars).toBe(3)
    expect(media.state.slots.map((slot) => slot?.bars)).toEqual([0, 4])
    expect(news.slice(before)).toEqual([
      'quality own 3',
      'quality ann_main 1',
      'quality bob_main 4',
      'quality ann_main 0',
    ])
  })

  it('starts anew with a stream that comes again', () => {
    const { media } = setUp()
    media.reconcile([streamOf('ann')], 3)
    media.measured('ann_main', 1)
    media.reconcile([], 3)
    media.reconcile([streamOf('ann')], 3)
    media.handle({ target: { streamId: 'ann_main' }, type: 'netstatus', info: { netQualityLevel: 1, netSpeed: 500 } })
    expect(media.state.slots[0]?.bars).toBe(4)
  })
})

describe('the end', () => {
  it('stops every tag and leaves no timer, at whatever moment', async () => {
    const { clock, platform, host, media, player, publisher } = setUp()
    media.publish('push?v=1')
    media.reconcile([streamOf('ann'), streamOf('bob')], 3)
    await clock.advance(RENDER_MS)
    publisher(1002)
    player('ann', -2301)
    media.close()
    media.close()
    expect(host.calls.filter((call) => call.endsWith('stop')).sort()).toEqual([
      'player0.stop',
      'player1.stop',
      'publisher.stop',
    ])
    await clock.advance(60_000)
    expect(platform.armedTimers).toBe(0)
    expect(host.calls.filter((call) => /start|play$/.test(call))).toEqual(['publisher.start'])
  })

  it('begins nothing any more', () => {
    const { media } = setUp()
    media.close()
    media.publish('push?v=1')
    media.reconcile([streamOf('ann')], 3)
    expect(media.state).toEqual({ publisher: null, slots: [] })
  })
})

describe('a pause of the user', () => {
  it('holds over restarts, and for players that come later', async () => {
    const { clock, host, media, publisher, player } = setUp()
    media.publish('push?v=1')
    media.reconcile([streamOf('ann')], 4)
    await clock.advance(RENDER_MS)
    publisher(1002)
    player('ann', 2004)
    media.setPaused(true)
    expect(host.calls).toEqual(['publisher.start', 'publisher.pause', 'player0.pause'])
    host.calls.length = 0

    publisher(-1307)
    await clock.advance(URL_MS + RENDER_MS)
    publisher(1002)
    expect(host.calls).toEqual(['publisher.stop', 'publisher.start', 'publisher.pause'])
    host.calls.length = 0

    media.reconcile([streamOf('ann'), streamOf('bob')], 4)
    await clock.advance(RENDER_MS)
    player('bob', 2004)
    expect(host.calls).toEqual(['player1.pause'])
  })

  it('is over after resume', async () => {
    const { clock, host, media, publisher } = setUp()
    media.publish('push?v=1')
    await clock.advance(RENDER_MS)
    publisher(1002)
    media.setPaused(true)
    media.setPaused(false)
    publisher(-1307)
    await clock.advance(URL_MS + RENDER_MS)
    publisher(1002)
    expect(host.calls.slice(2)).toEqual(['publisher.resume', 'publisher.stop', 'publisher.start'])
  })
})

describe('a held stream', () => {
  const ANN_HELD = ({ streamId }: Stream): boolean => streamId === 'ann_main'

  it('has its slot and no live-player until it is played', async () => {
    const { clock, host, media, player } = setUp()
    media.reconcile([streamOf('ann'), streamOf('bob')], 4, ANN_HELD)
    await clock.advance(60_000)
    expect(media.state.slots.map((slot) => slot?.phase)).toEqual(['held', 'starting'])
    expect(media.state.slots[0]?.url).toBe('')
    expect(host.calls.filter((call) => call.startsWith('player0'))).toEqual([])
    media.reconcile([streamOf('ann'), streamOf('bob')], 4)
    await clock.advance(RENDER_MS)
    player('ann', 2004)
    expect(media.state.slots[0]).toMatchObject({ phase: 'running', url: 'rtmp://play/ann?v=1' })
    expect(host.calls.filter((call) => call.startsWith('player0'))).toEqual([])
  })

  it('is stopped when it was played before, and starts anew in the same slot', async () => {
    const { clock, host, media, player } = setUp()
    media.reconcile([streamOf('ann')], 4)
    await clock.advance(RENDER_MS)
    player('ann', 2004)
    media.reconcile([streamOf('ann')], 4, ANN_HELD)
    expect(host.calls).toEqual(['player0.stop'])
    expect(media.state.slots[0]?.phase).toBe('held')
    await clock.advance(RENDER_MS)
    media.setPaused(true)
    media.close()
    expect(host.calls.filter((call) => call.startsWith('player'))).toEqual(['player0.stop'])
  })
})

describe('a stream whose URL is not known yet', () => {
  it('is asked for it, shown meanwhile, and played without another start', async () => {
    const { clock, host, media, news, player } = setUp()
    media.reconcile([streamOf('ann', '')], 1)
    expect(media.state.slots[0]).toMatchObject({ streamId: 'ann_main', phase: 'starting', url: '' })
    await clock.advance(URL_MS + RENDER_MS)
    player('ann', 2004)
    expect(media.state.slots[0]).toMatchObject({ phase: 'running', url: 'ann_main?v=2' })
    expect(host.calls).toEqual([])
    expect(news).toEqual([])
  })

  it('is played although its tag, which is not on the page yet, seems to run', async () => {
    const { clock, media, player } = setUp()
    media.reconcile([streamOf('ann', '')], 1)
    player('ann', 2004)
    await clock.advance(URL_MS + RENDER_MS)
    expect(media.state.slots[0]).toMatchObject({ phase: 'starting', url: 'ann_main?v=2' })
  })

  it('stops what its live-player has played before', async () => {
    const { clock, host, media, player } = setUp()
    media.reconcile([streamOf('ann')], 1)
    await clock.advance(RENDER_MS)
    player('ann', 2004)
    media.reconcile([streamOf('bob', '')], 1)
    host.calls.length = 0
    await clock.advance(URL_MS + RENDER_MS)
    expect(host.calls).toEqual(['player0.stop', 'player0.play'])
  })
})
