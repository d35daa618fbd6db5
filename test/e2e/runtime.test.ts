import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { buildPlayground } from '../../examples/playground/build'
import { startPlayground, type Playground } from '../../examples/playground/playground'
import { launchBrowser, openPhone } from '../support/browser'

const FIXTURE = path.join(__dirname, '../fixtures/mini-program')

let folder: string
let playground: Playground
let browser: Browser
let page: Page

const trace = (): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as { fixtureTrace: string[] }).fixtureTrace)
const data = (field: string): Promise<unknown> => page.evaluate((name) => window.roomletPhone?.page?.data[name], field)
const style = (selector: string, property: string): Promise<string> =>
  page.locator(selector).evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'roomlet-runtime-'))
  await buildPlayground({ program: FIXTURE, out: path.join(folder, 'files') })
  playground = await startPlayground({
    host: '127.0.0.1',
    port: 0,
    rtmpPort: 0,
    basePath: '',
    files: path.join(folder, 'files'),
  })
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await playground?.close()
  rmSync(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  page = await openPhone(browser, `${playground.url}phone.html?name=${encodeURIComponent('周雅')}&x=1`)
  await page.waitForFunction(() => (globalThis as unknown as { fixtureTrace: string[] }).fixtureTrace.includes('ready'))
})

afterEach(() => page.context().close())

test('lifetimes run in the order of a phone, with the query still encoded', async () => {
  const events = await trace()
  const [load = ''] = events.filter((event) => event.startsWith('load '))
  expect(JSON.parse(load.slice('load '.length))).toMatchObject({ name: encodeURIComponent('周雅'), x: '1' })
  expect(events.map((event) => event.split(' {')[0])).toEqual([
    'card attached',
    'load',
    'show',
    'card shown',
    'card ready',
    'ready',
  ])
})

test('a page knows its route and options, and the app where it was launched', async () => {
  const seen = await page.evaluate(() => {
    const { route, options } = window.roomletPhone?.page as unknown as { route: string; options: { x?: string } }
    const { getApp, getCurrentPages } = globalThis as unknown as {
      getApp(): { globalData: { launchedAt: string } }
      getCurrentPages(): unknown[]
    }
    return {
      route,
      x: options.x,
      app: getApp().globalData.launchedAt,
      pages: getCurrentPages().length,
    }
  })
  expect(seen).toEqual({ route: 'pages/main/main', x: '1', app: 'pages/main/main', pages: 1 })
})

test('the document tells its language', async () => {
  const tag = (): Promise<string> => page.evaluate(() => document.documentElement.lang)
  await expect(tag()).resolves.toBe('zh-CN')
  await page.goto(`${playground.url}phone.html?lang=en`)
  await expect(tag()).resolves.toBe('en')
})

test('imported and included templates, wxs that requires wxs, generics and named slots show their content', async () => {
  await expect(page.locator('[id$="--styled"]').textContent()).resolves.toBe('ZHOUYA!')
  await expect(page.locator('[id$="--footer"]').textContent()).resolves.toBe('footer of zhouya')
  await expect(page.locator('[id$="--row"]').textContent()).resolves.toBe('row of zhouya')
  await expect(page.locator('[class$="--badge"]').textContent()).resolves.toBe('badge of hello')
  await expect(page.locator('[class*="--title"]').textContent()).resolves.toBe('hello 3 6')
})

test('style sheets are scoped, imported, and speak rpx; :host and external classes reach their elements', async () => {
  await expect(style('[class*="--title"]', 'color')).resolves.toBe('rgb(1, 2, 3)')
  await expect(style('[class*="--title"]', 'width')).resolves.toBe('187.5px')
  await expect(style('[class*="--title"]', 'font-size')).resolves.toBe('10px')
  await expect(style('fx-card', 'padding-left')).resolves.toBe('15px')
  await expect(style('[class*="--frame"]', 'border-left-color')).resolves.toBe('rgb(7, 8, 9)')
  await expect(style('[class$="--badge"]', 'color')).resolves.toBe('rgb(4, 5, 6)')
  await expect(style('[id$="--styled"]', 'color')).resolves.toBe('rgb(10, 20, 30)')
  await expect(style('[id$="--head"]', 'width')).resolves.toBe('187.5px')
})

