import { RoomError } from '../../../src/errors'
import { START_TIMEOUT_MS } from '../../../src/media/tag-driver'
import { URL_TIMEOUT_MS } from '../../../src/media/url-source'
import { createFixedPolicy } from '../../../src/room/fixed-policy'
import { RENDER_MS } from '../../support/fake-host'
import { openPublisherPage, START_MS, URL_MS } from '../../support/publisher-page'

/** A source that never answers its first question. */
function silentOnce(url: string): () => Promise<string> {
  let asked = 0
  return () => ((asked += 1) === 1 ? new Promise<string>(() => undefined) : Promise.resolve(url))
}

const TEN_MINUTES_MS = 10 * 60_000

describe('coming back', () => {
  it('asks for a fresh URL, sets it, and stops and starts in the callback', async () => {
    const { clock, news, page, tag, publishing, says } = openPublisherPage()
    await publishing()
    says(-1307)
    await clock.advance(URL_MS)
    expect(page.url).toBe('rtmp://push?v=2')
    expect(tag.calls).toEqual(['start'])
    await clock.advance(RENDER_MS)
    expect(tag.calls).toEqual(['start', 'stop', 'start'])
    says(1002)
    expect(news).toEqual(['connected', 'reconnecting 1 PUSH_FAILED', 'reconnectReady rtmp://push?v=2', 'reconnected 1'])
  })

  it.each([-1307, 3001, 3002, 3003, 3004, 3005, 1021])('from %i within a second', async (code) => {
    const { clock, publisher, publishing, says } = openPublisherPage()
    await publishing()
    says(code)
    await clock.advance(1_000)
    says(1002)
    expect(publisher.phase).toBe('running')
  })

  it('takes 10003 to 987654, -77 and no code at all as no reason to restart', async () => {
    const { clock, news, tag, publisher, publishing, says } = openPublisherPage()
    await publishing()
    for (const code of [10003, 10005, 987654, -77]) says(code)
    publisher.statechange({ detail: {} })
    publisher.pusherror({ detail: { errCode: 424242, errMsg: 'new in the next version' } })
    await clock.advance(60_000)
    expect(tag.calls).toEqual(['start'])
    expect(news).toEqual(['connected'])
  })

  it.each(['statechange', 'pusherror'] as const)(
    'leaves a refused camera, told by %s, to the user',
    async (handler) => {
      const { clock, news, tag, platform, publisher } = openPublisherPage()
      void publisher.start()
      await clock.advance(START_MS)
      if (handler === 'statechange') publisher.statechange({ detail: { code: -1301 } })
      else publisher.pusherror({ detail: { errCode: 10001, errMsg: 'denied' } })
      platform.foreground()
      platform.goOnline()
      await clock.advance(TEN_MINUTES_MS)
      expect(news).toEqual(['reconnectFail CAMERA_DENIED'])
      expect(tag.calls).toEqual(['start'])
      expect(clock.pending).toHaveLength(0)
    },
  )

  it('tries again when the user has allowed the camera and starts it', async () => {
    const { clock, news, tag, publisher, publishing, says } = openPublisherPage()
    await publishing()
    says(-1301)
    await clock.settle(publisher.start())
    says(1002)
    expect(tag.calls).toEqual(['start', 'stop', 'start'])
    expect(news).toEqual([
      'connected',
      'reconnectFail CAMERA_DENIED',
      'reconnecting 1 CAMERA_DENIED',
      'reconnectReady rtmp://push?v=2',
      'reconnected 1',
    ])
  })

  it.each([5000, 5001])('waits for the foreground after %i, whatever the network does', async (code) => {
    const { clock, news, tag, platform, publishing, says } = openPublisherPage()
    await publishing()
    says(code)
    platform.goOnline()
    await clock.advance(TEN_MINUTES_MS)
    expect(tag.calls).toEqual(['start'])
    platform.foreground()
    await clock.advance(START_MS)
    says(1002)
    expect(tag.calls).toEqual(['start', 'stop', 'start'])
    expect(news).toEqual(['connected', 'reconnecting 1 PUSH_FAILED', 'reconnectReady rtmp://push?v=2', 'reconnected 1'])
  })

  it('does not give up when the first URL after the foreground cannot be had', async () => {
    const { clock, news, server, platform, publishing, says } = openPublisherPage()
    await publishing()
    says(5000)
    server.error = new RoomError('NETWORK')
    platform.foreground()
    await clock.advance(URL_MS + 50)
    server.error = null
    await clock.advance(2_000)
    says(1002)
    expect(news.filter((line) => line.startsWith('reconnectFail'))).toEqual([])
    expect(news.slice(-1)).toEqual(['reconnected 2'])
  })

  it.each(['goOnline', 'foreground'] as const)('tries at once on %s', async (signal) => {
    const { clock, server, tag, platform, publishing, says } = openPublisherPage()
    await publishing()
    server.error = new RoomError('NETWORK')
    says(-1307)
    await clock.advance(30_000)
    server.error = null
    platform.goOffline()
    platform[signal]()
    await clock.advance(START_MS)
    expect(tag.calls).toEqual(['start', 'stop', 'start'])
  })

  it('fails with PUSH_LOST and its cause when the policy gives up, and holds no timer then', async () => {
    const { clock, news, server, publisher, publishing, says } = openPublisherPage()
    const errors: RoomError[] = []
    publisher.on('reconnectFail', (error) => errors.push(error))
    await publishing()
    server.error = new RoomError('NETWORK')
    says(-1307)
    await clock.advance(TEN_MINUTES_MS + 20_000)
    expect(news.slice(-1)).toEqual(['reconnectFail PUSH_LOST'])
    expect(errors).toMatchObject([{ cause: { code: 'NETWORK' } }])
    expect(clock.pending).toHaveLength(0)
  })

  it('keeps to an injected policy: every 5 s for as long as it says', async () => {
    const { clock, news, server, publishing, says } = openPublisherPage({
      policy: createFixedPolicy({ forMs: 20_000 }),
    })
    await publishing()
    server.error = new RoomError('NETWORK')
    const before = server.asked
    says(-1307)
    await clock.advance(4_999)
    expect(server.asked).toBe(before)
    await clock.advance(1)
    expect(server.asked).toBe(before + 1)
    await clock.advance(60_000)
    expect(server.asked).toBe(before + 4)
    expect(news.slice(-1)).toEqual(['reconnectFail PUSH_LOST'])
  })

  it('counts a source that does not answer as a try that failed', async () => {
    const { clock, news, page, publisher, says } = openPublisherPage({ url: silentOnce('rtmp://at-last') })
    void publisher.start()
    await clock.advance(URL_TIMEOUT_MS)
    expect(news).toEqual(['reconnecting 1 TIMEOUT'])
    await clock.advance(START_MS)
    expect(page.url).toBe('rtmp://at-last')
    says(1002)
    await clock.advance(TEN_MINUTES_MS)
    expect(publisher.phase).toBe('running')
    expect(clock.pending).toHaveLength(0)
  })

  it('stays paused over a restart until the user resumes', async () => {
    const { clock, tag, publisher, publishing, says } = openPublisherPage()
    await publishing()
    await clock.settle(publisher.pause())
    says(-1307)
    await clock.advance(START_MS)
    says(1002)
    expect(tag.calls).toEqual(['start', 'pause', 'stop', 'start', 'pause'])
    await clock.settle(publisher.resume())
    says(-1307)
    await clock.advance(START_MS + 1_000)
    says(1002)
    expect(tag.calls.slice(-2)).toEqual(['stop', 'start'])
  })

  it('survives a page whose setUrl throws', async () => {
    const { clock, platform, publisher } = openPublisherPage({
      setUrl: () => {
        throw new Error('setData of a page that has gone')
      },
    })
    void publisher.start()
    await clock.advance(START_TIMEOUT_MS + START_MS)
    expect(publisher.phase).not.toBe('idle')
    expect(platform.logs.filter(({ level }) => level === 'error')).not.toHaveLength(0)
  })

  it('drops the callback of a setData that a newer URL has overtaken', async () => {
    const callbacks: (() => void)[] = []
    const { clock, tag, publisher, says } = openPublisherPage({ setUrl: (_url, done) => callbacks.push(done) })
    void publisher.start()
    await clock.advance(START_MS)
    says(-1307)
    await clock.advance(START_MS)
    callbacks[0]?.()
    expect(tag.calls).toEqual([])
    callbacks[1]?.()
    callbacks[1]?.()
    await clock.advance(10)
    expect(tag.calls).toEqual(['stop', 'start'])
  })

  it('drops the callback of a setData that a phone call has overtaken', async () => {
    const callbacks: (() => void)[] = []
    const { clock, news, tag, publisher, says } = openPublisherPage({ setUrl: (_url, done) => callbacks.push(done) })
    void publisher.start()
    await clock.advance(START_MS)
    says(5001)
    callbacks[0]?.()
    await clock.advance(10)
    expect(tag.calls).toEqual([])
    expect(news).toEqual([])
  })

  it('restarts with the fresh URL also when the old stream reports a start before it stands on the page', async () => {
    const { clock, tag, publishing, says } = openPublisherPage()
    await publishing()
    says(-1307)
    await clock.advance(URL_MS)
    says(1002)
    await clock.advance(RENDER_MS)
    expect(tag.calls).toEqual(['start', 'stop', 'start'])
  })

  it('never logs a URL', async () => {
    const { clock, platform, publishing, says } = openPublisherPage()
    await publishing()
    says(-1307)
    await clock.advance(START_TIMEOUT_MS)
    expect(JSON.stringify(platform.logs)).not.toContain('rtmp://')
  })
})

