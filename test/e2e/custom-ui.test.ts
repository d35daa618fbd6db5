import type { Browser, Frame, Page } from 'playwright-core'
import type { RoomSession } from '../../src/index'
import { launchBrowser } from '../support/browser'
import { startChildServer, type ChildServer } from '../support/child-server'
import { draws, phonesOn, userOf } from '../support/phone-pictures'
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

/** Two phones of a demo, each drawing whom it has to. */
async function callOf(query: string): Promise<[Frame, Frame]> {
  await page.goto(`${server.url}?${query}&autostart=1`)
  const [a, b] = (await phonesOn(page, 2)) as [Frame, Frame]
  await draws(b, userOf(a))
  return [a, b]
}

/** Waits until each of the phones shows this hand over a tile of that member, or nobody does. */
async function showHand(userId: string, isUp: boolean, ...phones: readonly Frame[]): Promise<void> {
  await until(`the hand of ${userId} ${isUp ? 'up' : 'down'}`, async () => {
    const counts = await Promise.all(phones.map((phone) => phone.getByTestId(`hand-${userId}`).count()))
    return counts.every((count) => count === (isUp ? 1 : 0))
  })
}

test('a hand that is raised shows over the tile of whoever raised it, on both phones and in both kinds of layout', async () => {
  const [a, b] = await callOf('demo=overlay&template=grid')
  const [lin, zhou] = [userOf(a), userOf(b)]
  await draws(a, zhou)
  // the page's own component draws the names, the room's own are gone
  expect(await a.getByTestId(`plate-${zhou}`).textContent()).toContain('周予安')
  const names = a.locator('[class*="rl-tag__name"]')
  expect(await names.count()).toBe(2)
  expect(await names.first().isVisible()).toBe(false)

  await a.getByTestId('page-hand').click()
  await showHand(lin, true, a, b)
  await showHand(zhou, false, a, b)
  await page.getByTestId('phone-B').getByTestId('template-float').click()
  await until('the hand on the window', async () =>
    b.locator(`[class*="rl-tile--win"] [data-testid="hand-${lin}"]`).isVisible(),
  )
  await a.getByTestId('page-hand').click()
  await showHand(lin, false, a, b)
})

test.each(['live-room', 'webrtc-room'])('a raised hand shows over a tile of %s', async (kind) => {
  const [a, b] = await callOf(`demo=overlay&kind=${kind}`)
  await a.getByTestId('page-hand').click()
  await showHand(userOf(a), true, a, b)
})

/** How the stage and the first name on it are drawn. */
function lookOf(phone: Frame): Promise<{ stage: string; name: string }> {
  return phone.evaluate(() => {
    const styleOf = (part: string) => getComputedStyle(document.querySelector(`[class*="${part}"]`) as Element)
    const { backgroundColor, fontWeight } = styleOf('rl-tag')
    return { stage: styleOf('rl-room').backgroundColor, name: `${backgroundColor} ${fontWeight}` }
  })
}

test('each phone has its theme, and takes another one in the call', async () => {
  const [a, b] = await callOf('demo=themes')
  const dark = { stage: 'rgb(0, 0, 0)', name: 'rgba(8, 13, 14, 0.7) 400' }
  const brand = { stage: 'rgb(255, 243, 234)', name: 'rgb(185, 60, 10) 600' }
  expect([await lookOf(a), await lookOf(b)]).toEqual([dark, brand])
  await a.getByTestId('theme-brand').click()
  await until('the other theme', async () => (await lookOf(a)).stage === brand.stage)
  expect(await lookOf(a)).toEqual(brand)
  await draws(a, userOf(b))
})

test('a page over the core alone joins, mutes, switches its camera off, chats, shows a break and leaves', async () => {
  const [a, b] = await callOf('demo=custom-layout')
  await draws(a, userOf(b))
  const seat = b.getByTestId('seat-0')
  const says = (text: string) => async () => (await seat.textContent())?.includes(text)
  await until('the name', says('林小满'))

  await a.getByTestId('page-mute').click()
  await until('the microphone to be off at the other', says('已静音'))
  await a.getByTestId('page-camera').click()
  await until('the camera to be off at the other', () => b.evaluate(hasNoVideo))
  await a.getByTestId('page-camera').click()
  await draws(b, userOf(a))

  await a.getByTestId('page-draft').locator('input').fill('听得清吗？')
  await a.getByTestId('page-send').click()
  await until('the text', async () => (await b.getByTestId('page-message-1').textContent()) === '林小满: 听得清吗？')

  await page.getByTestId('break-target-B').click()
  await page.getByTestId('break-socket').click()
  const head = async () => (await b.getByTestId('page-phase').textContent())?.trim() ?? ''
  const told = (change: string) => page.getByTestId('phone-B').locator(`[data-testid="log-row"][data-name="${change}"]`)
  await until('the break to be told', async () => (await told('joined → reconnecting').count()) === 1)
  await until('the room to be back', async () => (await told('reconnecting → joined').count()) === 1)
  await until('the page to say so', async () => (await head()) === '通话中')

  await a.getByTestId('page-hangup').click()
  await until('an empty table', async () => (await seat.count()) === 0)
  await until('to have left', async () => (await a.getByTestId('page-join').count()) === 1)
})

/** Whether the one other member of the page's session has a camera that is off. */
function hasNoVideo(): boolean {
  const session = window.roomletPhone?.page?.session as RoomSession | null | undefined
  return [...(session?.room.roster.values() ?? [])].some(({ streams }) => streams[0]?.hasVideo === false)
}

test.each(['rtc-room', 'webrtc-room'])(
  'a template written for the original of %s calls, and drops who leaves',
  async (kind) => {
    const [a, b] = await callOf(`demo=room-template&kind=${kind}`)
    await draws(a, userOf(b))
    const names = b.locator('[class*="member"] [class*="name"]')
    await until(
      'the name, without the dots of a picture to come',
      async () => (await names.allTextContents()).join() === '林小满',
    )
    await a.getByTestId('page-hangup').click()
    await until('nobody else', async () => (await names.count()) === 0)
  },
)

test('a template written for the original live-room gives a guest a seat, and takes it back', async () => {
  const [presenter, guest] = await callOf('demo=room-template&kind=live-room')
  await guest.getByTestId('page-link').click()
  await draws(presenter, userOf(guest))
  const kick = presenter.locator('[class*="kick"]')
  await kick.click()
  await until('an empty seat', async () => (await kick.count()) === 0)
  await draws(guest, userOf(presenter))
})
