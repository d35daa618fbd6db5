import type { Clock } from '../clock'
import type { Log } from '../log'
import type { Store } from '../store/store'
import type { StoredStream } from '../store/stored-streams'
import { readTicket, type StreamTicket } from '../tickets/stream-ticket'
import type { MediaServerApi } from './media-server-api'

/** How long after a try a media server is told again that a publisher has to go, ms. */
const AGAIN_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000]

/** Of a publisher at a media server elsewhere. */
export interface RemotePublisher {
  /** Name of its {@link MediaServerApi}. */
  readonly server: string
  /** What that server calls the connection. */
  readonly client: string
}

export interface RemoteStreamsOptions {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly servers: readonly MediaServerApi[]
}

type Matches = (ticket: StreamTicket) => boolean

/**
 * Streams at media servers elsewhere, which the store knows: whichever nodes live can end them. A server that does not say that a
 * stream has ended is told again, because it may have asked about the publisher before it knew it.
 */
export class RemoteStreams {
  private readonly timers = new Set<() => void>()
  private isClosed = false

  constructor(private readonly options: RemoteStreamsOptions) {}

  cutAll(of: Parameters<Store['streams']['of']>[0], matches: Matches): void {
    if (this.options.servers.length > 0) void this.attempt(of, matches, 0)
  }

  close(): void {
    this.isClosed = true
    for (const cancel of this.timers) cancel()
    this.timers.clear()
  }

  private async attempt(of: Parameters<Store['streams']['of']>[0], matches: Matches, tries: number): Promise<void> {
    const { store, log } = this.options
    try {
      const streams = (await store.streams.of(of)).filter(({ ticket }) => matches(readTicket(ticket) ?? NONE))
      if (streams.length === 0) return
      if (tries >= AGAIN_MS.length) return log('error', 'A media server does not cut a stream', { tries })
      await Promise.all(streams.map((stream) => this.cut(stream)))
    } catch (error) {
      if (tries >= AGAIN_MS.length) return log('error', 'A stream could not be cut', { error })
      log('warn', 'A stream could not be cut, and will be tried again', { error })
    }
    this.later(AGAIN_MS[tries] as number, () => void this.attempt(of, matches, tries + 1))
  }

  private async cut(stream: StoredStream): Promise<void> {
    const server = this.options.servers.find(({ name }) => name === stream.server)
    await server?.cut(stream)
  }

  private later(ms: number, task: () => void): void {
    if (this.isClosed) return
    const cancel = this.options.clock.setTimer(ms, () => {
      this.timers.delete(cancel)
      task()
    })
    this.timers.add(cancel)
  }
}

const NONE: StreamTicket = { login: '', seat: '' }
