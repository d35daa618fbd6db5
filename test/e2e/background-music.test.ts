import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { buildPlayground } from '../../examples/playground/build'
import { startPlayground, type Playground } from '../../examples/playground/playground'
import type { PhoneEvent } from '../../examples/playground/runtime/phone-channel'
import { launchBrowser, phoneHistory } from '../support/browser'
import { AUDIBLE, loudspeakerLevel, probeSound, toneLevel } from '../support/sound-probe'
import { until } from '../support/until'
import { wavTone } from '../support/wav-tone'

/** Far from the beep of Chromium's fake microphone and its overtones, which are odd multiples of 400 Hz. */
const TONE_HZ = 3000
/** Longer than a test may take, so that no step of it meets the end. */
const LONG = wavTone({ hz: TONE_HZ, seconds: 240, level: 0.5 })
const LONG_URL = 'https://music.test/long.wav'
/** Never answered. */
const SLOW_URL = 'https://music.test/slow.wav'
const BROKEN_URL = 'https://music.test/no-music.wav'
/** The tone at the page's volume of 60 % is at 0.3, what a codec adds to silence far below. */
const HEARD = 0.05
const SILENT = 0.01
/** Bounds against hanging. The fake camera, opened anew, may give no picture for most of a minute. */
const READY_WITHIN_MS = 120_000
const TEST_WITHIN_MS = 300_000
/** A pause in the network's delivery may sound like silence for some readings. */
const READINGS_OF_SILENCE = 20
/** The fake microphone beeps twice a second, and a reading may fall between two beeps. */
const READINGS_WITHOUT_A_BEEP = 60
const PUBLISHED = 1002
const MUSIC_FAILED = 10003

jest.setTimeout(TEST_WITHIN_MS)

let folder: string
let playground: Playground
let browser: Browser
let pusher: Page
let player: Page

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'roomlet-music-'))
  await buildPlayground({ out: folder })
  playground = await startPlayground({ host: '127.0.0.1', port: 0, rtmpPort: 0, basePath: '', files: folder })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await playground?.close()
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  pusher = await phoneWith('pages/push/push')
  player = await phoneWith('pages/play/play')
  await hearsMicrophone()
  await part('page-mute').click()
  await part('page-settings').click()
})

afterEach(() => Promise.all([pusher, player].map((page) => page?.context().close())))

async function phoneWith(page: string): Promise<Page> {
  const phone = await (await browser.newContext({ viewport: { width: 375, height: 812 } })).newPage()
  await probeSound(phone)
  await phone.route('https://music.test/**', (route) => {
    const url = route.request().url()
    if (url === SLOW_URL) return
    const body = url === LONG_URL ? LONG : Buffer.from('<!doctype html>')
    return route.fulfill({ body, headers: { 'access-control-allow-origin': '*' } })
  })
  await phone.goto(`${playground.url}phone.html?lang=en&page=${page}&roomId=music&mode=RTC&autostart=1`)
  await until(`${page} to run`, async () => (await dataOf(phone)).phase === 'running', READY_WITHIN_MS)
  return phone
}

const part = (id: string) => pusher.locator(`[id$="${id}"]`)

function dataOf(phone: Page): Promise<Readonly<Record<string, unknown>>> {
  return phone.evaluate(() => ({ ...window.roomletPhone?.page?.data }))
}

async function play(url: string): Promise<void> {
  await part('page-music-url').locator('input').fill(url)
  await part('page-music-play').click()
}

/** What the tag answers. */
function playBGM(url: string): Promise<string> {
  return pusher.evaluate((wanted) => {
    const context = (window.roomletPhone?.wx as typeof wx).createLivePusherContext()
    return new Promise((resolve) => context.playBGM({ url: wanted, complete: ({ errMsg }) => resolve(errMsg) }))
  }, url)
}

async function shows(wanted: Readonly<Record<string, unknown>>): Promise<void> {
  await until(JSON.stringify(wanted), async () => {
    const data = await dataOf(pusher)
    return Object.entries(wanted).every(([key, value]) => data[key] === value)
  })
}

async function hears(): Promise<void> {
  await until('the music at the other phone', async () => (await toneLevel(player, TONE_HZ)) > HEARD, READY_WITHIN_MS)
}

async function hearsMicrophone(): Promise<void> {
  await until('the microphone', async () => (await loudspeakerLevel(player)) > AUDIBLE, READY_WITHIN_MS)
}

