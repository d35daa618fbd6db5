import type { Browser, Frame, Page, WebSocket } from 'playwright-core'
import type { Desk } from '../../examples/playground/desk/start-desk'
import { launchBrowser } from '../support/browser'
import { startChildServer, type ChildServer } from '../support/child-server'
import { draws, phonesOn } from '../support/phone-pictures'
import { loudspeakerLevel, probeSound } from '../support/sound-probe'
import { until } from '../support/until'

/** The fake microphone beeps once a second: far above this, and silence is far below. */
const AUDIBLE = 0.01

let server: ChildServer
let browser: Browser

beforeAll(async () => {
  server = await startChildServer()
  browser = await launchBrowser('granted', ['--allow-loopback-in-peer-connection'])
})

afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

afterEach(() => Promise.all(browser.contexts().map((context) => context.close())))

async function openDesk(userID: string, roomID: string, more = ''): Promise<Page> {
  const page = await (
    await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true })
  ).newPage()
  await page.goto(`${server.url}desk.html?roomId=${roomID}&userId=${userID}&autostart=1${more}`)
  return page
}

async function openPhone(userID: string, roomID: string, demo = 'rtc-room', more = ''): Promise<Frame> {
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  await probeSound(page)
  await page.goto(`${server.url}?demo=${demo}&phone=1&userId=${userID}&roomId=${roomID}&autostart=1${more}`)
  const [phone] = await phonesOn(page, 1)
  return phone as Frame
}

const levelOf = (desk: Page, userID: string): Promise<number> =>
  desk.locator(`.dk-tile[data-user-id="${userID}"]`).evaluate((tile) => Number((tile as HTMLElement).dataset.level))

const hears = (desk: Page, userID: string): Promise<true> =>
  until(`the sound of ${userID}`, async () => (await levelOf(desk, userID)) > AUDIBLE)

const pictureTag = (desk: Page, userID: string): Promise<string> =>
  desk.locator(`.dk-tile[data-user-id="${userID}"] [data-remote="1"]`).evaluate((picture) => picture.tagName)

async function say(desk: Page, text: string): Promise<void> {
  await desk.getByTestId('desk-draft').fill(text)
  await desk.getByTestId('desk-send').click()
}

const hasMessage = (desk: Page, text: string): Promise<unknown> =>
  until(`the text "${text}"`, () => desk.getByTestId('desk-messages').getByText(text, { exact: true }).isVisible())

test('a phone and a desk see and hear each other over FLV, and write to each other', async () => {
  const desk = await openDesk('heyn', 'flv')
  const phone = await openPhone('carol', 'flv')
  await Promise.all([draws(desk, 'carol'), draws(phone, 'heyn')])
  await hears(desk, 'carol')
  await until('the desk’s sound at the phone', async () => (await loudspeakerLevel(phone)) > AUDIBLE)
  expect(await pictureTag(desk, 'carol')).toBe('CANVAS')

  await say(desk, '字清楚吗？')
  await until('the desk’s text at the phone', () =>
    phone.evaluate(() => JSON.stringify(window.roomletPhone?.history ?? []).includes('字清楚吗？')),
  )
  await phone.getByTestId('page-chat').click()
  await phone.getByTestId('page-draft').locator('input').fill('很清楚')
  await phone.getByTestId('page-send').click()
  await hasMessage(desk, '很清楚')
})

test('texts and custom messages of webrtc-room and of a desk arrive at the other one', async () => {
  const desk = await openDesk('heyn', 'messages')
  const phone = await openPhone('carol', 'messages', 'webrtc-room')
  await Promise.all([draws(desk, 'carol'), draws(phone, 'heyn')])
  const hasOnPhone = (text: string): Promise<unknown> =>
    until(`"${text}" on the phone`, () => phone.getByText(text, { exact: true }).isVisible())

  await say(desk, 'Chrome 这边可以')
  await hasOnPhone('Chrome 这边可以')
  await desk.getByTestId('desk-hand').click()
  await hasOnPhone('举手了')
  await phone.getByTestId('page-chat').click()
  await phone.getByTestId('page-draft').locator('input').fill('小程序也可以')
  await phone.getByTestId('page-send').click()
  await hasMessage(desk, '小程序也可以')
  await phone.getByTestId('page-hand').click()
  await hasMessage(desk, 'carol 举手了')
})

test('a phone that speaks Opus and a desk over WebRTC see and hear each other', async () => {
  const desk = await openDesk('heyn', 'opus', '&transport=webrtc')
  const phone = await openPhone('carol', 'opus', 'rtc-room', '&sound=opus')
  await Promise.all([draws(desk, 'carol'), draws(phone, 'heyn')])
  expect(await pictureTag(desk, 'carol')).toBe('VIDEO')
  await hears(desk, 'carol')
  await until('the desk’s sound at the phone', async () => (await loudspeakerLevel(phone)) > AUDIBLE)
})

