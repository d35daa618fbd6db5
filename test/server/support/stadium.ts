import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Viewer } from './viewer'

const MAIN = join(__dirname, '../../../server/src/main.ts')
const ROOM = 'stadium'
const SECRET_KEY = 'a-key-for-tests'
/** Until the last message has reached the last viewer: a bound against hanging, not an expectation of speed. */
const SETTLE_MS = 240_000

export interface Broadcast {
  /** Numbers of the messages that each one in the room got, in the order of arrival. */
  readonly received: readonly (readonly number[])[]
  /** How long each message was on its way to each viewer, ms, sorted. */
  readonly delays: readonly number[]
}

/** The real server process with a presenter and many viewers in one room. */
export class Stadium {
  private readonly viewers: Viewer[] = []

  private constructor(
    private readonly server: ChildProcess,
    private readonly url: string,
    private readonly presenter: Viewer,
  ) {}

  static async open(): Promise<Stadium> {
    const server = spawn(process.execPath, ['--import', 'tsx', MAIN], {
      // a busy machine sends in bursts what was to be sent evenly
      env: { PATH: process.env.PATH, PORT: '0', SECRET_KEY, MAX_MESSAGES_PER_USER: '1000' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const url = await addressOf(server)
    const presenter = await Viewer.open(url, 'presenter', SECRET_KEY)
    await presenter.join(ROOM, 'anchor')
    return new Stadium(server, url, presenter)
  }

  /** @returns how long it took until all were in, ms, and what each costs the server, KiB */
  async fill(count: number): Promise<{ joinMs: number; kibEach: number }> {
    const empty = this.residentBytes()
    const startedAt = performance.now()
    const viewers = Array.from({ length: count }, async (_, index) => {
      const viewer = await Viewer.open(this.url, `viewer-${index}`, SECRET_KEY)
      await viewer.join(ROOM, 'audience')
      return viewer
    })
    this.viewers.push(...(await Promise.all(viewers)))
    return { joinMs: performance.now() - startedAt, kibEach: (this.residentBytes() - empty) / count / 1024 }
  }

  async broadcast(perSecond: number, seconds: number): Promise<Broadcast> {
    const all = [this.presenter, ...this.viewers]
    const count = perSecond * seconds
    const firstAt = performance.now()
    for (let sent = 0; sent < count; sent += 1) {
      await delay(Math.max(0, firstAt + (sent * 1000) / perSecond - performance.now()))
      this.presenter.say(ROOM, { number: sent, at: performance.now() })
    }
    const end = performance.now() + SETTLE_MS
    while (performance.now() < end && !all.every(({ received }) => received.length >= count)) await delay(20)
    return {
      received: all.map(({ received }) => received.map(({ number }) => number)),
      delays: all.flatMap(({ received }) => received.map(({ afterMs }) => afterMs)).sort((a, b) => a - b),
    }
  }

  async close(): Promise<void> {
    for (const viewer of [this.presenter, ...this.viewers]) viewer.close()
    this.server.kill('SIGKILL')
    await once(this.server, 'exit')
  }

  /** Resident memory of the server, bytes; 0 where the system does not tell. */
  private residentBytes(): number {
    try {
      return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.server.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
    } catch {
      return 0
    }
  }
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('The server has no output')
  let output = ''
  stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  for (;;) {
    const found = /Server listening at http:\/\/([\d.:]+)/.exec(output)?.[1]
    if (found) return `ws://${found}/weapp/ws`
    await once(stdout, 'data')
  }
}
