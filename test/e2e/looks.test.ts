import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../support/browser'
import { startChildServer, type ChildServer } from '../support/child-server'
import { until } from '../support/until'

/** What a finger hits, px. */
const TOUCH_PX = 40

let server: ChildServer
let browser: Browser

beforeAll(async () => {
  server = await startChildServer()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

afterEach(() => Promise.all(browser.contexts().map((context) => context.close())))

async function openAt(width: number, address: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 844 }, permissions: ['clipboard-write'] })
  const page = await context.newPage()
  await page.goto(server.url + address)
  await page.locator('button:visible').first().waitFor()
  return page
}

/** Visible controls of the page itself, not of its phones, that a finger would miss: name, width and height of what can be hit. */
function hardToHit(page: Page, least: number): Promise<string[]> {
  return page.evaluate((touch) => {
    const isPart = (control: Element, x: number, y: number): boolean => {
      const hit = document.elementFromPoint(x, y)
      return control.contains(hit) || (control.closest('label')?.contains(hit) ?? false)
    }
    const reach = (control: Element, x: number, y: number, dx: number, dy: number): number => {
      let steps = 0
      while (steps < touch && isPart(control, x + dx * (steps + 1), y + dy * (steps + 1))) steps++
      return steps
    }
    return [...document.querySelectorAll('button, a[href], input')].flatMap((control) => {
      if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return []
      control.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
      const box = control.getBoundingClientRect()
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
      const width = 1 + reach(control, x, y, -1, 0) + reach(control, x, y, 1, 0)
      const height = 1 + reach(control, x, y, 0, -1) + reach(control, x, y, 0, 1)
      const name = control.getAttribute('data-testid') ?? control.textContent
      return Math.min(width, height) < touch ? [`${name}: ${width}×${height}`] : []
    })
  }, least)
}

const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

test.each([
  '?demo=rtc-room&lang=en',
  '?demo=live-room',
  '?demo=webrtc-room&lang=en',
  '?demo=providers',
  '?demo=room-template&lang=en',
  '?demo=app',
  'desk.html?lang=en',
])('at 390 px %s does not scroll sideways, and a finger hits every control', async (address) => {
  const page = await openAt(390, address)
  expect(await overhang(page)).toBe(0)
  expect(await hardToHit(page, TOUCH_PX)).toEqual([])
})

test.each([
  [768, '?demo=rtc-room&lang=en'],
  [768, '?demo=webrtc-room'],
  [1024, '?demo=live-room&lang=en'],
  [1024, '?demo=providers&lang=en'],
  [1200, '?demo=room-template&lang=en'],
])('at %i px %s does not scroll sideways', async (width, address) => {
  expect(await overhang(await openAt(width, address))).toBe(0)
})

test('what copies says so and then looks as before, in both languages', async () => {
  const page = await openAt(1440, '?roomId=8021&lang=en')
  const copy = page.getByTestId('copy-room')
  expect(await copy.getAttribute('title')).toBe('Copy the room number')
  await copy.evaluate((button) => {
    const names: (string | null)[] = []
    new MutationObserver(() => {
      names.push(button.getAttribute('aria-label'))
      document.body.dataset.names = names.join(', ')
    }).observe(button, { attributeFilter: ['aria-label'] })
  })
  await copy.click()
  await until(
    'both names',
    async () => (await page.locator('body').getAttribute('data-names')) === 'Copied, Copy the room number',
  )
  await page.getByTestId('lang-zh').click()
  expect(await copy.getAttribute('title')).toBe('复制房间号')
})

test('the fields of a page in a phone have the names that the page gives them', async () => {
  const page = await openAt(1440, '?roomId=8021&lang=en')
  await page.frameLocator('[data-testid="frame-A"]').getByRole('textbox', { name: 'Your name' }).waitFor()
})
