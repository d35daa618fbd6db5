import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { buildPlayground } from '../../examples/playground/build'
import { startPlayground, type Playground } from '../../examples/playground/playground'
import { launchBrowser, openPhone } from '../support/browser'
import { until } from '../support/until'

let folder: string
let playground: Playground
let browser: Browser
const phones: Page[] = []

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'roomlet-app-'))
  await buildPlayground({ out: folder })
  playground = await startPlayground({ host: '127.0.0.1', port: 0, rtmpPort: 0, basePath: '', files: folder })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await playground?.close()
  rmSync(folder, { recursive: true, force: true })
})

afterEach(async () => {
  await Promise.all(phones.splice(0).map((page) => page.context().close()))
})

async function phone(query: string): Promise<Page> {
  const page = await openPhone(browser, `${playground.url}phone.html?lang=en&${query}`)
  phones.push(page)
  return page
}

const part = (page: Page, id: string) => page.locator(`[id$="${id}"]`)

function data(page: Page): Promise<Readonly<Record<string, unknown>>> {
  return page.evaluate(() => ({ ...window.roomletPhone?.page?.data }))
}

/** Waits until the page in front shows this. */
async function shows(page: Page, wanted: Readonly<Record<string, unknown>>): Promise<void> {
  const text = JSON.stringify(wanted)
  await until(text, async () => {
    const now = await data(page)
    return Object.entries(wanted).every(([key, value]) => now[key] === value)
  })
}

/** Waits for an answer of the server; whoever was there in an earlier test may still be in the list. */
async function listed(page: Page): Promise<void> {
  await until('the list', async () => {
    const { state } = await data(page)
    return state === 'empty' || state === 'ready'
  })
}

test('the first page leads to the others, and the arrow back', async () => {
  const page = await phone('')
  await part(page, 'open-settings').click()
  await part(page, 'page-check').click()
  await until('the check', async () => String((await data(page)).good).includes('ms'))
  await page.evaluate(() => window.roomletPhone?.goBack())
  await part(page, 'open-push').click()
  await part(page, 'page-form').waitFor()
  expect(await page.title()).toBe('Publish')
})

test('the settings say what is wrong with an address', async () => {
  const page = await phone('page=pages/settings/settings')
  await part(page, 'page-address').locator('input').fill(`${playground.url}docs-of-nobody`)
  await part(page, 'page-check').click()
  await part(page, 'page-problem').waitFor()
  expect(await part(page, 'page-problem').textContent()).toContain('no server of Roomlet')
  await part(page, 'page-keep').click()
  await shows(page, { problem: '', mayKeep: false })
})

test('a room that one phone opens is in the list of another, who joins it by a tap and comes back', async () => {
  const list = await phone('page=pages/rooms/rooms&userName=Ann')
  await listed(list)
  const maker = await phone('page=pages/rooms/rooms&userName=Bob')
  await part(maker, 'page-room-name').locator('input').fill('Friday')
  await part(maker, 'page-create').click()
  await shows(maker, { stage: 'call' })
  const { roomId } = await data(maker)

  // by the gesture: a finger that pulls the page down
  await until('the room in the list', async () => {
    await list.mouse.move(180, 160)
    await list.mouse.down()
    await list.mouse.move(180, 320, { steps: 4 })
    await list.mouse.up()
    return (await part(list, `page-room-${String(roomId)}`).count()) === 1
  })
  const row = part(list, `page-room-${String(roomId)}`)
  expect(await row.textContent()).toMatch(/Friday.*Bob.*Call of many.*by Bob/)
  await row.click()
  await until('Bob on the phone of Ann', async () => (await list.locator('[data-remote="1"]').count()) === 1)

  await list.evaluate(() => window.roomletPhone?.goBack())
  await listed(list)
  await until('Bob alone', async () => (await maker.locator('[data-remote="1"]').count()) === 0)
})

test('the list says so when its server is gone', async () => {
  const page = await phone('page=pages/rooms/rooms')
  await listed(page)
  await page.evaluate(() => window.roomletPhone?.setOnline(false))
  await part(page, 'page-refresh').click()
  await part(page, 'page-failed').waitFor()
  await page.evaluate(() => window.roomletPhone?.setOnline(true))
  await part(page, 'page-retry').click()
  await listed(page)
})

test('the device test sees, hears, plays and measures', async () => {
  const page = await phone('page=pages/device-test/device-test')
  await part(page, 'page-camera-on').click()
  await part(page, 'page-microphone-on').click()
  await part(page, 'page-speaker-on').click()
  // Chromium's microphone beeps
  await shows(page, { camera: 'good', microphone: 'good', speaker: 'good', network: 'good', networkType: 'Wi-Fi' })
  const { roundTrip, upload } = await data(page)
  expect(roundTrip).toMatch(/^\d+ ms$/)
  expect(upload).toMatch(/bps$/)
  await part(page, 'page-camera-off').click()
  await part(page, 'page-microphone-off').click()
  await shows(page, { camera: 'idle', microphone: 'idle', level: 0 })
})

test('a refused camera and microphone are told, with a way to the settings', async () => {
  const page = await phone('page=pages/device-test/device-test&camera=denied&microphone=denied')
  await part(page, 'page-camera-on').click()
  await part(page, 'page-microphone-on').click()
  await shows(page, { camera: 'refused', microphone: 'refused' })
  await part(page, 'page-camera-setting').click()
  await part(page, 'page-microphone-setting').waitFor()
})
