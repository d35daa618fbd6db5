import type { Browser, Frame, Page } from 'playwright-core'
import { crashBrowser, launchBrowser } from '../support/browser'
import { startChildServer, type ChildServer } from '../support/child-server'
import { draws, historyOf, median, phonesOn, roomTagsOf } from '../support/phone-pictures'
import { AUDIBLE, loudspeakerLevel, probeSound, videoLevel } from '../support/sound-probe'
import { until } from '../support/until'

/** Of two people who talk with each other, on a machine that also encodes and decodes for all three phones. */
const LATENCY_P50_MS = 400
const LATENCIES_WANTED = 12

let server: ChildServer
let browser: Browser
const pages: Page[] = []

beforeAll(async () => {
  server = await startChildServer()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.context().close()))
})

async function openPage(query: string, where = browser): Promise<Page> {
  const page = await (await where.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  pages.push(page)
  await probeSound(page)
  await page.goto(`${server.url}?demo=live-room&autostart=1&${query}`)
  return page
}

async function openPhone(query: string, where = browser): Promise<Frame> {
  const [frame] = await phonesOn(await openPage(`phone=1&${query}`, where), 1)
  return frame as Frame
}

interface Playing {
  readonly userID: string
  readonly state: string
  /** played as a broadcast, seconds behind; else as a call */
  readonly live: boolean
}

/** What the room on this phone plays. */
function playingOn(frame: Frame): Promise<Playing[]> {
  return frame.evaluate(() => {
    const room = window.roomletPhone?.page?.selectComponent('#room') as {
      data: { view: { players: { userID?: string; state?: string; live?: boolean }[] } }
    } | null
    return (room?.data.view.players ?? [])
      .filter(({ userID }) => userID)
      .map(({ userID = '', state = '', live }) => ({ userID, state, live: live === true }))
  })
}

async function playsOnly(frame: Frame, wanted: Readonly<Record<string, 'live' | 'call'>>): Promise<void> {
  await until(`${JSON.stringify(wanted)} on ${new URL(frame.url()).searchParams.get('userId')}`, async () => {
    const modes = (await playingOn(frame)).map(({ userID, live }) => [userID, live ? 'live' : 'call'] as const)
    return JSON.stringify([...modes].sort()) === JSON.stringify(Object.entries(wanted).sort())
  })
}

/** One-way latencies of this person's pictures that the phone measured from `since` on, ms. */
async function latenciesOf(frame: Frame, userId: string, since: number): Promise<number[]> {
  return (await historyOf(frame)).flatMap((event) =>
    event.type === 'measure' && event.name === 'latency' && event.userId === userId && event.at >= since
      ? [event.ms]
      : [],
  )
}

test('a viewer joins the presenter, is seen and heard by all, leaves, and another one is removed', async () => {
  const page = await openPage('roomId=show')
  const [presenter, guest, viewer] = (await phonesOn(page, 3)) as [Frame, Frame, Frame]
  await playsOnly(presenter, { linxm: 'call' })
  await playsOnly(guest, { suhe: 'call' })
  await playsOnly(viewer, { suhe: 'live', linxm: 'live' })
  await Promise.all([draws(presenter, 'linxm'), draws(guest, 'suhe'), draws(viewer, 'suhe'), draws(viewer, 'linxm')])

  await until('the guest’s sound at the presenter', async () => (await loudspeakerLevel(presenter)) > AUDIBLE)
  await until(
    'the guest’s sound at the other viewer',
    async () => (await videoLevel(viewer, 'video[data-user-id="linxm"]')) > AUDIBLE,
  )

  const since = Date.now()
  const latencies = await until('latencies of the linked pair', async () => {
    const both = await Promise.all([latenciesOf(presenter, 'linxm', since), latenciesOf(guest, 'suhe', since)])
    return both.every(({ length }) => length >= LATENCIES_WANTED) && both.flat()
  })
  process.stdout.write(`live: one-way latency of a linked pair: p50 ${Math.round(median(latencies))} ms\n`)
  expect(median(latencies)).toBeLessThan(LATENCY_P50_MS)

  await page.getByTestId('phone-B').getByTestId('act-link').click()
  await playsOnly(guest, { suhe: 'live' })
  await playsOnly(presenter, {})
  await playsOnly(viewer, { suhe: 'live' })
  await draws(guest, 'suhe')

  await page.getByTestId('phone-C').getByTestId('act-link').click()
  await playsOnly(viewer, { suhe: 'call' })
  await Promise.all([draws(presenter, 'heyn'), draws(viewer, 'suhe'), draws(guest, 'heyn')])
  await page.getByTestId('phone-A').getByTestId('act-kick').click()
  await playsOnly(viewer, { suhe: 'live' })
  await playsOnly(presenter, {})
  expect(await roomTagsOf(viewer)).toContain('kickout')
})

test('a presenter whose browser is killed comes back to the same broadcast', async () => {
  const doomed = await launchBrowser()
  await openPhone('role=presenter&userId=suhe&roomId=grace', doomed)
  const viewer = await openPhone('role=audience&userId=ann&roomId=grace')
  await draws(viewer, 'suhe')

  await crashBrowser(doomed)
  await until('the viewer to be told that the presenter is away', async () =>
    (await playingOn(viewer)).some(({ userID, state }) => userID === 'suhe' && state === 'away'),
  )
  await openPhone('role=presenter&userId=suhe&roomId=grace')
  await draws(viewer, 'suhe')
  const tags = await roomTagsOf(viewer)
  expect(tags.filter((tag) => tag === 'presenterAway')).toHaveLength(2)
  expect(tags).not.toContain('roomClosed')
  expect(tags).not.toContain('error')
})

test('the audience is told when the presenter ends the broadcast', async () => {
  const presenter = await openPhone('role=presenter&userId=suhe&roomId=end')
  const viewer = await openPhone('role=audience&userId=ann&roomId=end')
  await draws(viewer, 'suhe')
  await viewer.getByTestId('page-like').click()
  await until('the like at the presenter', async () => (await roomTagsOf(presenter)).includes('recvCustomMsg'))
  await presenter.getByTestId('page-hangup').click()
  await until('the end at the viewer', async () => (await roomTagsOf(viewer)).includes('roomClosed'))
})