test('a phone and a desk over WebRTC see each other, and the tile says why there is no sound', async () => {
  const desk = await openDesk('heyn', 'mixed', '&transport=webrtc')
  const phone = await openPhone('carol', 'mixed')
  await Promise.all([draws(desk, 'carol'), draws(phone, 'heyn')])
  expect(await pictureTag(desk, 'carol')).toBe('VIDEO')
  await desk.locator('.dk-tile[data-user-id="carol"] .dk-note').filter({ hasText: '听不到对方' }).waitFor()
})

test('a refused camera is said on one’s own tile, with what to do; the others are still seen', async () => {
  const desk = await openDesk('heyn', 'denied', '&camera=denied&lang=en')
  const other = await openDesk('gunan', 'denied')
  await draws(desk, 'gunan')
  await desk.locator('.dk-tile[data-user-id="heyn"]').getByText('The camera cannot be used').waitFor()
  await until('the other one to know of heyn', async () => (await other.locator('.dk-tile').count()) === 2)
})

test('two desks see and hear each other over WebRTC, and write to each other', async () => {
  const a = await openDesk('heyn', 'rtc', '&transport=webrtc')
  const b = await openDesk('gunan', 'rtc', '&transport=webrtc')
  await Promise.all([draws(a, 'gunan'), draws(b, 'heyn')])
  await Promise.all([hears(a, 'gunan'), hears(b, 'heyn')])
  expect(await pictureTag(a, 'gunan')).toBe('VIDEO')

  await say(a, 'over WebRTC')
  await hasMessage(b, 'over WebRTC')
  await say(b, '收到')
  await hasMessage(a, '收到')
})

test('a desk that chooses by itself follows those in the room: Opus for desks, AAC once a phone has come', async () => {
  const fixed = await openDesk('gunan', 'auto', '&transport=webrtc')
  const auto = await openDesk('heyn', 'auto')
  await Promise.all([draws(auto, 'gunan'), draws(fixed, 'heyn')])
  await Promise.all([hears(auto, 'gunan'), hears(fixed, 'heyn')])

  const phone = await openPhone('carol', 'auto')
  await Promise.all([draws(auto, 'carol'), draws(phone, 'heyn')])
  await hears(auto, 'carol')
  // the phone would not hear Opus; the desk that insists on it hears AAC no more, and says so
  await until('the note on the tile', () =>
    fixed.locator('.dk-tile[data-user-id="heyn"] .dk-note').filter({ hasText: '听不到对方' }).isVisible(),
  )
})

test('a muted desk is silent at the other one, and shows it', async () => {
  const a = await openDesk('heyn', 'mute', '&transport=webrtc')
  const b = await openDesk('gunan', 'mute', '&transport=webrtc')
  await draws(b, 'heyn')
  await hears(b, 'heyn')
  await a.getByTestId('desk-mic').click()
  await until('the sign on the tile', () => b.locator('.dk-tile[data-user-id="heyn"] .dk-tag__ic').isVisible())
  await until('silence', async () => (await levelOf(b, 'heyn')) === 0)
})

test('a recording has the length it says, pictures and sound', async () => {
  const desk = await openDesk('heyn', 'record')
  const phone = await openPhone('carol', 'record')
  await Promise.all([draws(desk, 'carol'), draws(phone, 'heyn')])
  await desk.getByTestId('desk-record').click()
  const startedAt = Date.now()
  await until('four seconds', async () => (await desk.getByTestId('recording').textContent())?.endsWith('00:04'))
  const [download] = await Promise.all([desk.waitForEvent('download'), desk.getByTestId('desk-record').click()])
  const stoppedAt = Date.now()
  expect(download.suggestedFilename()).toMatch(/^record-\d{4}\.webm$/)

  const played = await desk.evaluate(async (url) => {
    const file = await (await fetch(url)).arrayBuffer()
    const sound = await new AudioContext().decodeAudioData(file.slice(0))
    const peak = sound.getChannelData(0).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    const video = document.createElement('video')
    video.src = URL.createObjectURL(new Blob([file], { type: 'video/webm' }))
    await new Promise((resolve, reject) => {
      video.onloadedmetadata = resolve
      video.onerror = reject
    })
    return { seconds: video.duration, width: video.videoWidth, soundSeconds: sound.duration, peak }
  }, download.url())
  const longest = (stoppedAt - startedAt) / 1000
  expect(played.seconds).toBeGreaterThan(3)
  expect(played.seconds).toBeLessThan(longest + 0.5)
  expect(Math.abs(played.soundSeconds - played.seconds)).toBeLessThan(1)
  expect(played.width).toBe(1280)
  expect(played.peak).toBeGreaterThan(AUDIBLE)
})

