import { RoomError } from '../../../src/errors'
import { createPublisher } from '../../../src/media/publisher'
import { START_TIMEOUT_MS } from '../../../src/media/tag-driver'
import { createFixedPolicy } from '../../../src/room/fixed-policy'
import { RENDER_MS } from '../../support/fake-host'
import { openPublisherPage, START_MS, URL_MS } from '../../support/publisher-page'

const TEN_MINUTES_MS = 10 * 60_000

describe('starting', () => {
  it('asks for the URL, sets it, and starts in the callback', async () => {
    const { clock, page, tag, publisher } = openPublisherPage()
    const started = publisher.start()
    await clock.advance(URL_MS)
    expect(page.url).toBe('rtmp://push?v=1')
    expect(tag.calls).toEqual([])
    await clock.advance(RENDER_MS)
    expect(tag.calls).toEqual(['start'])
    await expect(started).resolves.toEqual({ errMsg: 'start:ok' })
    expect(publisher.phase).toBe('starting')
  })

  it('takes a fixed URL as well', async () => {
    const { clock, page, tag, publisher } = openPublisherPage({ url: 'rtmp://fixed' })
    void publisher.start()
    await clock.advance(RENDER_MS)
    expect(page.url).toBe('rtmp://fixed')
    expect(tag.calls).toEqual(['start'])
  })

  it.each([
    ['1002', [1002]],
    ['1018, entering a room', [1018]],
    ['1007 after 1001', [1001, 1007]],
    ['1008 after 1001', [1001, 1008]],
  ])('is connected at %s, and says so once', async (_name, codes) => {
    const { clock, news, publisher, says } = openPublisherPage()
    void publisher.start()
    await clock.advance(START_MS)
    codes.forEach((code) => says(code))
    says(1002)
    expect(news).toEqual(['connected'])
    expect(publisher.phase).toBe('running')
  })

  it('is connected anew after stop() and another start()', async () => {
    const { clock, news, page, tag, publisher, publishing } = openPublisherPage()
    await publishing()
    await clock.settle(publisher.stop())
    expect(publisher.phase).toBe('idle')
    await publishing()
    expect(tag.calls).toEqual(['start', 'stop', 'start'])
    expect(page.url).toBe('rtmp://push?v=2')
    expect(news).toEqual(['connected', 'connected'])
  })

  it('answers two calls with one native start', async () => {
    const { clock, tag, publisher } = openPublisherPage()
    const both = Promise.all([publisher.start(), publisher.start()])
    await clock.settle(both)
    expect(tag.calls).toEqual(['start'])
  })

  it('tries on when the first URL cannot be had just now', async () => {
    const { clock, news, server, publisher, says } = openPublisherPage()
    server.error = new Error('502')
    const started = publisher.start()
    await clock.advance(URL_MS)
    server.error = null
    await clock.settle(started)
    says(1002)
    expect(news).toEqual([
      'reconnecting 1 SERVER_ERROR',
      'reconnectReady rtmp://push?v=2',
      'connected',
      'reconnected 1',
    ])
  })

  it('rejects when the source refuses for good', async () => {
    const { clock, news, server, publisher } = openPublisherPage()
    server.error = new RoomError('FORBIDDEN')
    await expect(clock.settle(publisher.start())).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(news).toEqual(['reconnectFail FORBIDDEN'])
    server.error = null
    await clock.settle(publisher.start())
    expect(publisher.phase).toBe('starting')
  })

  it('rejects when the source gives no URL', async () => {
    const { clock, publisher } = openPublisherPage({ url: () => Promise.resolve('') })
    await expect(clock.settle(publisher.start())).rejects.toMatchObject({ code: 'PUSH_URL_FAILED' })
  })

  it('hands on the words of a tag that refuses to start', async () => {
    const { clock, tag, publisher } = openPublisherPage()
    tag.refusals.set('start', 'insertLivePusher:fail:system permission denied')
    await expect(clock.settle(publisher.start())).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
      message: 'insertLivePusher:fail:system permission denied',
    })
  })

  it('starts a tag that comes on the page later', async () => {
    const { clock, page, tag, publisher } = openPublisherPage()
    page.hasTag = false
    const started = publisher.start()
    await clock.advance(START_MS)
    page.hasTag = true
    await clock.advance(START_TIMEOUT_MS + START_MS)
    expect(tag.calls).toEqual(['stop', 'start'])
    await expect(started).resolves.toEqual({ errMsg: 'start:ok' })
  })

  it('says what is wrong with its options', () => {
    const good = openPublisherPage()
    const base = { platform: good.platform, policy: createFixedPolicy(), context: good.tag.context }
    expect(() => createPublisher({ ...base, url: '', setUrl: () => undefined })).toThrow('url is empty')
    const pageOfJavaScript = { ...base, url: 'rtmp://a' } as unknown as Parameters<typeof createPublisher>[0]
    expect(() => createPublisher(pageOfJavaScript)).toThrow('setUrl is missing')
  })
})

