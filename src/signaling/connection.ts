import { RoomError } from '../errors'
import type { Platform } from '../platform/platform'
import { deferred, type Deferred } from '../util/deferred'
import { TypedEmitter, type EventSource, type Unsubscribe } from '../util/emitter'
import type { ReconnectPolicy } from '../util/reconnect-policy'
import { RetryTimer } from '../util/retry-timer'
import { LoginSocket, type LoginSocketPhase } from './login-socket'
import type { CallName, Calls, FinalCloseCode, LoginParams } from './protocol'
import { RequestTable, type CallOptions } from './request-table'
import { RoomRoutes, type RoomListener } from './room-routes'
import type { ParsedFrame } from './server-frame'
import { socketUrl } from './service-root'

/** Answer time granted to a socket that a change of network may have killed. */
const PROBE_TIMEOUT_MS = 3_000
/** The first login fails rather than keep the user waiting longer. */
const LOGIN_DEADLINE_MS = 15_000
const LOGOUT_DEADLINE_MS = 1_000

const LOGIN_ENDED: FinalCloseCode = 4401
const LOGGED_IN_ELSEWHERE: FinalCloseCode = 4409

/**
 * online = there is a socket, in a phase of its own. A drop leads to waiting (for the next try) and back to online,
 * giving up to dormant (until the network returns or someone asks for something), refusal and close() to closed.
 */
type LinkPhase = 'idle' | 'online' | 'waiting' | 'dormant' | 'closed'
export type ConnectionPhase = Exclude<LinkPhase, 'online'> | Exclude<LoginSocketPhase, 'over'>

export type ConnectionEvents = {
  /** The socket is gone; tries to mend it follow. Only after a login that succeeded. */
  lost: [RoomError]
  /** A try begins, counted from 1 since the loss or since the network came back. */
  retried: [attempt: number]
  /** Logged in again; what was pending has been sent again. */
  restored: []
  /** The server refuses this login: LOGIN_REFUSED, LOGIN_EXPIRED or REPLACED. */
  loginRefused: [RoomError]
  /** Nothing more is tried: refused, given up (NETWORK) or closed by its owner (CANCELLED). */
  ended: [RoomError]
}

export interface ConnectionOptions {
  readonly platform: Platform
  /** As given by parseServiceRoot: no trailing slash. */
  readonly root: string
  readonly policy: ReconnectPolicy
}

/**
 * The one socket of an app to RoomService, shared by its rooms. It logs in, asks, repeats what a drop left unanswered
 * under the same id, and hands notices to whoever listens to their room.
 */
export class SignalingConnection {
  private readonly emitter: TypedEmitter<ConnectionEvents>
  private readonly requests: RequestTable
  private readonly routes = new RoomRoutes()
  private readonly retry: RetryTimer
  private link: LinkPhase = 'idle'
  private socket: LoginSocket | null = null
  private params: LoginParams | null = null
  private token = ''
  /** Of the first login, until it is settled. */
  private firstLogin: Deferred<Calls['login']['result']> | null = null
  private endError: RoomError | null = null
  /** Number of the running or planned try to reconnect, 0 while there is none. */
  private attempt = 0
  /** Of the last ping, ms; 0 = none has been answered yet. */
  roundTrip = 0
  private cancelLoginDeadline: Unsubscribe = () => undefined
  private unsubscribes: Unsubscribe[] = []

  constructor(private readonly options: ConnectionOptions) {
    const { platform, policy } = options
    this.emitter = new TypedEmitter((error) => platform.log('error', 'A listener of the connection threw', error))
    this.retry = new RetryTimer(platform, policy)
    this.requests = new RequestTable(platform, {
      transmit: (text) => this.socket?.send(text) ?? false,
      heardSince: (time) => this.socket?.heardSince(time) ?? false,
      onSilence: () => this.drop(new RoomError('TIMEOUT', 'The server does not answer')),
    })
  }

  get events(): EventSource<ConnectionEvents> {
    return this.emitter
  }

