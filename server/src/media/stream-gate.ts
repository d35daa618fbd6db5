import { RoomError } from '../../../src/errors'
import type { Clock } from '../clock'
import type { Gate, GateAnswer } from '../gate'
import type { Log } from '../log'
import type { Store } from '../store/store'
import type { StoreEvent } from '../store/store-event'
import { parseStreamName, type PublishedKind, type StreamOwner } from '../stream-name'
import type { StreamAction } from '../stream-urls'
import { isReserved, readTicket, type StreamTicket } from '../tickets/stream-ticket'
import type { MediaServerApi } from './media-server-api'
import { RemoteStreams, type RemotePublisher } from './remote-streams'
import type { StreamChange } from './stream-change'

/** Let in: `ended` is to be called when the stream has ended, by whatever cause. */
export type Admission = (Extract<GateAnswer, { ok: true }> & { ended(): void }) | Extract<GateAnswer, { ok: false }>

export interface StreamGateOptions {
  readonly gate: Gate
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  /** Media servers elsewhere, whose hooks ask this gate. */
  readonly servers: readonly MediaServerApi[]
}

interface Publisher extends StreamOwner {
  readonly kind: PublishedKind
  readonly stream: string
  readonly ticket: StreamTicket
  cut(): void
}

const REVOKED = { ok: false, reason: 'revoked' } as const

/**
 * Asked by media servers before anyone publishes or plays. It keeps an eye on whoever publishes: when the seat or the login
 * that a URL was made for ends, on whatever node, the stream is cut and the URL is worth nothing any more.
 */
export class StreamGate {
  /** On media servers in this process, those that have not been answered yet included. */
  private readonly publishers = new Set<Publisher>()
  private readonly remote: RemoteStreams
  private readonly listeners = new Set<(event: StreamChange) => void>()
  private readonly unsubscribe: () => void

  constructor(private readonly options: StreamGateOptions) {
    this.remote = new RemoteStreams(options)
    this.unsubscribe = options.store.subscribe((event) => this.hear(event))
  }

  /**
   * @param stream name without a path, and without `.flv`
   * @param query of the URL the client used
   */
  async check(action: StreamAction, stream: string, query: URLSearchParams): Promise<GateAnswer> {
    const answer = this.options.gate.check(action, stream, query)
    if (!answer.ok || action === 'play') return answer
    return (await this.isCurrent(answer, ticketIn(query))) ? answer : REVOKED
  }

  /**
   * For a media server in this process, which lets in nobody before this is answered.
   * @param cut ends the connection at once
   */
  async publish(stream: string, query: URLSearchParams, cut: () => void): Promise<Admission> {
    const answer = this.options.gate.check('publish', stream, query)
    if (!answer.ok) return answer
    const { roomID, userID, kind } = answer
    const publisher: Publisher = { roomID, userID, kind, stream, ticket: ticketIn(query), cut }
    const ended = (): void => {
      if (this.publishers.delete(publisher)) this.tell('stopped', publisher)
    }
    // first noted, then asked: whoever loses the seat meanwhile is seen by one or the other
    this.publishers.add(publisher)
    try {
      if (!(await this.isCurrent(answer, publisher.ticket))) {
        this.publishers.delete(publisher)
        return REVOKED
      }
    } catch (error) {
      this.publishers.delete(publisher)
      throw error
    }
    for (const other of this.publishers) {
      if (other === publisher || other.stream !== stream) continue
      this.publishers.delete(other)
      this.tell('stopped', other)
    }
    this.tell('started', publisher)
    return { ...answer, ended }
  }

  /** For the hook of a media server elsewhere. */
  async publishAt(publisher: RemotePublisher, stream: string, query: URLSearchParams): Promise<GateAnswer> {
    const answer = await this.check('publish', stream, query)
    if (!answer.ok) return answer
    const { roomID, userID, kind } = answer
    const ticket = query.get('k') ?? ''
    const { server, client } = publisher
    const noted = { room: roomID, userID, kind, stream, ticket, server, client }
    const before = await this.options.store.streams.note(noted)
    if (!(await this.isCurrent(answer, ticketIn(query)))) {
      await this.options.store.streams.forget(noted)
      if (before) await this.options.store.streams.note(before)
      return REVOKED
    }
    if (before) this.tell('stopped', { ...before, roomID })
    this.tell('started', { roomID, userID, kind, stream })
    return answer
  }

  /** The hook says that a stream has ended. */
  async endedAt({ server, client }: RemotePublisher, stream: string): Promise<void> {
    const owner = parseStreamName(stream)
    if (!owner) return
    const known = await this.options.store.streams.forget({ room: owner.roomID, stream, server, client })
    if (known) this.tell('stopped', { ...owner, stream })
  }

  /** Whether a stream that was let in may go on; the time of its URL may be over by now. */
  async mayGoOn(stream: string, query: URLSearchParams): Promise<boolean> {
    const owner = parseStreamName(stream)
    const answer = this.options.gate.check('publish', stream, query)
    if (!owner || (!answer.ok && answer.reason !== 'expired')) return false
    return this.isCurrent(owner, ticketIn(query))
  }

  /** @returns the function that unsubscribes */
  onStream(listener: (event: StreamChange) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  close(): void {
    this.unsubscribe()
    this.remote.close()
    this.listeners.clear()
  }

  private async isCurrent({ roomID, userID }: StreamOwner, { login, seat }: StreamTicket): Promise<boolean> {
    const { store } = this.options
    if (login !== '' && (await store.isTokenRevoked(login))) return false
    if (seat === '') return true
    if (isReserved(seat)) return !(await store.isTokenRevoked(seat))
    return (await this.seatOf(roomID, userID)) === seat
  }

  /** null when the user is not in the room, or there is none. */
  private async seatOf(room: string, userID: string): Promise<string | null> {
    try {
      return (await this.options.store.find({ room, userID })).seat
    } catch (error) {
      if (error instanceof RoomError) return null
      throw error
    }
  }

  private hear(event: StoreEvent): void {
    if (event.type === 'unseated') {
      const { room, seat } = event
      this.cutAll((ticket) => ticket.seat === seat)
      this.remote.cutAll({ room }, (ticket) => ticket.seat === seat)
    }
    if (event.type === 'loggedOut') {
      const { login } = event
      this.cutAll((ticket) => ticket.login === login)
      this.remote.cutAll({ login }, (ticket) => ticket.login === login)
    }
  }

  private cutAll(matches: (ticket: StreamTicket) => boolean): void {
    for (const publisher of [...this.publishers]) if (matches(publisher.ticket)) publisher.cut()
  }

  private tell(type: StreamChange['type'], of: Pick<StreamChange, 'roomID' | 'userID' | 'kind' | 'stream'>): void {
    const { roomID, userID, kind, stream } = of
    const event: StreamChange = { type, roomID, userID, kind, stream, time: this.options.clock.now() }
    for (const listener of [...this.listeners]) {
      try {
        listener(event)
      } catch (error) {
        this.options.log('error', 'A listener of the streams threw', { error })
      }
    }
  }
}

/** Of a query that the gate has found signed. */
function ticketIn(query: URLSearchParams): StreamTicket {
  return readTicket(query.get('k') ?? '') ?? { login: '', seat: '' }
}
