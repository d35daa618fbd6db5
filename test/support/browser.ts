import { chromium, type Browser, type Page } from 'playwright-core'
import type { PhoneChannel, PhoneEvent } from '../../examples/playground/runtime/phone-channel'
import { findChromium } from '../setup/chromium'

/** Longest wait for something that is bound to happen, ms: two loaded cores encode and decode several streams. */
const PATIENCE_MS = 30_000

/** `absent`: no camera and no microphone, fake or real; what Chromium then captures of a screen is a real tab. */
export type CapturePermission = 'granted' | 'refused' | 'absent'

const DEVICES: Readonly<Record<CapturePermission, readonly string[]>> = {
  granted: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  refused: ['--use-fake-device-for-media-stream', '--deny-permission-prompts'],
  absent: [],
}

/** Real Chromium with a fake camera and microphone. Close it with the test. @param more arguments of the command line */
export async function launchBrowser(
  permission: CapturePermission = 'granted',
  more: readonly string[] = [],
): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) {
    throw new Error('No Chromium: install it (Debian: apt-get install chromium), or name one in ROOMLET_CHROMIUM')
  }
  const args = ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', ...DEVICES[permission]]
  return chromium.launch({ executablePath, args: [...args, ...more] })
}

/** Ends the browser as a crash does: no page hears of it, so none can say goodbye. Closing a page lets it leave its room. */
export async function crashBrowser(browser: Browser): Promise<void> {
  const gone = new Promise((resolve) => browser.once('disconnected', resolve))
  const session = await browser.newBrowserCDPSession()
  // the answer is lost with the browser
  session.send('Browser.crash').catch(() => undefined)
  await gone
  await browser.close()
}

/** One phone page in a browser context of its own. */
export async function openPhone(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 375, height: 812 }, hasTouch: false })
  const page = await context.newPage()
  await page.goto(url)
  await page.waitForFunction(() => window.roomletPhone !== undefined)
  return page
}

/** What the phone has told so far. */
export function phoneHistory(page: Page): Promise<PhoneEvent[]> {
  return page.evaluate(() => [...(window.roomletPhone as PhoneChannel).history])
}

/** The codes of statechange and error events of one kind of element, in order. */
export async function mediaCodes(page: Page, element: 'live-pusher' | 'live-player'): Promise<number[]> {
  const events = await phoneHistory(page)
  return events.flatMap((event) =>
    event.type === 'media' && event.element === element && event.code !== undefined ? [event.code] : [],
  )
}

/** Waits until the phone has told of this code at least `count` times. */
export async function untilCode(
  page: Page,
  element: 'live-pusher' | 'live-player',
  code: number,
  count = 1,
): Promise<void> {
  await page.waitForFunction(
    ([wantedElement, wantedCode, wantedCount]) =>
      (window.roomletPhone?.history ?? []).filter(
        (event) => event.type === 'media' && event.element === wantedElement && event.code === wantedCode,
      ).length >= wantedCount,
    [element, code, count] as const,
    { timeout: PATIENCE_MS },
  )
}
