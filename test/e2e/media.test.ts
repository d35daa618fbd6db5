import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { WebSocket } from 'ws'
import { buildPlayground } from '../../examples/playground/build'
import { SDK_APP_ID, startPlayground, type Playground } from '../../examples/playground/playground'
import { createKeys, createStreamUrls, streamNameOf, type StreamUrls } from '../../server/src/index'
import { launchBrowser, mediaCodes, openPhone, phoneHistory, untilCode } from '../support/browser'

const PROGRAM = path.join(__dirname, '../fixtures/media-program')
const SECRET_KEY = 'a key that only this test knows'
/** Longest wait for an answer of the server, ms. */
const ANSWER_MS = 20_000

let folder: string
let playground: Playground
let browser: Browser

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'roomlet-media-'))
  await buildPlayground({ program: PROGRAM, out: folder })
  playground = await startPlayground({
    host: '127.0.0.1',
    port: 0,
    rtmpPort: 0,
    basePath: '',
    files: folder,
    secretKey: SECRET_KEY,
  })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await playground?.close()
  rmSync(folder, { recursive: true, force: true })
})

const phones: Page[] = []
afterEach(async () => {
  await Promise.all(phones.splice(0).map((page) => page.context().close()))
})

/** URLs signed as the RoomService of this playground signs them. */
function urls(nowMs = Date.now()): StreamUrls {
  const keys = createKeys({ sdkAppID: SDK_APP_ID, secretKey: SECRET_KEY })
  return createStreamUrls({ keys, clock: { now: () => nowMs }, rtmpPort: playground.rtmpPort })
}
const reach = () => ({ host: new URL(playground.url).host, secure: false })
const stream = (user: string): string => streamNameOf({ roomID: 'room 1', userID: user })
const pushUrl = (user: string): string => urls().push(reach(), stream(user))
const playUrl = (user: string): string => urls().play(reach(), stream(user))

async function phone(query: Record<string, string>, from = browser): Promise<Page> {
  const page = await openPhone(from, `${playground.url}phone.html?${new URLSearchParams(query).toString()}`)
  phones.push(page)
  return page
}
const publisher = (user: string): Promise<Page> => phone({ push: pushUrl(user) })
const player = (user: string, mode = 'RTC'): Promise<Page> => phone({ play: playUrl(user), mode })

/** Sends the tag a command of its context, the way a component does. */
function command(page: Page, kind: 'Pusher' | 'Player', method: string): Promise<string> {
  return page.evaluate(
    ([name, call]) =>
      new Promise<string>((resolve) => {
        const { wx, page: current } = window.roomletPhone as unknown as {
          wx: Record<string, (id: string, owner: unknown) => Record<string, (options: object) => void>>
          page: unknown
        }
        const context = wx[`createLive${name}Context`]?.(name.toLowerCase(), current)
        context?.[call]?.({ complete: ({ errMsg }: { errMsg: string }) => resolve(errMsg) })
      }),
    [kind, method] as const,
  )
}

/** The codes in the order of their first appearance. */
async function firstCodes(page: Page, element: 'live-pusher' | 'live-player'): Promise<number[]> {
  return [...new Set(await mediaCodes(page, element))]
}