async function silence(read: () => Promise<number>, readings: number): Promise<void> {
  let silent = 0
  const enough = async (): Promise<boolean> => {
    silent = (await read()) < SILENT ? silent + 1 : 0
    return silent >= readings
  }
  await until('silence at the other phone', enough, READY_WITHIN_MS)
}

async function hearsNothing(): Promise<void> {
  await silence(() => toneLevel(player, TONE_HZ), READINGS_OF_SILENCE)
}

function isPublished(event: PhoneEvent): boolean {
  return event.type === 'media' && event.code === PUBLISHED
}

/** Music and what failed of it, as the page was told of it. */
async function told(): Promise<readonly (string | number)[]> {
  const ofMusic = (event: PhoneEvent): (string | number)[] => {
    if (event.type !== 'media' || event.element !== 'live-pusher') return []
    if (event.event === 'error') return [event.code ?? 0]
    return event.event.startsWith('bgm') ? [event.event] : []
  }
  return (await phoneHistory(pusher)).flatMap(ofMusic)
}

test('the other phone hears the music while the microphone is muted, until it is paused, silenced or stopped', async () => {
  await hearsNothing()
  await play(LONG_URL)
  await hears()
  await shows({ bgm: 'playing', muted: true })
  await until('its progress', async () => /^[1-9]\d* \/ 240 s$/.test(String((await dataOf(pusher)).bgmText)))

  await part('page-music-play').click()
  await shows({ bgm: 'paused' })
  await hearsNothing()
  await part('page-music-play').click()
  await shows({ bgm: 'playing' })
  await hears()

  const volume = part('page-music-volume').locator('input')
  await volume.fill('0')
  await hearsNothing()
  await volume.fill('60')
  await hears()

  await part('page-music-stop').click()
  await hearsNothing()
  // it was stopped, and has not come to its end
  expect(await told()).toEqual(['bgmstart'])
})

test('the melody of the example app is played to its end, which is told', async () => {
  await part('page-music-play').click()
  await until('its end', async () => (await told()).includes('bgmcomplete'), READY_WITHIN_MS)
  await shows({ bgm: 'off', bgmText: '' })
  expect(await told()).toEqual(['bgmstart', 'bgmcomplete'])
})

test('music that cannot be decoded, or is not there, is refused and told as code 10003', async () => {
  const decoding = await playBGM(BROKEN_URL)
  expect(decoding).toMatch(/^playBGM:fail the music cannot be decoded: ./)
  const loading = await playBGM(`${playground.url}assets/none.mp3`)
  expect(loading).toBe('playBGM:fail the music cannot be loaded: HTTP 404')
  expect(await told()).toEqual([MUSIC_FAILED, MUSIC_FAILED])
})

test('music ends with the run of the tag: begun anew, the stream has the microphone alone', async () => {
  await play(LONG_URL)
  await hears()
  const runs = async (): Promise<number> => (await phoneHistory(pusher)).filter(isPublished).length
  // a slow camera may have cost it more than one already
  const before = await runs()
  await part('page-mode-HD').click()
  await until('the next run', async () => (await runs()) > before, READY_WITHIN_MS)
  await shows({ mode: 'HD', phase: 'running', bgm: 'off' })
  await hearsNothing()
  await play(LONG_URL)
  await hears()
})

test('a page that is closed fetches its music no longer', async () => {
  const failed: string[] = []
  pusher.on('requestfailed', (request) => {
    if (request.url() === SLOW_URL) failed.push(request.failure()?.errorText ?? '')
  })
  const asked = pusher.waitForRequest(SLOW_URL, { timeout: READY_WITHIN_MS })
  await play(SLOW_URL)
  await asked
  await shows({ bgm: 'loading' })
  await pusher.evaluate(() => window.roomletPhone?.close())
  await until('the end of the request', async () => failed.length > 0)
  expect(failed).toEqual(['net::ERR_ABORTED'])
})

test('the microphone is as loud as its volume says', async () => {
  await part('page-sheet-close').click()
  await part('page-mute').click()
  await part('page-settings').click()
  await hearsMicrophone()
  const volume = part('page-mic-volume').locator('input')
  await volume.fill('0')
  await silence(() => loudspeakerLevel(player), READINGS_WITHOUT_A_BEEP)
  await volume.fill('100')
  await hearsMicrophone()
})