  get phase(): ConnectionPhase {
    if (this.link !== 'online') return this.link
    const phase = this.socket?.phase ?? 'over'
    return phase === 'over' ? 'waiting' : phase
  }

  /** userID of the login, '' before it. */
  get userID(): string {
    return this.params?.userID ?? ''
  }

  get userName(): string {
    return this.params?.userName ?? ''
  }

  get userAvatar(): string {
    return this.params?.userAvatar ?? ''
  }

  /**
   * Opens the socket and logs in, once per connection. Requests made before the answer travel in the same flight.
   * Rejects with LOGIN_REFUSED, LOGIN_EXPIRED, NETWORK or CANCELLED; the connection is over then.
   */
  login(params: LoginParams): Promise<Calls['login']['result']> {
    if (this.link !== 'idle') return Promise.reject(new RoomError('CANCELLED', 'A connection logs in once'))
    const { platform } = this.options
    this.params = params
    this.token = params.token ?? ''
    this.firstLogin = deferred()
    this.unsubscribes = [
      platform.onNetworkChange((connected) => connected && this.wake()),
      platform.onForeground(() => this.wake()),
    ]
    this.cancelLoginDeadline = platform.setTimer(LOGIN_DEADLINE_MS, () => {
      this.end(new RoomError('NETWORK', 'The server could not be reached'))
    })
    const { promise } = this.firstLogin
    this.open()
    return promise
  }

  /**
   * Logs the same user in again, with a newer userSig or another name, while everything goes on. A refusal leaves the
   * present login as it is.
   */
  async renew(params: LoginParams): Promise<void> {
    const { token } = await this.call('login', params, { deadlineMs: LOGIN_DEADLINE_MS })
    this.params = params
    this.token = token
  }

  /** Asks the server. Survives drops of the socket; rejects with the error of the server, TIMEOUT, NETWORK or CANCELLED. */
  call<K extends CallName>(
    op: K,
    params: Calls[K]['params'],
    options: CallOptions<K> = {},
  ): Promise<Calls[K]['result']> {
    if (this.link === 'idle') return Promise.reject(new RoomError('NOT_LOGGED_IN'))
    if (this.link === 'closed') return Promise.reject(this.endError ?? new RoomError('NOT_LOGGED_IN'))
    const answer = this.requests.add(op, params, options)
    if (this.link === 'dormant') this.wake()
    return answer
  }

  /** Rejects what this owner has asked for as CANCELLED. */
  cancel(owner: object): void {
    this.requests.cancel(owner)
  }

  /** The same, but only for what has never been sent (the server may act on the rest). @returns how many requests */
  cancelUnsent(owner: object): number {
    return this.requests.cancelUnsent(owner)
  }

  listen(room: string, listener: RoomListener): Unsubscribe {
    return this.routes.listen(room, listener)
  }

  isListened(room: string): boolean {
    return this.routes.isListened(room)
  }

  /** Ends the login, telling the server where it can be told quickly, and closes. */
  async logout(): Promise<void> {
    if (this.phase === 'ready') {
      await this.call('logout', {}, { deadlineMs: LOGOUT_DEADLINE_MS }).catch(() => undefined)
    }
    this.close()
  }

  /** Gives back socket, timers and listeners; what is pending rejects as CANCELLED. Idempotent. */
  close(): void {
    this.end(new RoomError('CANCELLED', 'Logged out'))
  }

  private open(): void {
    if (!this.params) return
    const { platform, root } = this.options
    this.link = 'online'
    const credential = this.token ? { token: this.token, userSig: undefined } : { token: undefined }
    const login = { id: this.requests.nextId(), op: 'login', params: { ...this.params, ...credential } } as const
    this.socket = new LoginSocket(platform, socketUrl(root), login, {
      onOpen: () => this.requests.resend(),
      onLoggedIn: (result) => this.loggedIn(result),
      onRefused: (error) => this.refused(error),
      onFrame: (frame) => this.read(frame),
      onIdle: () => this.ping(),
      onDown: (cause, code) => this.wentDown(cause, code),
    })
    this.socket.open()
  }

