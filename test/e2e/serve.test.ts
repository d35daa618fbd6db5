import { connect } from 'node:net'
import { launchBrowser } from '../support/browser'
import { startChildServer, startWithNpm, type ChildServer } from '../support/child-server'

/** Typedoc on two loaded cores. */
const WRITING_TIMEOUT_MS = 120_000

const running: ChildServer[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop('SIGKILL')))
})

async function started(start: Promise<ChildServer>): Promise<ChildServer> {
  const server = await start
  running.push(server)
  return server
}

/** Resolves once nothing listens there any more. */
async function untilFree(url: string): Promise<void> {
  const port = Number(new URL(url).port)
  const isTaken = (): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
      socket.on('connect', () => socket.destroy())
    })
  while (await isTaken()) await new Promise((resolve) => setImmediate(resolve))
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'prints one line, serves below BASE_PATH and ends cleanly on %s',
  async (signal) => {
    const server = await started(startChildServer({ BASE_PATH: '/calls/' }))
    expect(server.output()).toEqual({ stdout: `Roomlet ready at ${server.url}\n`, stderr: '' })
    expect(new URL(server.url).pathname).toBe('/calls/')
    await expect(fetch(`${server.url}phone.html`).then(({ status }) => status)).resolves.toBe(200)
    await expect(fetch(`${server.url}weapp/utils/get_login_info?userID=a`).then(({ status }) => status)).resolves.toBe(
      200,
    )
    const answerTo = async (address: string): Promise<unknown> => {
      const { status, headers } = await fetch(new URL(address, server.url), { redirect: 'manual' })
      return [status, headers.get('location')]
    }
    await expect(answerTo('/')).resolves.toEqual([302, '/calls/'])
    await expect(answerTo('/calls')).resolves.toEqual([302, '/calls/'])
    await expect(fetch(`${server.url}live/%ff.flv`).then((answer) => answer.json())).resolves.toMatchObject({ code: 1 })
    await expect(server.stop(signal)).resolves.toBe(0)
    await untilFree(server.url)
  },
)

test('ends when only npm is signalled', async () => {
  const server = await started(startWithNpm())
  await server.stop('SIGTERM')
  await untilFree(server.url)
})

test('a port in use: one line that says which, exit 1', async () => {
  const { url } = await started(startChildServer())
  const { port } = new URL(url)
  await expect(startChildServer({ PORT: port })).rejects.toThrow(
    new RegExp(`^ended with 1: roomlet: port ${port} is in use; set PORT to another one[^\n]*$`),
  )
})

test('the API reference opens by itself once it is written, and finds what one searches', async () => {
  const server = await started(startChildServer({ BASE_PATH: '/calls' }))
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    const first = await page.goto(`${server.url}docs`)
    expect(first?.url()).toBe(`${server.url}docs/`)
    await expect(first?.text()).resolves.toContain('being written from the sources')
    // it says so until its index is there, and whoever types before finds nothing
    await page.locator('#tsd-search-status:empty').waitFor({ state: 'attached', timeout: WRITING_TIMEOUT_MS })
    await page.locator('#tsd-search-trigger').click()
    await page.locator('#tsd-search-input').fill('createRoomSession')
    await page.locator('#tsd-search-results').getByText('createRoomSession').first().click()
    await page.waitForURL('**/docs/functions/**createRoomSession.html')
  } finally {
    await browser.close()
  }
  const front = await fetch(`${server.url}docs/`)
  await expect(front.text()).resolves.toContain('components/rtc-room')
  await expect(server.stop()).resolves.toBe(0)
})
