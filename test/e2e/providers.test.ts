import { spawn, type ChildProcess } from 'node:child_process'
import type { Browser, Frame, Page } from 'playwright-core'
import { hasFfmpeg } from '../setup/ffmpeg'
import { launchBrowser } from '../support/browser'
import { startChildServer, type ChildServer } from '../support/child-server'
import { draws, phonesOn, roomTagsOf, userOf } from '../support/phone-pictures'
import { until } from '../support/until'

const ENCODER = 'encoder'
/** ffprobe looks at a stream for as long before it answers. */
const PROBE_US = 5_000_000
const PROBE_TIMEOUT_MS = 60_000

let server: ChildServer
let browser: Browser
let page: Page
const children: ChildProcess[] = []

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

afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => ended(child, 'SIGKILL')))
  await page.context().close()
})

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await gone
}

/** What a person copies from the page; the strip is filled once the server has answered. */
function shown(testid: string): Promise<string> {
  return until(testid, async () => {
    const row = page.getByTestId(testid)
    return (await row.count()) === 1 && (await row.textContent())
  })
}

/** The colours of nine points of a member's picture, null before there is one. */
function coloursOf(frame: Frame, userId: string): Promise<string | null> {
  return frame.evaluate((id) => {
    const canvas = document.querySelector<HTMLCanvasElement>(`canvas[data-user-id="${id}"][data-state="playing"]`)
    if (!canvas) return null
    const copy = new OffscreenCanvas(3, 3).getContext('2d')
    copy?.drawImage(canvas, 0, 0, 3, 3)
    return copy?.getImageData(0, 0, 3, 3).data.join(' ') ?? null
  }, userId)
}

/** Waits until a picture of many colours moves. */
async function drawsMoving(frame: Frame, userId: string): Promise<void> {
  const isColourful = (colours: string): boolean => new Set(colours.split(' ')).size > 6
  const first = await until(`the picture of ${userId}`, async () => {
    const colours = await coloursOf(frame, userId)
    return colours !== null && isColourful(colours) && colours
  })
  await until(`the picture of ${userId} to move`, async () => {
    const colours = await coloursOf(frame, userId)
    return colours !== null && colours !== first
  })
}

// the set-up installs it with apt, or says that it could not
const testWithFfmpeg = hasFfmpeg() ? test : test.skip

testWithFfmpeg(
  'two phones call each other over plain RTMP and FLV; ffmpeg joins them by the command that the page shows',
  async () => {
    await page.goto(`${server.url}?demo=providers&autostart=1`)
    const [a, b] = (await phonesOn(page, 2)) as [Frame, Frame]
    await Promise.all([draws(a, userOf(b)), draws(b, userOf(a))])

    const command = await shown('rtmp-command')
    expect(command).toContain(await shown('rtmp-push'))
    const encoder = spawn('sh', ['-c', `exec ${command}`], { stdio: 'ignore' })
    children.push(encoder)
    await Promise.all([drawsMoving(a, ENCODER), drawsMoving(b, ENCODER)])
    expect((await roomTagsOf(a)).filter((tag) => tag === 'memberJoin')).toHaveLength(2)

    await ended(encoder, 'SIGTERM')
    await until('both to stop drawing who has left', async () => {
      const left = await Promise.all([a, b].map((frame) => frame.locator('[data-remote="1"]').count()))
      return left.every((count) => count === 1)
    })
    await Promise.all([draws(a, userOf(b)), draws(b, userOf(a))])
  },
)

testWithFfmpeg('ffprobe reads a phone’s stream over RTMP, at the address that the page shows', async () => {
  await page.goto(`${server.url}?demo=providers&autostart=1`)
  const [a] = (await phonesOn(page, 2)) as [Frame, Frame]
  const address = await shown(`rtmp-play-${userOf(a)}`)
  expect(address).toMatch(/^rtmp:\/\//)
  const asked = ['-v', 'error', '-analyzeduration', String(PROBE_US), '-show_streams', '-of', 'json', address]
  const probe = spawn('ffprobe', asked, { stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(probe)
  let answer = ''
  let said = ''
  probe.stdout.setEncoding('utf8').on('data', (text: string) => (answer += text))
  probe.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  await until('ffprobe to end', async () => probe.exitCode !== null, PROBE_TIMEOUT_MS)
  // what it says beside an answer, of frames before the first whole picture, is no failure
  if (probe.exitCode !== 0) throw new Error(`ffprobe ended with ${probe.exitCode}: ${said}`)
  const { streams } = JSON.parse(answer) as { streams: Record<string, unknown>[] }
  const kinds = Object.fromEntries(streams.map((stream) => [stream.codec_type, stream]))
  expect(kinds.video).toMatchObject({ codec_name: 'h264', width: 360, height: 480 })
  expect(kinds.audio).toMatchObject({ codec_name: 'aac' })
})
