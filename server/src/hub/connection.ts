import '../../../src/service-errors'
import { RoomError } from '../../../src/errors'
import type { AnswerFrame, CallName, MoveFrame, RequestFrame, ServerFrame } from '../../../src/signaling/protocol'
import type { Session } from '../identity'
import { GRACE_MS } from '../store/lifetimes'
import { StoreUnavailable } from '../store/store-unavailable'
import type { Reach } from '../stream-urls'
import { HANDLERS, login, type CallContext } from './call-handlers'
import { CLOSE_CODES, type CloseReason } from './close-codes'
import { decodeRequest } from './request-frame'
import type { FeedReceiver } from './room-feed'
import type { HubContext } from '../room-hub'
import { Wire } from './wire'

/** The transport's end of a socket, for the hub to use. */
export interface Peer extends Omit<Reach, 'secure'> {
  readonly secure?: boolean
  /** Where the client is, for the limits of one address; not limited when it is not known. */
  readonly address?: string
  send(text: string): void
  close(code: number, reason: string): void
}

/** The hub's end of a socket, for the transport to use. */
export interface PeerLink {
  receive(text: string): void
  /** A ping or pong has come: like a request it is one of so many that a client may send. */
  receiveControl(): void
  /** The socket is gone; nothing may be sent any more. */
  closed(): void
}

/** A client that goes on asking after this many refusals in a row does not listen. */
const MAX_REFUSALS = 1000

/** One client's socket. Its requests run one after the other, so that login and join may be sent in one flight. */
export class Connection implements PeerLink {
  private current: Session | null = null
  /** Whom the socket counts for, from the first login to its end. */
  private user = ''
  readonly wire: Wire
  private queue: Promise<void> = Promise.resolve()
  private open = true
  /** This side has closed it: what still comes is not read. */
  private isDropped = false
  private followUps: (() => void)[] = []
  /** Frames that wait for their turn. */
  private waiting = 0
  /** Requests in a row that were too many. */
  private refusals = 0
  private readonly cancelLoginTimer: () => void

  constructor(
    readonly id: string,
    private readonly peer: Peer,
    private readonly hub: HubContext,
  ) {
    hub.log('debug', 'A socket is open', { connection: id, address: peer.address })
    this.cancelLoginTimer = hub.clock.setTimer(hub.limits.loginSeconds * 1000, () => this.drop('noLogin', 'no login'))
    const reach = { host: peer.host, secure: peer.secure ?? false }
    this.wire = new Wire(hub.urls, reach, () => this.current?.id ?? '')
  }

  get session(): Session | null {
    return this.current
  }

  /** @throws RoomError RATE_LIMITED when the user has too many sockets */
  logIn(session: Session): void {
    // several logins on one socket are one user's, see login()
    if (!this.user && !this.hub.guard.users.add(session.userID)) {
      this.hub.meter?.refused('connectionsPerUser')
      throw new RoomError('RATE_LIMITED', 'This user has too many connections, try again later')
    }
    this.user = session.userID
    this.current = session
    this.cancelLoginTimer()
  }

  receive(text: string): void {
    if (this.isDropped) return
    if (this.waiting >= this.hub.limits.pendingRequests) return this.drop('flooding', 'too many requests at once')
    this.waiting += 1
    const since = this.hub.meter?.now() ?? 0
    this.enqueue(() => this.answer(text, since).finally(() => (this.waiting -= 1)))
  }

  receiveControl(): void {
    if (!this.isDropped) this.refusal()
  }

  closed(): void {
    if (this.open) this.release()
    this.open = false
    this.enqueue(() => this.lose().finally(() => this.hub.drain.left()))
  }

  /** Whatever has no answer and belongs to no room. */
  tell(frame: MoveFrame): void {
    this.send(frame)
  }

  /** Ends the socket at once; its members are not touched. */
  drop(why: CloseReason, reason: string): void {
    if (!this.open || this.isDropped) return
    this.isDropped = true
    this.hub.log('debug', 'A socket is closed', { connection: this.id, userID: this.user, why })
    this.hub.meter?.dropped(why)
    this.peer.close(CLOSE_CODES[why], reason)
  }

  private release(): void {
    this.cancelLoginTimer()
    if (this.user) this.hub.guard.users.remove(this.user)
    this.user = ''
  }

  /** Takes the session away at once, leaves every room and ends the socket, for good. */
  end(why: CloseReason, reason: string): void {
    const userID = this.session?.userID
    this.current = null
    this.enqueue(async () => {
      for (const room of this.hub.feeds.roomsOf(this.id)) {
        this.hub.feeds.close(room, this.id)
        if (userID !== undefined) await this.hub.store.leave({ room, userID, request: '' })
      }
    })
    this.enqueue(async () => this.drop(why, reason))
  }

