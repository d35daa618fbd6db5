import type { Browser, Frame, Page } from 'playwright-core'
import type { PhoneEvent } from '../../examples/playground/runtime/phone-channel'
import { launchBrowser } from '../support/browser'
import { startChildServer, type ChildServer } from '../support/child-server'
import { draws, historyOf, phonesOn, userOf } from '../support/phone-pictures'
import { until } from '../support/until'

let server: ChildServer
let browser: Browser
let page: Page

beforeAll(async () => {
  server = await startChildServer()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

beforeEach(async () => {
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
})

afterEach(() => page.context().close())

interface Figures {
  readonly published: number
  readonly firstFrame: number
  readonly latencies: readonly number[]
}

/** ms from the component's start() to 1002 and to the first frame of someone else, and the one-way latencies. */
async function figuresOf(frame: Frame): Promise<Figures> {
  const history = await historyOf(frame)
  const moment = (matches: (event: PhoneEvent) => boolean): number => history.find(matches)?.at ?? NaN
  const started = moment((event) => event.type === 'component' && JSON.stringify(event.detail).includes('"joining"'))
  const code = (element: string, wanted: number) => (event: PhoneEvent) =>
    event.type === 'media' && event.element === element && event.code === wanted
  return {
    published: moment(code('live-pusher', 1002)) - started,
    firstFrame: moment(code('live-player', 2004)) - started,
    latencies: history.flatMap((event) => (event.type === 'measure' && event.name === 'latency' ? [event.ms] : [])),
  }
}

function spread(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b)
  return `p50 ${Math.round(sorted[sorted.length >> 1] ?? NaN)} ms, max ${Math.round(sorted[sorted.length - 1] ?? NaN)} ms`
}

test('two phones on one page see each other, and their figures are printed', async () => {
  await page.goto(`${server.url}?demo=rtc-room&autostart=1`)
  const frames = await phonesOn(page, 2)
  const [a, b] = frames as [Frame, Frame]
  await Promise.all([draws(a, userOf(b)), draws(b, userOf(a))])

  const measured = await until('enough latencies', async () => {
    const figures = await Promise.all(frames.map(figuresOf))
    return figures.every(({ latencies }) => latencies.length >= 5) && figures
  })
  const rows = {
    'start() → 1002': measured.map(({ published }) => published),
    'start() → first remote frame': measured.map(({ firstFrame }) => firstFrame),
    'one-way latency': measured.flatMap(({ latencies }) => latencies),
  }
  for (const [name, values] of Object.entries(rows)) {
    process.stdout.write(`call: ${name}: ${spread(values)} (n = ${values.length})\n`)
    expect(values.every((value) => value >= 0)).toBe(true)
  }
})

test('a text goes from one phone to the other', async () => {
  await page.goto(`${server.url}?demo=rtc-room&autostart=1`)
  const [a, b] = (await phonesOn(page, 2)) as [Frame, Frame]
  await Promise.all([draws(a, userOf(b)), draws(b, userOf(a))])
  await a.getByTestId('page-chat').click()
  await a.getByTestId('page-draft').locator('input').fill('听得清吗？')
  await a.getByTestId('page-send').click()
  await until('the text at the other phone', async () =>
    (await historyOf(b)).some(
      (event) =>
        event.type === 'component' &&
        JSON.stringify(event.detail).includes('"recvTextMsg"') &&
        JSON.stringify(event.detail).includes('听得清吗？'),
    ),
  )
})

test('a third phone in its own window joins, is drawn by both, and leaves', async () => {
  await page.goto(`${server.url}?demo=rtc-room&autostart=1&roomId=third&template=grid`)
  const [a, b] = (await phonesOn(page, 2)) as [Frame, Frame]
  await Promise.all([draws(a, userOf(b)), draws(b, userOf(a))])

  const window = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  await window.goto(`${server.url}?demo=rtc-room&phone=1&userId=carol&roomId=third&autostart=1`)
  await Promise.all([draws(a, 'carol'), draws(b, 'carol')])
  const third = await until('the phone of the third window', async () =>
    window.frames().find((frame) => frame.url().includes('/phone.html')),
  )
  await Promise.all([draws(third, userOf(a)), draws(third, userOf(b))])

  await third.getByTestId('page-hangup').click()
  await until('both to stop drawing who has left', async () => {
    const left = await Promise.all([a, b].map((frame) => frame.locator('[data-remote="1"]').count()))
    return left.every((count) => count === 1)
  })
  await Promise.all([draws(a, userOf(b)), draws(b, userOf(a))])
  await window.context().close()
})

test('changing the template in a call recreates no player', async () => {
  await page.goto(`${server.url}?demo=rtc-room&autostart=1`)
  const [a, b] = (await phonesOn(page, 2)) as [Frame, Frame]
  await draws(a, userOf(b))
  const starts = async () =>
    (await historyOf(a)).filter(
      (event) => event.type === 'media' && event.element === 'live-player' && event.code === 2001,
    ).length
  const before = await starts()
  for (const template of ['1v3', 'float', '1v1', 'grid', 'bigsmall']) {
    await page.getByTestId('phone-A').getByTestId(`template-${template}`).click()
    await until(
      `${template} on the stage`,
      async () => (await a.locator(`.rl-${template}, [class*="rl-${template}"]`).count()) > 0,
    )
    await draws(a, userOf(b))
  }
  expect(await starts()).toBe(before)
})
