import type { Browser, Frame, Page } from 'playwright-core'
import { idHash } from '../../examples/playground/runtime/media/clock-code'
import { launchBrowser } from '../support/browser'
import { readBurnedClock } from '../support/burned-clock'
import { drawsSince, phonesOn } from '../support/phone-pictures'
import { startSplitPlayground, type SplitPlayground } from '../support/split/split-playground'
import { until } from '../support/until'

/** A bound against hanging. The fake camera, opened anew, may give no picture for most of a minute. */
const BACK_WITHIN_MS = 180_000
const FRAMES = 20
const STREAM = 'e2e'
const PICTURE = `[data-remote="1"][data-user-id="${STREAM}"][data-state="playing"]`

let playground: SplitPlayground
let browser: Browser
let page: Page

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
})

afterEach(() => page.context().close())

async function opened(): Promise<readonly [pusher: Frame, player: Frame]> {
  await page.goto(`${playground.url}?demo=push-play&roomId=${STREAM}&autostart=1`)
  return (await phonesOn(page, 2)) as [Frame, Frame]
}

/** Waits until as many different pictures of the stream have been drawn: each carries the moment of its capture. */
async function countFrames(player: Frame): Promise<void> {
  const seen = new Set<number>()
  await until(`${FRAMES} pictures`, async () => {
    const reading = await readBurnedClock(player, PICTURE)
    if (reading?.idHash === idHash(STREAM)) seen.add(reading.clockMs)
    return seen.size >= FRAMES
  })
}

function pageData(frame: Frame): Promise<Readonly<Record<string, unknown>>> {
  return frame.evaluate(() => ({ ...window.roomletPhone?.page?.data }))
}

async function runs(frame: Frame, withinMs?: number): Promise<Readonly<Record<string, unknown>>> {
  return until(
    'the tag to run',
    async () => {
      const data = await pageData(frame)
      return data.phase === 'running' && data
    },
    withinMs,
  )
}

test('what one phone publishes the other one draws, and both come back after the media server', async () => {
  const [pusher, player] = await opened()
  await countFrames(player)
  const before = await Promise.all([runs(pusher), runs(player)])

  await playground.media.kill()
  // the tags' own tries, with the URL they have, are over: it is the library that goes on
  await until('both to try again', async () => {
    const now = await Promise.all([pageData(pusher), pageData(player)])
    return now.every(({ tries }, index) => Number(tries) > Number(before[index]?.tries))
  })
  const backAt = await playground.media.start()

  await drawsSince(player, STREAM, backAt, BACK_WITHIN_MS)
  await countFrames(player)
  const after = await Promise.all([runs(pusher, BACK_WITHIN_MS), runs(player, BACK_WITHIN_MS)])
  for (const [index, data] of after.entries()) {
    // asked for again, and signed anew
    expect(data.url).not.toBe(before[index]?.url)
    expect(data.toast).toBe('')
  }
})

test('figures stand on both pages, and the card tells where the tag stands', async () => {
  const [pusher, player] = await opened()
  for (const frame of [pusher, player]) {
    await until('its figures', async () => {
      const { bitrate, frames } = await pageData(frame)
      return Number(bitrate) > 0 && Number(frames) > 0
    })
  }
  const phases = page.getByTestId('tag-phase')
  await until('both cards', async () => {
    const told = await phases.evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.current))
    return told.join() === 'running,running'
  })
})

test('a snapshot of either page is a picture, and opens large', async () => {
  const [pusher, player] = await opened()
  await countFrames(player)
  for (const frame of [pusher, player]) {
    await frame.locator('[id$="page-snapshot"]').click()
    await frame.locator('[id$="page-shot"]').click()
    const picture = frame.locator('.phone-viewer img')
    await until('the picture', () => picture.evaluate((image: HTMLImageElement) => image.naturalWidth > 0))
    await picture.click()
    expect(await frame.locator('.phone-viewer').count()).toBe(0)
  }
})