test('a desk presents, lets a phone join in, and asks it to go', async () => {
  const desk = await openDesk('heyn', 'live', '&type=LiveRoom&roomName=Live')
  await desk.getByTestId('desk-hangup').waitFor()
  const phone = await openPhone('carol', 'live', 'live-room')
  await phone.getByTestId('page-link').click()
  await desk.getByTestId('link-accept').click()
  await Promise.all([draws(desk, 'carol'), draws(phone, 'heyn')])
  await hears(desk, 'carol')
  await desk.locator('.dk-tile[data-user-id="carol"] .dk-kick').click()
  await until('the guest to go', async () => (await desk.locator('.dk-tile[data-user-id="carol"]').count()) === 0)
})

test('a desk watches a live room: it publishes nothing', async () => {
  const presenter = await openDesk('heyn', 'watch', '&type=LiveRoom')
  await presenter.getByTestId('desk-hangup').waitFor()
  const viewer = await openDesk('gunan', 'watch', '&type=LiveRoom&role=audience')
  await draws(viewer, 'heyn')
  await hears(viewer, 'heyn')
  expect(await viewer.locator('.dk-tile').count()).toBe(1)
  expect(await viewer.getByTestId('desk-mic').isVisible()).toBe(false)
})

test('a desk that watches asks for a seat, is seen and heard by the presenter, shares its screen and leaves again', async () => {
  const presenter = await openDesk('heyn', 'seat', '&type=LiveRoom')
  await presenter.getByTestId('desk-hangup').waitFor()
  const viewer = await openDesk('gunan', 'seat', '&type=LiveRoom&role=audience')
  await draws(viewer, 'heyn')
  await viewer.getByTestId('desk-link').click()
  await presenter.getByTestId('link-reject').click()
  await viewer.getByText('LINK_REJECTED').waitFor()

  await viewer.getByTestId('desk-link').click()
  await presenter.getByTestId('link-accept').click()
  await Promise.all([draws(presenter, 'gunan'), draws(viewer, 'heyn')])
  await hears(presenter, 'gunan')
  await viewer.getByTestId('desk-mic').waitFor()
  await viewer.getByTestId('desk-share').click()
  const screen = presenter.locator('.dk-tile--screen')
  await until('the guest’s screen', async () => (await screen.locator('canvas, video').count()) > 0)

  await viewer.getByTestId('desk-link').click()
  await until('the guest to go', async () => (await presenter.locator('.dk-tile[data-user-id="gunan"]').count()) === 0)
  expect(await screen.count()).toBe(0)
  await draws(viewer, 'heyn')
  expect(await viewer.getByTestId('desk-mic').isVisible()).toBe(false)
})

test('a tile becomes the large one by its button, which keeps the focus, and one of all again', async () => {
  const desk = await openDesk('heyn', 'pin')
  const other = await openDesk('gunan', 'pin')
  await Promise.all([draws(desk, 'gunan'), draws(other, 'heyn')])
  const pin = desk.locator('.dk-tile[data-user-id="gunan"]').getByTestId('tile-pin')
  const isLarge = (): Promise<boolean> => desk.locator('.dk-tile--large[data-user-id="gunan"]').isVisible()
  await pin.focus()
  await desk.keyboard.press('Enter')
  await until('the large tile', isLarge)
  expect(await pin.getAttribute('aria-label')).toBe('放大 gunan')
  await desk.keyboard.press('Enter')
  await until('all alike', async () => !(await isLarge()))
})

test('leaving takes the desk out of the room, and the form stands there again', async () => {
  const a = await openDesk('heyn', 'leave')
  const b = await openDesk('gunan', 'leave')
  await draws(b, 'heyn')
  await a.getByTestId('desk-hangup').click()
  await until('the tile to go', async () => (await b.locator('.dk-tile[data-user-id="heyn"]').count()) === 0)
  await a.getByTestId('desk-join').waitFor()
})

test('who enters the room again from elsewhere takes the place, and the desk that was there says so', async () => {
  const first = await openDesk('heyn', 'twice')
  await first.getByTestId('desk-hangup').waitFor()
  await openDesk('heyn', 'twice')
  await first.getByTestId('desk-problem').filter({ hasText: 'REPLACED' }).waitFor()
})

