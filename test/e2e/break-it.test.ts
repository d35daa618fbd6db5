import type { Browser, Frame, Page } from 'playwright-core'
import type { FaultName } from '../../examples/playground/runtime/phone-channel'
import { launchBrowser } from '../support/browser'
import { startChildServer, type ChildServer } from '../support/child-server'
import { drawsSince, historyOf, phonesOn, roomTagsOf, userOf } from '../support/phone-pictures'
import { noteTileStates, tileStatesOf } from '../support/tile-states'
import { until } from '../support/until'

/** The longest fault lasts 10 s, and a tag may then wait for its next try; two loaded cores need their time as well. */
const HEALED_WITHIN_MS = 45_000

let server: ChildServer
let browser: Browser
let page: Page
let phones: readonly [Frame, Frame]

beforeAll(async () => {
  server = await startChildServer()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function startCall(): Promise<void> {
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.goto(`${server.url}?demo=rtc-room&autostart=1&lang=en`)
  phones = (await phonesOn(page, 2)) as [Frame, Frame]
  await bothDrawSince(0)
  // what is broken here counts from a call that stands: the panel itself says so
  await Promise.all(phones.map(noteTileStates))
}

afterEach(() => page.context().close())

async function bothDrawSince(moment: number): Promise<void> {
  const [a, b] = phones
  await Promise.all([drawsSince(a, userOf(b), moment), drawsSince(b, userOf(a), moment)])
}

/** Aims at the second phone and presses. */
async function breakSecond(fault: FaultName): Promise<void> {
  await page.getByTestId('break-target-B').click()
  await page.getByTestId(`break-${fault}`).click()
  await logged('B', `fault ${fault}`, 1)
}

const result = () => page.getByTestId('fault-result')

const heightOfPanel = () => page.getByTestId('break-panel').evaluate((panel) => panel.getBoundingClientRect().height)

async function logged(letter: string, name: string, count: number): Promise<void> {
  const rows = page.getByTestId(`phone-${letter}`).locator(`[data-testid="log-row"][data-name="${name}"]`)
  await until(`${count} × "${name}" in the log`, async () => (await rows.count()) >= count, HEALED_WITHIN_MS)
}

/** The panel says that the call is back, and it is: both directions are drawn, captured after that. */
async function healed(fault: FaultName): Promise<void> {
  await until(
    `the recovery from ${fault}`,
    async () => (await result().getAttribute('data-state')) === 'recovered',
    HEALED_WITHIN_MS,
  )
  const { ms = '', fault: named } = await result().evaluate((node) => ({ ...(node as HTMLElement).dataset }))
  expect(named).toBe(fault)
  expect(Number(ms)).toBeGreaterThanOrEqual(0)
  process.stdout.write(`break it: ${fault}: back ${ms} ms after it was mended\n`)
  await logged('B', `fault ${fault}`, 2)
  await bothDrawSince(Date.now())
}

const codesOf = async (frame: Frame, element: 'live-pusher' | 'live-player'): Promise<number[]> =>
  (await historyOf(frame)).flatMap((event) =>
    event.type === 'media' && event.element === element && event.code !== undefined ? [event.code] : [],
  )

/** Whatever has happened to it: a tag's own retries, then the library's. */
const WAITING = /stalled|reconnecting/

const statesOf = async (frame: Frame, whose: Frame): Promise<string> =>
  (await tileStatesOf(frame, userOf(whose))).join()

describe('in a call', () => {
  beforeEach(startCall)

  test('a cut socket: the room says that it reconnects, the pictures go on, and it comes back', async () => {
    const [a, b] = phones
    const height = await heightOfPanel()
    await breakSecond('socket')
    await logged('B', 'joined → reconnecting', 1)
    expect(await heightOfPanel()).toBe(height)
    await healed('socket')
    expect(await heightOfPanel()).toBe(height)
    await logged('B', 'reconnecting → joined', 1)
    expect(await roomTagsOf(b)).toEqual(expect.arrayContaining(['reconnecting', 'reconnected']))
    expect(await b.locator('[class*="rl-line--ok"] [class*="rl-line__side"]').textContent()).toMatch(/^\d+\.\d s$/)
    expect(await result().locator('.tl u').count()).toBeGreaterThan(1)
    expect(await roomTagsOf(a)).not.toContain('memberLeave')
  })

  test('killed media: both ends wait on their tiles, and both directions come back', async () => {
    const [a, b] = phones
    await breakSecond('media')
    await healed('media')
    expect(await statesOf(b, b)).toMatch(WAITING)
    expect(await statesOf(b, a)).toMatch(WAITING)
    expect(await statesOf(a, b)).toMatch(WAITING)
    expect(await codesOf(b, 'live-pusher')).toEqual(expect.arrayContaining([3004, 1102]))
    expect(await codesOf(a, 'live-player')).toContain(2103)
    expect(await roomTagsOf(b)).not.toContain('error')
  })

  test('a dropped network: room and tiles reconnect', async () => {
    const [a, b] = phones
    await breakSecond('network')
    await logged('B', 'joined → reconnecting', 1)
    await healed('network')
    expect(await statesOf(b, a)).toMatch(WAITING)
    expect(await roomTagsOf(b)).toEqual(expect.arrayContaining(['reconnecting', 'reconnected']))
    expect(await roomTagsOf(b)).not.toContain('error')
  })

  test('the background: the phone stops its media, the other one waits, and it comes back', async () => {
    const [a, b] = phones
    await breakSecond('background')
    await logged('B', 'onHide', 1)
    await healed('background')
    expect(await codesOf(b, 'live-pusher')).toContain(5000)
    expect(await statesOf(a, b)).toMatch(WAITING)
    expect(await roomTagsOf(b)).not.toContain('error')
  })

  test('a refused camera: the phone says what to do, and goes on once it is allowed', async () => {
    const [a, b] = phones
    await breakSecond('camera')
    expect(await b.locator('[class*="rl-notice__code"]').innerText()).toBe('CAMERA_DENIED')
    expect(await codesOf(b, 'live-pusher')).toContain(10001)
    expect(await result().getAttribute('data-state')).toBe('broken')
    await b.locator('[class*="rl-notice__act"]').click()
    await b.getByTestId('modal-confirm').click()
    await healed('camera')
    expect(await statesOf(a, b)).toMatch(WAITING)
    expect(await b.locator('[class*="rl-notice"]').count()).toBe(0)
  })

  test('a slow network: it is told, the picture at the other phone stands still, and moves again', async () => {
    const [a, b] = phones
    await breakSecond('slow')
    await healed('slow')
    expect(await codesOf(b, 'live-pusher')).toContain(1101)
    expect(await statesOf(a, b)).toMatch(WAITING)
    expect(await roomTagsOf(b)).not.toContain('error')
  })

  test('pressed again it is mended at once', async () => {
    await breakSecond('background')
    await page.getByTestId('break-background').click()
    await healed('background')
  })
})