test('a tap bubbles with its dataset and finger', async () => {
  await page.locator('[id$="--press"]').click()
  await expect(data('taps')).resolves.toEqual(['button 7 0', 'outer'])
})

test('the keyboard presses a button', async () => {
  await page.locator('[id$="--press"]').focus()
  await page.keyboard.press('Enter')
  await expect(data('taps')).resolves.toEqual(['button 7 0', 'outer'])
})

test('the keyboard reaches and presses what plays the part of a button, unless it is disabled', async () => {
  await page.locator('[id$="--press"]').focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press(' ')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.evaluate(() => document.activeElement?.id.split('--').pop())).resolves.toBe('idle')
  await expect(data('taps')).resolves.toEqual(['button 8 0'])
  await expect(page.locator('[id$="--pad"]').getAttribute('tabindex')).resolves.toBeNull()
})

test('what is typed, switched and slid is told once, with its value', async () => {
  await page.locator('[id$="--words"] input').fill('hi')
  await page.locator('[id$="--light"] input').check()
  await page.locator('[id$="--volume"] input').fill('40')
  await page.locator('[id$="--words"] input').blur()
  await expect(data('values')).resolves.toEqual(['input hi', 'change true', 'changing 40', 'change 40'])
})

test('without a network a socket fails at once, and quietly', async () => {
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  const told = await page.evaluate(async () => {
    window.roomletPhone?.setOnline(false)
    const { wx } = window.roomletPhone as { wx: WechatMiniprogram.Wx }
    const socket = wx.connectSocket({ url: 'ws://127.0.0.1:1/' })
    const events: string[] = []
    socket.onError(() => void events.push('error'))
    await new Promise<void>((resolve) => {
      socket.onClose(({ code }) => resolve(void events.push(`close ${code}`)))
    })
    return events
  })
  expect(told).toEqual(['error', 'close 1006'])
  expect(said).toEqual([])
})

test('a socket that is closed while it connects closes quietly', async () => {
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  const code = await page.evaluate(
    (url) => {
      const { wx } = window.roomletPhone as { wx: WechatMiniprogram.Wx }
      const socket = wx.connectSocket({ url })
      const closed = new Promise<number>((resolve) => socket.onClose((event) => resolve(event.code)))
      socket.close({ code: 4000 })
      return closed
    },
    `${playground.url.replace('http', 'ws')}weapp/ws`,
  )
  expect(code).toBe(4000)
  expect(said).toEqual([])
})

test('a pressed mouse is a finger that stays with where it went down', async () => {
  const pad = await page.locator('[id$="--pad"]').boundingBox()
  if (!pad) throw new Error('the pad is on the page')
  await page.mouse.move(pad.x + 5, pad.y + 5)
  await page.mouse.down()
  await page.mouse.move(pad.x + 5, pad.y - 40)
  await page.mouse.up()
  const x = pad.x + 5
  await expect(data('touches')).resolves.toEqual([`touchstart 1 ${x}`, `touchmove 1 ${x}`, `touchend 0 ${x}`])
})

test('model:value writes what is typed into the page', async () => {
  await page.locator('[id$="--name"] input').fill('limei')
  await expect(data('name')).resolves.toBe('limei')
  await expect(page.locator('[id$="--row"]').textContent()).resolves.toBe('row of limei')
  await expect(page.locator('[id$="--name"]').getAttribute('aria-label')).resolves.toBe('name')
})

test('an event of a component reaches the page and the channel, and setData is counted', async () => {
  await page.locator('[id$="--pick"]').click()
  await expect(data('picked')).resolves.toBe(3)
  const told = await page.evaluate(() => {
    const { history = [], setDataTotals } = window.roomletPhone ?? {}
    return {
      picked: history.find((event) => event.type === 'component' && event.name === 'picked'),
      lastSetData: history.filter((event) => event.type === 'setData').pop(),
      totals: setDataTotals,
    }
  })
  expect(told.picked).toMatchObject({ component: 'components/card/card', detail: { count: 3 } })
  expect(told.lastSetData).toMatchObject({
    component: 'pages/main/main',
    keys: ['picked'],
    bytes: '{"picked":3}'.length,
  })
  expect(told.totals?.calls).toBeGreaterThanOrEqual(2)
})