  /** Runs `task` as soon as the answer to the current request is out. */
  afterAnswer(task: () => void): void {
    this.followUps.push(task)
  }

  receiver(userID: string): FeedReceiver {
    return { id: this.id, userID, wire: this.wire, send: (text) => this.sendText(text) }
  }

  private enqueue(task: () => Promise<void>): void {
    this.queue = this.queue.then(task).catch((error: unknown) => {
      this.hub.log('error', 'A socket task failed', { connection: this.id, error })
    })
  }

  private async answer(text: string, since: number): Promise<void> {
    const decoded = decodeRequest(text, this.hub.limits.frameBytes)
    const id = 'fault' in decoded ? decoded.id : decoded.frame.id
    if (this.isTooMuch(id)) return
    if ('fault' in decoded) {
      this.hub.meter?.failed('socket', decoded.code)
      this.send({ re: id, error: { code: decoded.code, message: decoded.fault } })
      return
    }
    const answer = await this.call(decoded.frame)
    if (answer) this.send(answer)
    this.note(decoded.frame, answer, since)
    const followUps = this.followUps
    this.followUps = []
    for (const task of followUps) task()
  }

  private note({ id: request, op }: RequestFrame, answer: AnswerFrame | null, since: number): void {
    const { log, meter } = this.hub
    const error = answer && 'error' in answer ? answer.error.code : undefined
    if (answer && meter) meter.answered('socket', op, meter.now() - since)
    if (error !== undefined) meter?.failed('socket', error)
    if (log.isQuiet) return
    const outcome = answer === null ? 'unknown' : (error ?? 'ok')
    log('debug', 'Socket op', { connection: this.id, request, op, userID: this.user || undefined, outcome })
  }

  /** Whether this request is one too many; it is answered then. */
  private isTooMuch(id: string): boolean {
    const refusal = this.refusal()
    if (!refusal) return false
    const { code, message } = refusal
    this.hub.meter?.failed('socket', code)
    this.send({ re: id, error: { code, message } })
    return true
  }

  /** Counts what has come. @returns why it is one too many; a client that does not listen to that is dropped */
  private refusal(): RoomError | null {
    const refusal = this.hub.guard.refusalOf({ address: this.peer.address ?? '', userID: this.user })
    this.refusals = refusal ? this.refusals + 1 : 0
    if (this.refusals > MAX_REFUSALS) this.drop('flooding', 'too many requests')
    return refusal
  }

  /** @returns null when nobody knows what has become of it: the client will ask again on another socket, by the same id */
  private async call(frame: RequestFrame): Promise<AnswerFrame | null> {
    try {
      return { re: frame.id, ok: await this.run(frame) }
    } catch (thrown) {
      if (thrown instanceof StoreUnavailable) {
        this.drop('restart', 'the rooms are out of reach')
        return null
      }
      if (thrown instanceof RoomError) return { re: frame.id, error: { code: thrown.code, message: thrown.message } }
      const { id: request, op } = frame
      this.hub.log('error', 'A socket op failed', { connection: this.id, request, op, error: thrown })
      return { re: frame.id, error: { code: 'SERVER_ERROR', message: 'The server failed' } }
    }
  }

  private run(frame: RequestFrame): Promise<AnswerOf> {
    const context = { hub: this.hub, connection: this, request: frame.id }
    // the frame was checked against the schema of its own op, which a mapped type cannot express
    if (frame.op === 'login') return login(context, frame.params as Parameters<typeof login>[1])
    if (!this.session) return Promise.reject(new RoomError('NOT_LOGGED_IN'))
    const handler = HANDLERS[frame.op] as (context: CallContext, params: RequestFrame['params']) => Promise<AnswerOf>
    return handler({ ...context, session: this.session }, frame.params)
  }

  private async lose(): Promise<void> {
    this.hub.connections.delete(this)
    const userID = this.session?.userID
    if (userID === undefined) return
    const rooms = this.hub.feeds.roomsOf(this.id)
    for (const room of rooms) {
      this.hub.feeds.close(room, this.id)
      await this.hub.store.lose({ room, userID, connection: this.id })
    }
    if (rooms.length > 0) this.hub.sweeper.wakeIn(GRACE_MS)
  }

  private send(frame: ServerFrame): void {
    this.sendText(JSON.stringify(frame))
  }

  private sendText(text: string): void {
    if (this.open) this.peer.send(text)
  }
}

type AnswerOf = Extract<AnswerFrame<CallName>, { ok: unknown }>['ok']
