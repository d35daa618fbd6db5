import { createPublisher } from '../../src/media/publisher'
import type { CreatePublisherOptions, Publisher, PublisherEvents } from '../../src/media/publisher'
import { PUBLISHER_METHODS } from '../../src/media/publisher-methods'
import { createDefaultPolicy } from '../../src/room/default-policy'
import { RENDER_MS } from './fake-host'
import { createFakePlatform } from './fake-platform'
import { createFakeTagContext } from './fake-tag-context'
import { VirtualClock } from './virtual-clock'

/** How long the page's server takes for a URL. */
export const URL_MS = 100

/** Publishes within this time when nothing is in the way: URL, setData, and the native start. */
export const START_MS = URL_MS + RENDER_MS

const EVENTS = [
  'connected',
  'reconnecting',
  'reconnectReady',
  'reconnected',
  'reconnectFail',
] as const satisfies readonly (keyof PublisherEvents)[]

/** A page with a bare live-pusher: its server, its setData, its handlers, and everything that happened on it. */
export function openPublisherPage(change: Partial<CreatePublisherOptions> = {}) {
  const clock = new VirtualClock()
  const platform = createFakePlatform({ clock })
  const tag = createFakeTagContext(clock, Object.keys(PUBLISHER_METHODS))
  const news: string[] = []
  const server = { error: null as unknown, asked: 0 }
  const page = { url: '', hasTag: true }
  const options = {
    platform,
    policy: createDefaultPolicy(platform),
    context: () => (page.hasTag ? tag.context : null),
    url: () =>
      new Promise<string>((resolve, reject) => {
        const version = (server.asked += 1)
        clock.setTimer(URL_MS, () => (server.error ? reject(server.error) : resolve(`rtmp://push?v=${version}`)))
      }),
    setUrl: (url: string, done: () => void) => {
      page.url = url
      clock.setTimer(RENDER_MS, done)
    },
    ...change,
  } as CreatePublisherOptions
  const publisher = createPublisher(options)
  noteEvents(publisher, news)
  return {
    clock,
    platform,
    tag,
    news,
    server,
    page,
    publisher,
    /** The tag reports this code by statechange. */
    says: (code: number, message = '') => publisher.statechange({ detail: { code, message } }),
    /** Publishing, as far as the tag and the page can tell. */
    async publishing(): Promise<void> {
      void publisher.start()
      await clock.advance(START_MS)
      publisher.statechange({ detail: { code: 1002 } })
    },
  }
}

export type PublisherPage = ReturnType<typeof openPublisherPage>

function noteEvents(publisher: Publisher, news: string[]): void {
  for (const name of EVENTS) {
    publisher.on(name, (detail?: unknown) => {
      const { attempt, url, code, error } = Object(detail) as Record<string, { code?: string }>
      news.push([name, attempt, url, code, error?.code].filter((part) => part !== undefined).join(' '))
    })
  }
}
