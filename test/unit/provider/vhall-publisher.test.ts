import { RoomError } from '../../../src/errors'
import type { PublisherEvents } from '../../../src/media/publisher'
import { PUBLISHER_METHODS } from '../../../src/media/publisher-methods'
import VhallPublisher, { type VhallOptions } from '../../../src/provider/vhall/vhall-publisher'
import { createFakePlatform } from '../../support/fake-platform'
import { createFakeTagContext } from '../../support/fake-tag-context'
import { VirtualClock } from '../../support/virtual-clock'

const OPTIONS: VhallOptions = {
  appId: 'app',
  channelId: 'channel',
  accountId: 'account',
  token: 'a token',
  pusherId: 'pusher',
  singleAudio: 0,
  profile: 'RTC',
}
const URL_MS = 100
const RENDER_MS = 16

/** A page as Vhall's tutorial has it: it sets the URL itself, then starts. */
function openPage() {
  const clock = new VirtualClock()
  const platform = createFakePlatform({ clock })
  const tag = createFakeTagContext(clock, Object.keys(PUBLISHER_METHODS))
  const news: string[] = []
  const page = { url: '', error: null as unknown, asked: [] as VhallOptions[] }
  VhallPublisher.urlSource = (options) => {
    page.asked.push(options)
    const url = `rtmp://vhall.test/${options.channelId}?v=${page.asked.length}`
    return new Promise((resolve, reject) => {
      clock.setTimer(URL_MS, () => (page.error ? reject(page.error) : resolve(url)))
    })
  }
  const publisher = new VhallPublisher({ platform, context: tag.context })
  const setAndStart = ({ url }: { readonly url: string }): void => {
    page.url = url
    clock.setTimer(RENDER_MS, () => void publisher.start())
  }
  const names: (keyof PublisherEvents)[] = ['connected', 'reconnecting', 'reconnected', 'reconnectFail']
  for (const name of names) {
    publisher.on(name, (detail?: unknown) => {
      const { code = '' } = Object(detail) as { code?: string }
      news.push(`${name} ${code}`.trim())
    })
  }
  publisher.on('reconnectReady', (ready) => {
    news.push(`reconnectReady ${ready.url}`)
    setAndStart(ready)
  })
  return {
    clock,
    platform,
    tag,
    news,
    page,
    publisher,
    setAndStart,
    says: (code: number) => publisher.statechange({ detail: { code } }),
    async publishing(): Promise<void> {
      publisher.createInstance(OPTIONS, setAndStart)
      await clock.advance(URL_MS + RENDER_MS)
      publisher.statechange({ detail: { code: 1002 } })
    },
  }
}

afterEach(() => {
  VhallPublisher.urlSource = null
})

test('createInstance hands the URL over, and touches no tag', async () => {
  const { clock, page, tag, publisher } = openPage()
  const urls: string[] = []
  publisher.createInstance(OPTIONS, ({ url }) => urls.push(url))
  await clock.advance(URL_MS)
  expect(urls).toEqual(['rtmp://vhall.test/channel?v=1'])
  expect(page.asked).toEqual([OPTIONS])
  expect(tag.calls).toEqual([])
})

test('the page starts it: one native start, connected at the first 1002 alone', async () => {
  const { news, page, tag, publishing, says } = openPage()
  await publishing()
  says(1002)
  expect(tag.calls).toEqual(['start'])
  expect(page.url).toBe('rtmp://vhall.test/channel?v=1')
  expect(news).toEqual(['connected'])
})

test.each([-1307, 3001, 3002, 3003, 3004, 3005])(
  'after %s it asks for a URL 5 s later, and starts once',
  async (code) => {
    const { clock, news, page, tag, publishing, says } = openPage()
    await publishing()
    says(code)
    await clock.advance(4_999)
    expect(page.asked).toHaveLength(1)
    await clock.advance(1 + URL_MS + RENDER_MS)
    says(1002)
    await clock.advance(60_000)
    expect(page.asked).toHaveLength(2)
    expect(tag.calls).toEqual(['start', 'stop', 'start'])
    const ready = 'reconnectReady rtmp://vhall.test/channel?v=2'
    expect(news).toEqual(['connected', 'reconnecting', ready, 'reconnected'])
  },
)

