import type { Browser, Frame, Page } from 'playwright-core'
import { launchBrowser } from '../support/browser'
import { drawsSince, historyOf, phonesOn, userOf } from '../support/phone-pictures'
import { startSplitPlayground, type SplitPlayground } from '../support/split/split-playground'
import { until } from '../support/until'

/** A bound against hanging: it takes a second or two, and what is printed and benched tells how long. */
const DRAWN_AGAIN_WITHIN_MS = 45_000
const CUT_MS = 3_000

let playground: SplitPlayground
let browser: Browser
let page: Page
let phones: readonly [Frame, Frame]

beforeAll(async () => {
  playground = await startSplitPlayground()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await playground?.close()
})

beforeEach(async () => {
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.goto(`${playground.url}?demo=rtc-room&autostart=1`)
  phones = (await phonesOn(page, 2)) as [Frame, Frame]
  await drawnSince(Date.now())
})

afterEach(() => page.context().close())

/** Waits until both phones draw a picture of the other that was captured after this moment, ms since 1970. */
async function drawnSince(moment: number, withinMs?: number): Promise<void> {
  const [a, b] = phones
  await Promise.all([drawsSince(a, userOf(b), moment, withinMs), drawsSince(b, userOf(a), moment, withinMs)])
}

/** A text goes both ways: the room is whole again, not only the pictures. */
async function textsArrive(): Promise<void> {
  const [a, b] = phones
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    const text = `还在吗 ${userOf(from)}?`
    await from.evaluate(async (words) => {
      const room = window.roomletPhone?.page?.selectComponent('#room') as { sendTextMsg(text: string): Promise<void> }
      await room.sendTextMsg(words)
    }, text)
    await until(`"${text}" at the other phone`, async () =>
      (await historyOf(to)).some((event) => event.type === 'component' && JSON.stringify(event.detail).includes(text)),
    )
  }
}

/** Nothing that the library should have mended by itself was told as an error. */
async function noErrors(): Promise<void> {
  for (const frame of phones) {
    const errors = (await historyOf(frame)).filter(
      (event) => event.type === 'component' && JSON.stringify(event.detail).includes('"tag":"error"'),
    )
    expect(errors).toEqual([])
  }
}

/** `moment` = when recovery became possible, ms since 1970. */
async function recovered(fault: string, moment: number): Promise<void> {
  await drawnSince(moment, DRAWN_AGAIN_WITHIN_MS)
  process.stdout.write(`faults: ${fault}: both directions drawn again after ${Date.now() - moment} ms\n`)
  await textsArrive()
  await drawnSince(Date.now())
  await noErrors()
}

test('the media server is killed and comes back', async () => {
  await playground.media.kill()
  await recovered('media server killed', await playground.media.start())
})

test('RoomService is killed and comes back with an empty memory', async () => {
  await playground.rooms.kill()
  await recovered('RoomService killed', await playground.rooms.start())
})

test('both are killed and come back', async () => {
  await Promise.all([playground.rooms.kill(), playground.media.kill()])
  const moments = await Promise.all([playground.rooms.start(), playground.media.start()])
  await recovered('both killed', Math.max(...moments))
})

test('every socket is cut for three seconds', async () => {
  await playground.front.cut(CUT_MS)
  await recovered(`sockets cut for ${CUT_MS} ms`, Date.now())
})

test('one phone is offline for three seconds', async () => {
  const [a] = phones
  const setOnline = (online: boolean) => a.evaluate((is) => window.roomletPhone?.setOnline(is), online)
  await setOnline(false)
  await page.waitForTimeout(CUT_MS)
  await setOnline(true)
  await recovered(`one phone offline for ${CUT_MS} ms`, Date.now())
})
