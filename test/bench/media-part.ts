import { cpus } from 'node:os'
import type { Browser, Page } from 'playwright-core'
import type { MeasureName, PhoneEvent } from '../../examples/playground/runtime/phone-channel'
import { launchBrowser, openPhone, phoneHistory } from '../support/browser'
import { startChildServer } from '../support/child-server'
import { measureRecoveries } from './media-recoveries'
import { cpuMsBelow } from './process-tree'
import { spreadOf, spreadText, text, type Part, type Row, type Spread } from './report'

const PHONES = [2, 3, 4] as const
/** Two cores encode and decode up to sixteen streams. */
const PATIENCE_MS = 60_000
const WATCHED_MS = 12_000

interface CallFigures {
  readonly startToPublished: Spread
  readonly playToFirstFrame: Spread
  readonly latency: Spread
  /** of all processes together, of one core */
  readonly cpu: number
}

/** Real media through the playground: Chromium's encoder and decoder, the media server in between. */
export async function mediaPart(): Promise<Part> {
  const server = await startChildServer()
  const browser = await launchBrowser()
  const calls: Record<number, CallFigures> = {}
  try {
    for (const phones of PHONES) calls[phones] = await measureCall(browser, server.url, phones)
  } finally {
    await browser.close()
    await server.stop()
  }
  const recoveries = await measureRecoveries()
  const rows = [
    ...Object.entries(calls).flatMap(([phones, figures]) => rowsOf(Number(phones), figures)),
    ...Object.entries(recoveries).map(([fault, ms]): Row => ({
      figure: `drawn again: ${fault}`,
      ours: `${text(ms)} ms`,
    })),
  ]
  return { rows, results: { media: { cores: cpus().length, calls, drawnAgainMs: recoveries } } }
}

function rowsOf(phones: number, { startToPublished, playToFirstFrame, latency, cpu }: CallFigures): Row[] {
  return [
    { figure: `${phones} phones: start() → 1002`, ours: spreadText(startToPublished, ' ms') },
    { figure: `${phones} phones: join → first remote frame`, ours: spreadText(playToFirstFrame, ' ms') },
    { figure: `${phones} phones: one-way latency`, ours: spreadText(latency, ' ms') },
    { figure: `${phones} phones: CPU of all, of ${cpus().length} cores`, ours: text(cpu) },
  ]
}

async function measureCall(browser: Browser, url: string, phones: number): Promise<CallFigures> {
  const pages: Page[] = []
  try {
    for (let n = 0; n < phones; n += 1) {
      const query = new URLSearchParams({
        demo: 'rtc-room',
        userId: `phone${n}`,
        userName: `phone${n}`,
        roomId: `bench${phones}`,
        template: '1v3',
        lang: 'en',
        server: url.replace(/\/$/, ''),
        autostart: '1',
      })
      pages.push(await openPhone(browser, `${url}phone.html?${query.toString()}`))
    }
    for (const page of pages) await untilAllDrawn(page, phones - 1)
    const before = cpuMsBelow(process.pid)
    const begin = performance.now()
    await pages[0]?.waitForTimeout(WATCHED_MS)
    const cpu = (cpuMsBelow(process.pid) - before) / (performance.now() - begin)
    const events = (await Promise.all(pages.map(phoneHistory))).flat()
    return {
      startToPublished: measuredOf(events, 'startToPublished'),
      playToFirstFrame: measuredOf(events, 'playToFirstFrame'),
      latency: measuredOf(events, 'latency'),
      cpu,
    }
  } finally {
    await Promise.all(pages.map((page) => page.context().close()))
  }
}

function measuredOf(events: readonly PhoneEvent[], name: MeasureName): Spread {
  return spreadOf(events.flatMap((event) => (event.type === 'measure' && event.name === name ? [event.ms] : [])))
}

async function untilAllDrawn(page: Page, others: number): Promise<void> {
  await page.waitForFunction(
    (count) => {
      const drawn = (window.roomletPhone?.history ?? []).flatMap((event) =>
        event.type === 'measure' && event.name === 'playToFirstFrame' ? [event.userId] : [],
      )
      return new Set(drawn).size >= count
    },
    others,
    { timeout: PATIENCE_MS },
  )
}