describe('what it tells beside', () => {
  it('hands on every code with its meaning, and every error', async () => {
    const { publisher, says } = openPublisherPage()
    const told: string[] = []
    publisher.on('stateChanged', ({ code, name, signal, message }) => told.push(`${code} ${name} ${signal} ${message}`))
    publisher.on('errorReported', ({ code, message }) => told.push(`error ${code} ${message}`))
    says(1101, 'slow')
    says(4242)
    publisher.pusherror({ detail: { errCode: 10004, errMsg: 'no image' } })
    expect(told).toEqual(['1101 PUSH_WARNING_NET_BUSY congested slow', '4242 UNKNOWN info ', 'error 10004 no image'])
  })

  it('hands on network figures, and the bars when they change', () => {
    const { publisher } = openPublisherPage()
    const bars: number[] = []
    const infos: unknown[] = []
    publisher.on('qualityChanged', (count) => bars.push(count))
    publisher.on('networkMeasured', (info) => infos.push(info))
    for (const netQualityLevel of [1, 1, 4]) publisher.netstatuschange({ detail: { info: { netQualityLevel } } })
    publisher.netstatuschange({ detail: {} })
    expect(bars).toEqual([4, 2])
    expect(infos).toHaveLength(3)
  })

  it('hands on the music: begun, progress, over', () => {
    const { publisher } = openPublisherPage()
    const told: unknown[] = []
    publisher.on('bgmStarted', () => told.push('started'))
    publisher.on('bgmProgressed', (progress) => told.push(progress))
    publisher.on('bgmCompleted', () => told.push('completed'))
    publisher.bgmstart()
    publisher.bgmprogress({ detail: { progress: 500, duration: 60_000 } })
    publisher.bgmcomplete()
    expect(told).toEqual(['started', { progress: 500, duration: 60_000 }, 'completed'])
  })
})

describe('destroy()', () => {
  type Page = ReturnType<typeof openPublisherPage>
  const phases: [string, (page: Page) => Promise<void> | void][] = [
    ['before start', () => undefined],
    ['while the URL is asked for', ({ publisher }) => void publisher.start()],
    [
      'while the URL is being rendered',
      async ({ clock, publisher }) => {
        void publisher.start()
        await clock.advance(URL_MS)
      },
    ],
    [
      'while starting',
      async ({ clock, publisher }) => {
        void publisher.start()
        await clock.advance(START_MS)
      },
    ],
    ['while running', ({ publishing }) => publishing()],
    [
      'while a retry waits',
      async ({ clock, server, publishing, says }) => {
        await publishing()
        server.error = new RoomError('NETWORK')
        says(-1307)
        await clock.advance(5_000)
      },
    ],
    [
      'while a retry restarts the tag',
      async ({ clock, publishing, says }) => {
        await publishing()
        says(-1307)
        await clock.advance(START_MS)
      },
    ],
    [
      'while suspended',
      async ({ publishing, says }) => {
        await publishing()
        says(5000)
      },
    ],
    [
      'after it failed',
      async ({ publishing, says }) => {
        await publishing()
        says(10001)
      },
    ],
    [
      'after stop()',
      async ({ clock, publisher, publishing }) => {
        await publishing()
        await clock.settle(publisher.stop())
      },
    ],
  ]

  it.each(phases)('leaves nothing %s', async (_name, reach) => {
    const page = openPublisherPage()
    const { clock, platform, news, tag, publisher, says } = page
    await reach(page)
    publisher.destroy()
    publisher.destroy()
    expect(platform.armedTimers).toBe(0)
    expect(platform.listeners).toBe(0)
    const { length } = news
    const calls = tag.calls.length
    says(1002)
    says(-1307)
    platform.foreground()
    await clock.advance(TEN_MINUTES_MS)
    expect(news).toHaveLength(length)
    expect(tag.calls).toHaveLength(calls)
    expect(tag.calls.filter((name) => name === 'start').length).toBeLessThanOrEqual(2)
    if (calls > 0) expect(tag.calls[calls - 1]).toBe('stop')
    expect(publisher.phase).toBe('idle')
  })

  it.each(['stop', 'destroy'] as const)('start() that waits is cancelled by %s()', async (end) => {
    const { clock, publisher } = openPublisherPage()
    const started = publisher.start()
    void publisher[end]()
    await expect(clock.settle(started)).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('answers every later call with CANCELLED', async () => {
    const { publisher } = openPublisherPage()
    publisher.destroy()
    await expect(publisher.start()).rejects.toMatchObject({ code: 'CANCELLED' })
    await expect(publisher.stop()).rejects.toMatchObject({ code: 'CANCELLED' })
    await expect(publisher.snapshot()).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})
