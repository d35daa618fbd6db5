import { RoomError } from '../errors'
import type { Platform, Socket } from '../platform/platform'
import type { Unsubscribe } from '../util/emitter'
import type { AnswerFrame, Calls, RequestFrame } from './protocol'
import { errorOfAnswer, parseServerFrame, type ParsedFrame } from './server-frame'

/** Silence of our own after which a ping keeps the way open. */
const HEARTBEAT_MS = 30_000
/** Opening and logging in take at most this long. */
const READY_TIMEOUT_MS = 10_000

export type LoginSocketPhase = 'opening' | 'authenticating' | 'ready' | 'over'

/** Nothing is called after close(), nor after onRefused or onDown. */
export interface LoginSocketHandlers {
  /** The login is under way; what is sent from now on travels in the same flight. */
  onOpen(): void
  onLoggedIn(result: Calls['login']['result']): void
  /** The server does not want this login. The socket is closed. */
  onRefused(error: RoomError): void
  onFrame(frame: ParsedFrame): void
  /** Nothing has been sent for {@link HEARTBEAT_MS}. */
  onIdle(): void
  /** `code` is the close code, 0 when the server has not closed it. */
  onDown(cause: RoomError, code: number): void
}

/** One socket to the server, from its opening to its end. It logs in by itself. */
export class LoginSocket {
  private current: LoginSocketPhase = 'opening'
  private socket: Socket | null = null
  private openedAt = 0
  private heardAt = 0
  private cancelTimeout: Unsubscribe = () => undefined
  private cancelHeartbeat: Unsubscribe = () => undefined

  constructor(
    private readonly platform: Platform,
    private readonly url: string,
    private readonly login: RequestFrame<'login'>,
    private readonly handlers: LoginSocketHandlers,
  ) {}

  get phase(): LoginSocketPhase {
    return this.current
  }

  /** Milliseconds for which the socket has been trying to become ready. */
  get age(): number {
    return this.platform.now() - this.openedAt
  }

  heardSince(time: number): boolean {
    return this.heardAt > time
  }

  open(): void {
    this.openedAt = this.platform.now()
    this.cancelTimeout = this.platform.setTimer(READY_TIMEOUT_MS, () => {
      this.down(new RoomError('TIMEOUT', 'No login within the time for it'), 0)
    })
    const socket = this.platform.connectSocket(this.url, {
      onOpen: () => this.opened(),
      onMessage: (text) => this.read(text),
      onClose: (code) => {
        this.socket = null
        this.down(new RoomError('NETWORK', `The socket closed (${code})`), code)
      },
    })
    // a platform may report a failure before connectSocket returns
    if (this.current !== 'over') this.socket = socket
  }

  /** @returns whether there was an open socket to send over */
  send(text: string): boolean {
    if (!this.socket || (this.current !== 'authenticating' && this.current !== 'ready')) return false
    this.socket.send(text)
    this.cancelHeartbeat()
    this.cancelHeartbeat = this.platform.setTimer(HEARTBEAT_MS, () => this.handlers.onIdle())
    return true
  }

  close(): void {
    this.current = 'over'
    this.cancelTimeout()
    this.cancelHeartbeat()
    this.socket?.close()
    this.socket = null
  }

  private opened(): void {
    if (this.current !== 'opening') return
    this.current = 'authenticating'
    this.send(JSON.stringify(this.login))
    this.handlers.onOpen()
  }

  private read(text: string): void {
    if (this.current === 'over') return
    this.heardAt = this.platform.now()
    const parsed = parseServerFrame(text)
    if (!parsed) this.platform.log('warn', 'Not a frame of the protocol, ignored', { length: text.length })
    else if (parsed.type === 'answer' && parsed.frame.re === this.login.id) {
      this.answered(parsed.frame as AnswerFrame<'login'>)
    } else if (parsed.type === 'move') this.moveWithin(parsed.frame.moveWithinMs)
    else this.handlers.onFrame(parsed)
  }

  /** Not all clients of a server at once. */
  private moveWithin(ms: number): void {
    // before the login its own timeout stands, and the server closes in the end
    if (this.current !== 'ready') return
    this.cancelTimeout()
    this.cancelTimeout = this.platform.setTimer(this.platform.random() * ms, () =>
      this.down(new RoomError('NETWORK', 'The server goes away'), 0),
    )
  }

  private answered(frame: AnswerFrame<'login'>): void {
    if (this.current !== 'authenticating') return
    if ('error' in frame) {
      this.close()
      this.handlers.onRefused(errorOfAnswer(frame.error))
    } else {
      this.current = 'ready'
      this.cancelTimeout()
      this.handlers.onLoggedIn(frame.ok)
    }
  }

  private down(cause: RoomError, code: number): void {
    if (this.current === 'over') return
    this.close()
    this.handlers.onDown(cause, code)
  }
}