describe('one publishes, one plays', () => {
  test.each(['RTC', 'live'])('mode=%s draws the publisher, with the codes of a phone', async (mode) => {
    const [zhouya, watcher] = await Promise.all([publisher('周 雅.1'), player('周 雅.1', mode)])
    await untilCode(zhouya, 'live-pusher', 1008)
    await untilCode(zhouya, 'live-pusher', 1002)
    await untilCode(watcher, 'live-player', 2032)
    const pushed = await firstCodes(zhouya, 'live-pusher')
    expect(pushed.filter((code) => [1001, 1002].includes(code))).toEqual([1001, 1002])
    expect(pushed.filter((code) => [1003, 1007, 1008].includes(code))).toEqual([1003, 1007, 1008])
    const played = await firstCodes(watcher, 'live-player')
    expect([...played].sort()).toEqual([2001, 2002, 2003, 2004, 2008, 2032])
    expect(played.filter((code) => [2001, 2002, 2004, 2032].includes(code))).toEqual([2001, 2002, 2004, 2032])

    const picture = watcher.locator('[data-remote="1"]')
    await expect(picture.getAttribute('data-user-id')).resolves.toBe('周 雅.1')
    await expect(picture.getAttribute('data-state')).resolves.toBe('playing')
    const own = zhouya.locator('canvas[data-user-id="周 雅.1"]')
    await expect(own.getAttribute('data-state')).resolves.toBe('playing')
    await expect(own.getAttribute('data-remote')).resolves.toBeNull()
  })

  test('the burned-in clock is read back: who it is, and how long the picture took', async () => {
    const [, watcher] = await Promise.all([publisher('limei'), player('limei')])
    await watcher.waitForFunction(
      () =>
        (window.roomletPhone?.history ?? []).filter((event) => event.type === 'measure' && event.name === 'latency')
          .length >= 5,
    )
    const latencies = (await phoneHistory(watcher)).flatMap((event) =>
      event.type === 'measure' && event.name === 'latency' ? [event.ms] : [],
    )
    // two loaded cores are slow, but a wrong clock is off by hours, and a wrong publisher gives no reading at all
    expect(Math.min(...latencies)).toBeGreaterThan(0)
    expect(Math.min(...latencies)).toBeLessThan(5000)
  })

  test('netstatus has the fields and magnitudes of WeChat', async () => {
    const [zhouya, watcher] = await Promise.all([publisher('zhouya'), player('zhouya')])
    for (const [page, element] of [
      [zhouya, 'live-pusher'],
      [watcher, 'live-player'],
    ] as const) {
      await page.waitForFunction((name) => {
        const last = (window.roomletPhone?.history ?? [])
          .filter((event) => event.type === 'media' && event.element === name && event.event === 'netstatus')
          .pop()
        const info = last?.type === 'media' ? last.info : undefined
        return (
          info?.videoWidth === 360 &&
          info.videoHeight === 640 &&
          Number(info.videoFPS) > 0 &&
          Number(info.netSpeed) > 10 &&
          Number(info.netQualityLevel) < 6
        )
      }, element)
    }
  })

  test('a player that comes first waits for the publisher', async () => {
    const watcher = await player('later')
    await untilCode(watcher, 'live-player', 2001)
    await publisher('later')
    await untilCode(watcher, 'live-player', 2004)
    await expect(mediaCodes(watcher, 'live-player')).resolves.not.toContain(2103)
  })

  test('stop releases everything, and start publishes again under the same URL', async () => {
    const zhouya = await publisher('again')
    await untilCode(zhouya, 'live-pusher', 1002)
    await expect(command(zhouya, 'Pusher', 'stop')).resolves.toBe('stop:ok')
    await expect(zhouya.locator('canvas[data-state]').count()).resolves.toBe(0)
    await expect(command(zhouya, 'Pusher', 'start')).resolves.toBe('start:ok')
    await untilCode(zhouya, 'live-pusher', 1002, 2)
  })

  test('a second publisher with the same right takes the stream over; its viewers come along', async () => {
    const first = await publisher('twice')
    const watcher = await player('twice')
    await untilCode(watcher, 'live-player', 2004)
    await publisher('twice')
    await untilCode(first, 'live-pusher', 3004)
    await untilCode(watcher, 'live-player', 2103)
    await untilCode(watcher, 'live-player', 2004, 2)
  })

  test('the network goes and comes: 3004 or 3002, 1102, then 1002 again, and the viewer is back too', async () => {
    const zhouya = await publisher('flaky')
    const watcher = await player('flaky')
    await untilCode(watcher, 'live-player', 2004)
    await zhouya.evaluate(() => window.roomletPhone?.setOnline(false))
    await untilCode(zhouya, 'live-pusher', 1102)
    await zhouya.evaluate(() => window.roomletPhone?.setOnline(true))
    await untilCode(zhouya, 'live-pusher', 1002, 2)
    await untilCode(watcher, 'live-player', 2004, 2)
  })

  test('in the background a publisher is suspended with 5000 and a player with 6000', async () => {
    const zhouya = await publisher('hidden')
    const watcher = await player('hidden')
    await untilCode(watcher, 'live-player', 2004)
    await watcher.evaluate(() => window.roomletPhone?.setForeground(false))
    await untilCode(watcher, 'live-player', 6000)
    await zhouya.evaluate(() => window.roomletPhone?.setForeground(false))
    await untilCode(zhouya, 'live-pusher', 5000)
  })
})