  private read(parsed: ParsedFrame): void {
    if (parsed.type === 'notice') this.routes.notice(parsed.frame)
    else if (parsed.type === 'live') this.routes.live(parsed.frame)
    else if (parsed.type === 'closed') this.routes.closed(parsed.frame)
    else if (parsed.type === 'answer') this.requests.answer(parsed.frame)
  }

  private loggedIn(result: Calls['login']['result']): void {
    const { firstLogin } = this
    this.token = result.token
    this.cancelLoginDeadline()
    this.firstLogin = null
    this.attempt = 0
    this.options.platform.log('info', firstLogin ? 'Logged in' : 'Connection restored')
    if (firstLogin) firstLogin.resolve(result)
    else this.emitter.emit('restored')
  }

  private refused(error: RoomError): void {
    if (error.recoverable) return this.drop(error)
    if (this.token && this.params?.userSig) {
      // the token has run out or was logged out; the userSig may still do
      this.token = ''
      this.releaseSocket()
      return this.open()
    }
    this.emitter.emit('loginRefused', error)
    this.end(error)
  }

  private wentDown(cause: RoomError, code: number): void {
    if (code !== LOGIN_ENDED && code !== LOGGED_IN_ELSEWHERE) return this.drop(cause)
    const error = new RoomError(code === LOGIN_ENDED ? 'LOGIN_EXPIRED' : 'REPLACED')
    this.emitter.emit('loginRefused', error)
    this.end(error)
  }

  private drop(cause: RoomError): void {
    this.releaseSocket()
    this.link = 'waiting'
    if (this.attempt === 0) {
      this.options.platform.log('warn', 'Connection lost', cause.message)
      if (!this.firstLogin) this.emitter.emit('lost', cause)
    }
    if (this.link === 'waiting') this.planRetry(cause)
  }

  private planRetry(cause: RoomError): void {
    this.attempt += 1
    const tryNow = (): void => {
      if (!this.firstLogin) this.emitter.emit('retried', this.attempt)
      if (this.link === 'waiting') this.open()
    }
    this.retry.plan(this.attempt, cause, tryNow, () => this.giveUp())
  }

  private giveUp(): void {
    const error = new RoomError('NETWORK', 'The server could not be reached', { recoverable: false })
    if (this.firstLogin) return this.end(error)
    this.link = 'dormant'
    this.options.platform.log('error', 'Gave up reconnecting')
    this.requests.rejectAll(error)
    this.emitter.emit('ended', error)
  }

  /** The network is back, or the app is: what waits is tried at once, what seems alive has to prove it. */
  private wake(): void {
    if (this.phase === 'ready') return this.ping({ tryTimeoutMs: PROBE_TIMEOUT_MS })
    if (this.link === 'online' && this.socket && this.socket.age <= PROBE_TIMEOUT_MS) return
    this.releaseSocket()
    this.link = 'waiting'
    this.attempt = 0
    this.planRetry(new RoomError('NETWORK'))
    this.retry.hurry()
  }

  private ping(options: CallOptions<'ping'> = {}): void {
    const { socket } = this
    const { platform } = this.options
    const sent = platform.now()
    this.call('ping', {}, options).then(
      () => {
        // over another socket it was sent again, after a while that is none of the way
        if (this.socket === socket) this.roundTrip = platform.now() - sent
      },
      () => undefined,
    )
  }

  private releaseSocket(): void {
    this.retry.cancel()
    this.socket?.close()
    this.socket = null
    this.requests.suspend()
  }

  private end(error: RoomError): void {
    if (this.link === 'closed') return
    this.link = 'closed'
    this.endError = error
    this.releaseSocket()
    this.cancelLoginDeadline()
    for (const unsubscribe of this.unsubscribes.splice(0)) unsubscribe()
    this.token = ''
    if (this.params) this.params = { ...this.params, userSig: undefined, token: undefined }
    this.firstLogin?.reject(error)
    this.firstLogin = null
    this.requests.rejectAll(error)
    this.emitter.emit('ended', error)
    this.routes.clear()
    this.emitter.clear()
  }
}