test('tries every 5 s as long as a source says that it is only the network', async () => {
  const { clock, news, page, publishing, says } = openPage()
  await publishing()
  page.error = new RoomError('NETWORK')
  says(-1307)
  await clock.advance(3 * (5_000 + URL_MS))
  expect(page.asked).toHaveLength(4)
  page.error = null
  await clock.advance(5_000 + URL_MS + RENDER_MS)
  says(1002)
  expect(news.slice(-2)).toEqual(['reconnectReady rtmp://vhall.test/channel?v=5', 'reconnected'])
})

test('no URL is reconnectFail, once, and start() is another try', async () => {
  const { clock, news, page, publisher, publishing, says } = openPage()
  await publishing()
  page.error = new Error('502')
  says(-1307)
  await clock.advance(60_000)
  expect(news).toEqual(['connected', 'reconnecting', 'reconnectFail PUSH_URL_FAILED'])
  page.error = null
  void publisher.start()
  await clock.advance(URL_MS + RENDER_MS)
  says(1002)
  expect(news.at(-1)).toBe('reconnected')
})

test('says by fail which option is wrong', async () => {
  const { clock, publisher } = openPage()
  const failures: string[] = []
  const wrong: [keyof VhallOptions, unknown][] = [
    ['appId', ''],
    ['channelId', 7],
    ['accountId', undefined],
    ['token', null],
    ['pusherId', 1],
    ['singleAudio', 2],
    ['profile', 'SD'],
    ['THIS', 'page'],
  ]
  for (const [name, value] of wrong) {
    publisher.createInstance({ ...OPTIONS, [name]: value }, undefined, ({ code, message }) => {
      failures.push(`${code} ${message}`)
    })
    await clock.advance(0)
  }
  expect(failures.map((line) => /^BAD_CONFIG vhall: (\w+)/.exec(line)?.[1])).toEqual(wrong.map(([name]) => name))
})

test('says by fail that urlSource is missing, or why it gave no URL', async () => {
  const { clock, page, publisher } = openPage()
  const failures: string[] = []
  const create = async (): Promise<void> => {
    publisher.createInstance(OPTIONS, undefined, ({ code, message }) => failures.push(`${code}: ${message}`))
    await clock.advance(URL_MS)
  }
  page.error = new Error('the channel is closed')
  await create()
  VhallPublisher.urlSource = () => ''
  await create()
  VhallPublisher.urlSource = null
  await create()
  expect(failures).toEqual([
    'PUSH_URL_FAILED: the channel is closed',
    'PUSH_URL_FAILED: The URL source gave no URL',
    'BAD_CONFIG: vhall: VhallPublisher.urlSource is not set',
  ])
})

test('destroy leaves nothing and calls no callback any more', async () => {
  const { clock, platform, page, publisher } = openPage()
  const called: unknown[] = []
  publisher.createInstance(
    OPTIONS,
    (result) => called.push(result),
    (error) => called.push(error),
  )
  publisher.destroy()
  publisher.destroy()
  await clock.advance(60_000)
  expect(called).toEqual([])
  expect(page.asked).toHaveLength(1)
  expect(platform.armedTimers + platform.listeners).toBe(0)
})

test('is a publisher: every method of the tag, bound, and its phase', async () => {
  const { clock, tag, publisher, publishing } = openPage()
  expect(publisher.phase).toBe('idle')
  await publishing()
  expect(publisher.phase).toBe('running')
  const { switchCamera, setMICVolume } = publisher
  await clock.settle(Promise.all([switchCamera(), setMICVolume({ volume: 0.5 })]))
  expect(tag.calls).toEqual(['start', 'switchCamera', 'setMICVolume'])
})

test('finds the tag of a page by itself', async () => {
  const { clock, platform, tag } = openPage()
  const asked: unknown[][] = []
  Object.assign(globalThis, {
    wx: {
      createLivePusherContext: (...args: unknown[]) => {
        asked.push(args)
        return tag.context
      },
    },
  })
  try {
    const THIS = {}
    for (const options of [
      { ...OPTIONS, THIS },
      { ...OPTIONS, pusherId: undefined },
    ]) {
      const publisher = new VhallPublisher({ platform })
      publisher.createInstance(options)
      await clock.settle(publisher.start())
      publisher.destroy()
    }
    const withTag = asked.filter(({ length }) => length > 0)
    expect(withTag[0]).toEqual(['pusher', THIS])
    expect(withTag[0]?.[1]).toBe(THIS)
    expect(asked.length).toBeGreaterThan(withTag.length)
  } finally {
    Reflect.deleteProperty(globalThis, 'wx')
  }
})