describe('the gate', () => {
  const expired = (): StreamUrls => urls(Date.now() - 48 * 3600_000)
  const unsigned = (url: string): string => url.replace(/\?.*/, '')

  test.each([
    ['unsigned', () => unsigned(pushUrl('x'))],
    ['expired', () => expired().push(reach(), stream('x'))],
    ['signed for someone else', () => pushUrl('y').replace(stream('y'), stream('x'))],
    ['signed for playing', () => playUrl('x')],
  ])('a push URL that is %s is refused: three retries, then -1307', async (_what, url) => {
    const page = await phone({ push: url() })
    await untilCode(page, 'live-pusher', -1307)
    const codes = await mediaCodes(page, 'live-pusher')
    expect(codes.filter((code) => code === 3002)).toHaveLength(4)
    expect(codes.filter((code) => code === 1102)).toHaveLength(3)
    expect(codes).not.toContain(1001)
  })

  test.each([
    ['unsigned', () => unsigned(playUrl('x'))],
    ['expired', () => expired().play(reach(), stream('x'))],
    ['signed for someone else', () => playUrl('y').replace(stream('y'), stream('x'))],
  ])('a play URL that is %s is refused: three retries, then -2301', async (_what, url) => {
    const page = await phone({ play: url(), mode: 'RTC' })
    await untilCode(page, 'live-player', -2301)
    const codes = await mediaCodes(page, 'live-player')
    expect(codes).toEqual([2103, 2103, 2103, -2301])
    await expect(page.locator('[data-remote="1"]').getAttribute('data-state')).resolves.toBe('failed')
  })

  test('HTTP-FLV asks the gate too', async () => {
    const flv = urls().playFlv(reach(), stream('nobody'))
    await expect(fetch(unsigned(flv)).then(({ status }) => status)).resolves.toBe(403)
    await expect(fetch(flv.replace('.flv', '.mp4')).then(({ status }) => status)).resolves.toBe(404)
    const abort = new AbortController()
    const response = await fetch(flv, { signal: abort.signal })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'video/x-flv'])
    abort.abort()
  })
})

describe('refused devices', () => {
  test('without permission the camera gives 10001 and -1301, and nothing is published', async () => {
    const strict = await launchBrowser('refused')
    try {
      const page = await phone({ push: pushUrl('refused') }, strict)
      await untilCode(page, 'live-pusher', -1301)
      await expect(mediaCodes(page, 'live-pusher')).resolves.toEqual([10001, -1301])
      await expect(page.locator('canvas').getAttribute('data-state')).resolves.toBe('failed')
    } finally {
      await strict.close()
    }
  })

  test('a refused microphone gives 10002 and -1302', async () => {
    const page = await phone({ push: pushUrl('mute'), microphone: 'denied' })
    await untilCode(page, 'live-pusher', -1302)
    await expect(mediaCodes(page, 'live-pusher')).resolves.toEqual(expect.arrayContaining([10002, -1302]))
    await expect(mediaCodes(page, 'live-pusher')).resolves.not.toContain(1001)
  })

  test('a machine without camera and microphone publishes a test picture and says so', async () => {
    const page = await phone({ push: pushUrl('bare'), camera: 'none', microphone: 'none' })
    const watcher = await player('bare')
    await untilCode(watcher, 'live-player', 2004)
    const log = (await phoneHistory(page)).flatMap((event) => (event.type === 'log' ? [event.message] : []))
    expect(log.join()).toMatch(/no camera/)
    expect(log.join()).toMatch(/no microphone/)
  })
})