test('a room number or a name that cannot be is said at its field', async () => {
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${server.url}desk.html?lang=en`)
  await page.getByTestId('desk-room-input').fill('80 21')
  await page.getByTestId('desk-name-input').fill('')
  await page.getByTestId('desk-join').click()
  await page.getByText('A room number is').waitFor()
  await page.getByText('Please enter a name').waitFor()
})

/** A page of one's own: not the desk's. */
async function openOwnPage(): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.goto(`${server.url}desk.html`)
  await page.setContent('<!doctype html><title>own</title>')
  for (const style of ['tokens', 'base', 'desk']) await page.addStyleTag({ url: `css/${style}.css` })
  await page.addScriptTag({ url: 'start-desk.js', type: 'module' })
  await page.waitForFunction(() => typeof window.startDesk === 'function')
  return page
}

test('an address with a wrong parameter is refused on the form', async () => {
  const page = await openDesk(encodeURIComponent('何以宁'), 'wrong')
  await page.getByTestId('desk-problem').filter({ hasText: 'BAD_PARAMETER: userID' }).waitFor()
})

test('a page of one’s own opens the desk with nested parameters, and hears of what a browser cannot do', async () => {
  const page = await openOwnPage()
  const told = await page.evaluate(async () => {
    const { userSig, sdkAppID } = (await (await fetch('weapp/utils/get_login_info?userID=heyn')).json()) as {
      userSig: string
      sdkAppID: number
    }
    const told: unknown[] = []
    const desk: Desk = window.startDesk({
      userdata: { userID: 'heyn', userName: '何以宁', sdkAppID, userSig },
      roomdata: { roomID: 'own', roomName: '产品评审', type: 'RTCRoom', template: '1v1' },
      custom: { record: 1 },
      success: (result: unknown) => told.push(result),
    })
    await desk.joined
    return told
  })
  expect(told).toEqual([{ roomID: 'own' }])
  await page.getByText('NOT_SUPPORTED · record').waitFor()
  await page.getByRole('heading', { name: '产品评审' }).waitFor()
})

test('a page that leaves its desk while it is joining is in no room, and is told nothing but the refused promise', async () => {
  const other = await openDesk('gunan', 'early')
  await other.getByTestId('desk-hangup').waitFor()
  const page = await openOwnPage()
  const sockets: WebSocket[] = []
  page.on('websocket', (socket) => sockets.push(socket))
  const told = await page.evaluate(async () => {
    const told: unknown[] = []
    const leftAfter = async (begun: () => Promise<void>): Promise<void> => {
      const tell = (news: unknown): unknown => told.push(news)
      const ready = begun()
      const desk: Desk = window.startDesk({ userID: 'heyn', roomID: 'early', success: tell, fail: tell })
      await ready
      await desk.leave()
      await desk.joined.catch((error: { code: string }) => told.push(error.code))
    }
    await leftAfter(() => Promise.resolve())
    // as its socket is made: nothing of it has travelled yet
    await leftAfter(() => {
      const { WebSocket } = window
      return new Promise((resolve) => {
        window.WebSocket = class extends WebSocket {
          constructor(...address: ConstructorParameters<typeof WebSocket>) {
            super(...address)
            resolve()
          }
        }
      })
    })
    return told
  })
  expect(told).toEqual(['CANCELLED', 'CANCELLED'])
  await until('its one socket to close', async () => sockets.length === 1 && sockets[0]?.isClosed())
  expect(await page.locator('.dk').count()).toBe(0)
  expect(await other.locator('.dk-tile').count()).toBe(1)
})

test('parameters that cannot be, a userSig that is none and a room that is not there are refused with a code, once', async () => {
  const page = await openOwnPage()
  const failures = await page.evaluate(async () => {
    const told: unknown[] = []
    const fail = (failure: unknown): unknown => told.push(failure)
    for (const wrong of [{ userID: '何以宁' }, { userID: 'a', type: 'Nothing' }, { userID: 'a', roomID: {} }])
      window.startDesk({ ...wrong, fail })
    for (const wrong of [{ userSig: 'none' }, { type: 'LiveRoom', role: 'audience' }])
      await window.startDesk({ userID: 'a', roomID: 'nowhere', ...wrong, fail }).joined.catch(() => undefined)
    return told
  })
  expect(failures).toMatchObject([
    { errCode: 'BAD_PARAMETER', errMsg: expect.stringContaining('userID') },
    { errCode: 'BAD_PARAMETER', errMsg: expect.stringContaining('type') },
    { errCode: 'BAD_PARAMETER', errMsg: expect.stringContaining('roomID') },
    { errCode: 'LOGIN_REFUSED' },
    { errCode: 'ROOM_NOT_FOUND' },
  ])
})