describe('with autoRestart: false', () => {
  it('hands the URL out and waits for the page to start', async () => {
    const { clock, news, page, tag, publisher, publishing, says } = openPublisherPage({ autoRestart: false })
    await publishing()
    says(-1307)
    await clock.advance(START_MS)
    expect(news.slice(-1)).toEqual(['reconnectReady rtmp://push?v=2'])
    expect(page.url).toBe('rtmp://push?v=2')
    await clock.advance(5_000)
    expect(tag.calls).toEqual(['start'])
    await clock.settle(publisher.start())
    says(1002)
    expect(tag.calls).toEqual(['start', 'stop', 'start'])
    expect(news.slice(-1)).toEqual(['reconnected 1'])
  })

  it('lets the page set the URL itself on reconnectReady', async () => {
    const { clock, page, tag, publisher, says } = openPublisherPage({ autoRestart: false, setUrl: undefined })
    publisher.on('reconnectReady', ({ url }) => {
      page.url = url
      void publisher.start()
    })
    await clock.settle(publisher.start())
    says(1002)
    expect(tag.calls).toEqual(['start'])
    expect(page.url).toBe('')
    says(3004)
    await clock.advance(URL_MS + 10)
    expect(page.url).toBe('rtmp://push?v=1')
    expect(tag.calls).toEqual(['start', 'stop', 'start'])
  })

  it('serves a page that restarts the tag by its own context as well', async () => {
    const { clock, news, tag, publisher, publishing, says } = openPublisherPage({ autoRestart: false })
    await publishing()
    says(-1307)
    await clock.advance(START_MS)
    says(1002)
    expect(news.slice(-1)).toEqual(['reconnected 1'])
    await clock.settle(publisher.start())
    expect(tag.calls).toEqual(['start', 'start'])
  })

  it('offers another URL when the page does nothing with the first', async () => {
    const { clock, news, publishing, says } = openPublisherPage({ autoRestart: false })
    await publishing()
    says(-1307)
    await clock.advance(START_MS + START_TIMEOUT_MS + 1_000)
    expect(news.filter((line) => line.startsWith('reconnectReady'))).toEqual([
      'reconnectReady rtmp://push?v=2',
      'reconnectReady rtmp://push?v=3',
    ])
  })
})