describe('hostile peers leave everyone else alone', () => {
  const socketUrl = (suffix: string): string => `${playground.url.replace('http', 'ws')}${suffix}`

  /** How the attempt ended: the HTTP status of a refusal, or 'closed' after an accepted upgrade. */
  function attempt(url: string, send?: Buffer): Promise<number | 'closed'> {
    return new Promise((resolve) => {
      const socket = new WebSocket(url, 'publisher')
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
      socket.on('error', () => {})
      socket.on('open', () => send && socket.send(send))
      // let in: what it sent stands before this close in the same stream of bytes
      socket.on('message', () => socket.close())
      socket.on('close', () => resolve('closed'))
    })
  }

  function rtmpAttempt(bytes: Buffer): Promise<void> {
    return new Promise((resolve) => {
      const socket: Socket = connect(playground.rtmpPort, '127.0.0.1', () => socket.write(bytes))
      socket.on('error', () => {})
      socket.on('data', () => {})
      socket.on('close', () => resolve())
      // a server that only waits for more has done no harm
      socket.setTimeout(500, () => socket.destroy())
    })
  }

  test('URLs, frames and handshakes', async () => {
    const [, watcher] = await Promise.all([publisher('steady'), player('steady')])
    await untilCode(watcher, 'live-player', 2004)

    for (const suffix of [
      'live/a%20b.flv',
      'live/.flv',
      'live/../x.flv',
      'live/%00.flv',
      'live/a.flv?%',
      'live/',
      `live/${'a'.repeat(5000)}.flv`,
      'elsewhere',
    ]) {
      expect([404, 403, 'closed']).toContain(await attempt(socketUrl(suffix)))
    }
    const right = pushUrl('mallory')
      .replace(/^rtmp:\/\/[^/]+\//, '')
      .replace('?', '.flv?')
    const noFlv = Buffer.from('this is no FLV'.repeat(100))
    const endlessTag = Buffer.concat([Buffer.from('FLV\x01\x05\0\0\0\x09\0\0\0\0'), Buffer.alloc(4000, 0xff)])
    expect(await attempt(socketUrl(right), noFlv)).toBe('closed')
    expect(await attempt(socketUrl(right), endlessTag)).toBe('closed')
    await rtmpAttempt(Buffer.from('GET / HTTP/1.1\r\n\r\n'))
    await rtmpAttempt(Buffer.concat([Buffer.from([3]), Buffer.alloc(3072, 0xff), Buffer.alloc(20_000, 0x5a)]))
    await rtmpAttempt(rtmpConnect('no url at all'))

    const before = (await mediaCodes(watcher, 'live-player')).length
    const frames = await drawnFrames(watcher)
    await watcher.waitForFunction(
      (count) => {
        const last = (window.roomletPhone?.history ?? []).filter(
          (event) => event.type === 'measure' && event.name === 'latency',
        )
        return last.length > count
      },
      frames + 2,
      { timeout: ANSWER_MS },
    )
    expect((await mediaCodes(watcher, 'live-player')).slice(before)).not.toContain(2103)
  })
})

/** How often the latency was measured, which needs a newly drawn picture. */
async function drawnFrames(page: Page): Promise<number> {
  return (await phoneHistory(page)).filter((event) => event.type === 'measure' && event.name === 'latency').length
}

/** A whole handshake and a connect command with this tcUrl, in one go. */
function rtmpConnect(tcUrl: string): Buffer {
  const text = (value: string): Buffer =>
    Buffer.concat([Buffer.from([value.length >> 8, value.length & 255]), Buffer.from(value)])
  const field = (name: string, value: string): Buffer => Buffer.concat([text(name), Buffer.from([2]), text(value)])
  const body = Buffer.concat([
    Buffer.from([2]),
    text('connect'),
    Buffer.from([0, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 3]),
    field('app', 'live'),
    field('tcUrl', tcUrl),
    Buffer.from([0, 0, 9]),
  ])
  const header = Buffer.from([3, 0, 0, 0, 0, 0, body.length, 20, 0, 0, 0, 0])
  return Buffer.concat([Buffer.from([3]), Buffer.alloc(1536), Buffer.alloc(1536), header, body])
}
