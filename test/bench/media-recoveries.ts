import type { Frame, Page } from 'playwright-core'
import { ageOf, idHash } from '../../examples/playground/runtime/media/clock-code'
import { launchBrowser } from '../support/browser'
import { readBurnedClock } from '../support/burned-clock'
import { startSplitPlayground, type SplitPlayground } from '../support/split/split-playground'
import { until } from '../support/until'

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
      const frames = await until('two phones', async () => {
        const found = page.frames().filter((frame) => frame.url().includes('/phone.html'))
        return found.length === 2 && found
      })
      const phones = frames as [Frame, Frame]
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
  const draws = (frame: Frame, userId: string) =>
    until(
      `a new picture of ${userId}`,
      async () => {
        const picture = `[data-remote="1"][data-user-id="${userId}"][data-state="playing"]`
        const reading = await readBurnedClock(frame, picture)
        const now = Date.now()
        return reading?.idHash === idHash(userId) && now - ageOf(reading, now) > moment
      },
      PATIENCE_MS,
    )
  await Promise.all([draws(a, userOf(b)), draws(b, userOf(a))])
}

function userOf(frame: Frame): string {
  return new URL(frame.url()).searchParams.get('userId') ?? ''
}