test('selectComponent gives the component, and setData calls back once it is on the page', async () => {
  const text = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const current = window.roomletPhone?.page
        const card = current?.selectComponent('#card') as { setData(data: object, done: () => void): void }
        card.setData({ count: 5 }, () => resolve(document.querySelector('[class*="--title"]')?.textContent ?? ''))
      }),
  )
  expect(text).toBe('hello 5 10')
})

test('pages open over one another and go back, each with its lifetimes', async () => {
  await page.evaluate(() =>
    (window.roomletPhone?.wx as WechatMiniprogram.Wx).navigateTo({ url: '/pages/second/second?a=%20b' }),
  )
  await page.locator('[id$="--second"]').waitFor()
  await page.evaluate(() => (window.roomletPhone?.wx as WechatMiniprogram.Wx).navigateBack())
  await page.locator('[id$="--press"]').waitFor()
  const events = await trace()
  expect(events.slice(events.indexOf('ready') + 1)).toEqual([
    'hide',
    'card hidden',
    'second {"a":"%20b"}',
    'second unload',
    'show',
    'card shown',
  ])
})

test('the background hides the page, the network switch is told, and closing unloads everything', async () => {
  await page.evaluate(() => {
    const { wx } = window.roomletPhone as { wx: WechatMiniprogram.Wx }
    const events = (globalThis as unknown as { fixtureTrace: string[] }).fixtureTrace
    wx.onNetworkStatusChange(({ isConnected }) => void events.push(`connected ${isConnected}`))
    wx.onAppHide(() => void events.push('app hidden'))
    events.length = 0
    window.roomletPhone?.setForeground(false)
    window.roomletPhone?.setForeground(true)
    window.roomletPhone?.setOnline(false)
    window.roomletPhone?.close()
  })
  const events = await trace()
  expect([...events].sort()).toEqual(
    ['app hidden', 'card detached', 'card hidden', 'card shown', 'connected false', 'hide', 'show', 'unload'].sort(),
  )
  await expect(page.locator('page').count()).resolves.toBe(0)
})

describe('mistakes in a program stop the build with file and line', () => {
  const build = async (change: (program: string) => void): Promise<void> => {
    const program = path.join(mkdtempSync(path.join(folder, 'wrong-')), 'program')
    cpSync(FIXTURE, program, { recursive: true })
    change(program)
    await buildPlayground({ program, out: path.join(program, '.out') })
  }
  const write = (file: string, text: string) => (program: string) => writeFileSync(path.join(program, file), text)

  test.each([
    ['unclosed expression', 'pages/main/main.wxml', '<view>\n  <text a="{{ a. }}" /></view>', /main\.wxml:2: /],
    [
      'missing import',
      'pages/main/main.wxml',
      '<import src="./nowhere.wxml" />',
      /main\.wxml:1: .*nowhere\.wxml does not exist/,
    ],
    [
      'missing wxs',
      'pages/main/main.wxml',
      '<wxs module="m" src="./no.wxs" />',
      /main\.wxml:1: .*no\.wxs does not exist/,
    ],
    ['bad style', 'pages/main/main.wxss', '.a {\n  color: red;\n', /main\.wxss:1: Unclosed block/],
    ['style imported in a circle', 'pages/main/main.wxss', '\n@import "./main.wxss";', /main\.wxss:2: .*circle/],
    ['bad script', 'pages/main/main.ts', 'Page({})\nlet let = 1', /main\.ts:2: /],
    ['missing module', 'pages/main/main.ts', "\nimport 'roomlet/nowhere'", /main\.ts:2: .*roomlet\/nowhere/],
    ['bad JSON', 'pages/main/main.json', '{\n"usingComponents": }', /main\.json:\d: /],
    [
      'missing component',
      'pages/main/main.json',
      '{"usingComponents":{"a":"/no/a"}}',
      /main\.json:1: "no\/a" has no \.ts or \.js/,
    ],
  ])('%s', async (_what, file, text, message) => {
    await expect(build(write(file, text))).rejects.toThrow(message)
  })
})
