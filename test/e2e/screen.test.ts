import type { Browser, Frame, Locator, Page } from 'playwright-core'
import { launchBrowser } from '../support/browser'
import { startChildServer, type ChildServer } from '../support/child-server'
import { draws, phonesOn } from '../support/phone-pictures'
import { until } from '../support/until'

/** The tab that is shared is found by its title. */
const SHARED = 'Third quarter'
const GREEN = 'rgb(20, 160, 60)'
const BLUE = 'rgb(40, 60, 200)'

let server: ChildServer
/** Where phones are. */
let phones: Browser
/** Where desks are: what they share is a real tab, so that one can close it. */
let desks: Browser

beforeAll(async () => {
  server = await startChildServer()
  phones = await launchBrowser()
  desks = await launchBrowser('absent', [
    '--allow-loopback-in-peer-connection',
    `--auto-select-tab-capture-source-by-title=${SHARED}`,
  ])
})

afterAll(async () => {
  await Promise.all([phones, desks].map((browser) => browser?.close()))
  await server?.stop()
})

afterEach(() => Promise.all([phones, desks].flatMap((browser) => browser.contexts().map((context) => context.close()))))

async function openDesk(userID: string, roomID: string, more = ''): Promise<Page> {
  const page = await (await desks.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.goto(`${server.url}desk.html?roomId=${roomID}&userId=${userID}&autostart=1${more}`)
  await page.getByTestId('desk-hangup').waitFor()
  return page
}

async function openPhone(userID: string, roomID: string): Promise<Frame> {
  const page = await (await phones.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  await page.goto(`${server.url}?demo=rtc-room&phone=1&userId=${userID}&roomId=${roomID}&autostart=1`)
  const [phone] = await phonesOn(page, 1)
  return phone as Frame
}

/** Something moves in the corner: of a page that stands still Chromium may capture a single picture, or none. */
const MOVING = `<style>@keyframes turn { to { transform: rotate(1turn) } }</style>
  <p style="width: 9em; animation: turn 1s linear infinite">shared</p>`

/** A bound against hanging: it takes a second or two. */
const CAPTURED_WITHIN_MS = 45_000

/** What somebody may want to show. */
async function openShared(): Promise<Page> {
  const page = await (await desks.newContext({ viewport: { width: 1280, height: 720 } })).newPage()
  await page.setContent(`<!doctype html><title>${SHARED}</title>${MOVING}`)
  await paint(page, GREEN)
  return page
}

async function paint(page: Page, colour: string): Promise<void> {
  await page.evaluate((background) => {
    document.body.style.background = background
    document.documentElement.style.background = background
  }, colour)
}

/** The tile on the phone's stage that is named after somebody's screen. */
const screenOnPhone = (phone: Frame, name: string): Locator =>
  phone.locator('[id*="window-player"]').filter({ hasText: `${name}的屏幕` })

const screenOnDesk = (desk: Page): Locator => desk.locator('.dk-tile--screen')

type Colour = 'green' | 'blue' | 'neither'

/** Colour in the middle of a picture, and its shape. */
async function seen(tile: Locator): Promise<{ colour: Colour; shape: number } | null> {
  const picture = tile.locator('canvas, video')
  if ((await picture.count()) === 0) return null
  return picture.first().evaluate((element) => {
    const source = element as HTMLCanvasElement | HTMLVideoElement
    const [width, height] =
      source instanceof HTMLVideoElement ? [source.videoWidth, source.videoHeight] : [source.width, source.height]
    const context = new OffscreenCanvas(1, 1).getContext('2d')
    if (!context || !width || !height) return null
    context.drawImage(source, width / 2, height / 2, 1, 1, 0, 0, 1, 1)
    const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data
    const colour = g > r + 60 && g > b + 60 ? 'green' : b > r + 60 && b > g + 60 ? 'blue' : 'neither'
    return { colour, shape: Number((width / height).toFixed(2)) }
  })
}

const shows = (tile: Locator, colour: Colour): Promise<{ colour: Colour; shape: number }> =>
  until(
    `a ${colour} screen`,
    async () => {
      const picture = await seen(tile)
      return picture?.colour === colour && picture
    },
    CAPTURED_WITHIN_MS,
  )

const goes = (tile: Locator): Promise<true> => until('the screen to go', async () => (await tile.count()) === 0)

describe.each(['flv', 'webrtc'])('over %s', (transport) => {
  test('a desk shares a screen, a phone and another desk show it beside the face, and it stops', async () => {
    const room = `screen-${transport}`
    const shared = await openShared()
    const desk = await openDesk('heyn', room, `&transport=${transport}`)
    const phone = await openPhone('carol', room)
    const other = await openDesk('gunan', room, `&transport=${transport}`)
    await Promise.all([draws(phone, 'heyn'), draws(other, 'heyn')])

    await desk.getByTestId('desk-share').click()
    const [own, onPhone, onDesk] = [screenOnDesk(desk), screenOnPhone(phone, 'heyn'), screenOnDesk(other)]
    // whole: a screen keeps its shape, where a face on a phone would be cropped
    expect((await shows(onPhone, 'green')).shape).toBe(1.78)
    expect((await shows(onDesk, 'green')).shape).toBe(1.78)
    await shows(own, 'green')
    await onDesk.getByText('heyn的屏幕').waitFor()
    await own.getByText('我的屏幕').waitFor()
    const fit = await onPhone
      .locator('canvas')
      .first()
      .evaluate((picture) => getComputedStyle(picture).objectFit)
    expect(fit).toBe('contain')

    // it moves, and the face goes on beside it
    await paint(shared, BLUE)
    await Promise.all([shows(onPhone, 'blue'), shows(onDesk, 'blue')])
    expect(await other.locator('.dk-tile[data-user-id="heyn"]').count()).toBe(2)

    await desk.getByTestId('desk-share').click()
    await Promise.all([goes(onPhone), goes(onDesk), goes(own)])
    await draws(phone, 'heyn')

    // and once more
    await desk.getByTestId('desk-share').click()
    await shows(onPhone, 'blue')
  })
})

test('closing what is shared ends the sharing, as the browser’s own button does', async () => {
  const shared = await openShared()
  const desk = await openDesk('heyn', 'closed')
  const phone = await openPhone('carol', 'closed')
  await desk.getByTestId('desk-share').click()
  await shows(screenOnPhone(phone, 'heyn'), 'green')
  await shared.close()
  await goes(screenOnPhone(phone, 'heyn'))
  await until(
    'the button to come back',
    async () => (await desk.getByTestId('desk-share').getAttribute('aria-pressed')) === 'false',
  )
})

test('whoever leaves takes the screen along', async () => {
  await openShared()
  const desk = await openDesk('heyn', 'left')
  const phone = await openPhone('carol', 'left')
  await desk.getByTestId('desk-share').click()
  await shows(screenOnPhone(phone, 'heyn'), 'green')
  await desk.getByTestId('desk-hangup').click()
  await goes(screenOnPhone(phone, 'heyn'))
  await until('the tile to go', async () => (await phone.locator('[id*="window-player"]').count()) === 0)
})

test('a screen that cannot be shared is said, and the call goes on', async () => {
  const desk = await openDesk('heyn', 'refused')
  const phone = await openPhone('carol', 'refused')
  await draws(phone, 'heyn')
  await desk.evaluate(() => {
    navigator.mediaDevices.getDisplayMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
  })
  await desk.getByTestId('desk-share').click()
  await desk.getByText('没有共享屏幕').waitFor()
  expect(await screenOnDesk(desk).count()).toBe(0)
  await draws(phone, 'heyn')
})
