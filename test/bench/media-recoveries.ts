import type { Frame, Page } from 'playwright-core'
import { launchBrowser } from '../support/browser'
import { drawsSince, phonesOn, userOf } from '../support/phone-pictures'
import { startSplitPlayground, type SplitPlayground } from '../support/split/split-playground'

const CUT_MS = 3_000
const PATIENCE_MS = 60_000

interface Scene {
  readonly playground: SplitPlayground
  readonly page: Page
  readonly phones: readonly [Frame, Frame]
}

/** Breaks something for real. @returns when recovery became possible, ms since 1970 */
type Fault = (scene: Scene) => Promise<number>

const FAULTS: Readonly<Record<string, Fault>> = {
  'the media server is killed and comes back': async ({ playground }) => {
    await playground.media.kill()
    return playground.media.start()
  },
  'RoomService is killed and comes back with an empty memory': async ({ playground }) => {
    await playground.rooms.kill()
    return playground.rooms.start()
  },
  [`every socket is cut for ${CUT_MS} ms`]: async ({ playground }) => {
    await playground.front.cut(CUT_MS)
    return Date.now()
  },
  [`one phone is offline for ${CUT_MS} ms`]: async ({ page, phones: [phone] }) => {
    const setOnline = (online: boolean) => phone.evaluate((is) => window.roomletPhone?.setOnline(is), online)
    await setOnline(false)
    await page.waitForTimeout(CUT_MS)
    await setOnline(true)
    return Date.now()
  },
}

/** ms from the moment at which recovery was possible until both phones draw a picture filmed after it; 60 s and more = they never did. */
export async function measureRecoveries(): Promise<Record<string, number>> {
  const playground = await startSplitPlayground()
  const browser = await launchBrowser()
  const times: Record<string, number> = {}
  try {
    for (const [name, breakIt] of Object.entries(FAULTS)) {
      const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
      await page.goto(`${playground.url}?demo=rtc-room&autostart=1`)
      const phones = (await phonesOn(page, 2)) as [Frame, Frame]
      await drawnSince(phones, Date.now())
      const moment = await breakIt({ playground, page, phones })
      // what takes longer is a figure as well: that of having waited so long in vain
      await drawnSince(phones, moment).catch(() => undefined)
      times[name] = Date.now() - moment
      await page.context().close()
    }
  } finally {
    await browser.close()
    await playground.close()
  }
  return times
}

/** Waits until both draw a picture of the other that was filmed after this moment. */
async function drawnSince([a, b]: readonly [Frame, Frame], moment: number): Promise<void> {
  await Promise.all([drawsSince(a, userOf(b), moment, PATIENCE_MS), drawsSince(b, userOf(a), moment, PATIENCE_MS)])
}
