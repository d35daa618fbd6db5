import { RoomError } from '../../errors'
import type { CloseReason } from '../../model'
import type { Platform } from '../../platform/platform'
import type { Unsubscribe } from '../../util/emitter'
import { AppQuestions } from '../app-questions'
import { listenTo } from './engine-listeners'
import type { ZegoEngine, ZegoRoomConfig, ZegoUser } from './engine'
import { closeReasonOf, zegoErrorOf } from './room-codes'
import type { ZegoConfig } from './zego-config'

/** The engine mends a broken link for 300 s by itself; after it we log in again this often. */
export const LOGIN_AGAIN_MS = 5_000
/** A token has 30 s left when a new one is asked for; a refusal is asked again after this. */
const RENEW_AGAIN_MS = 5_000

export interface LoginListener {
  lost(error: RoomError): void
  retried(attempt: number): void
  restored(): void
  /** Logged in anew: the engine tells the whole room again. */
  enteredAgain(): Promise<void>
  closed(reason: CloseReason, error: RoomError): void
}

/** The logins that their session has given up while the engine was at it: the next one waits for them. */
const departures = new WeakMap<ZegoEngine, Promise<void>>()

/** One room's login: kept over drops, its token renewed, ended by ZEGO or by logging out. */
export class ZegoLogin {
  private phase: 'out' | 'entering' | 'in' | 'mending' | 'over' = 'out'
  private token: string
  private attempt = 0
  private pending: Promise<unknown> | null = null
  private cancelLogin: Unsubscribe | null = null
  private cancelRenewal: Unsubscribe | null = null
  private readonly unsubscribes: Unsubscribe[]
  private readonly questions: AppQuestions

  constructor(
    private readonly platform: Platform,
    private readonly config: ZegoConfig,
    private readonly room: { readonly id: string; readonly user: ZegoUser; readonly options: ZegoRoomConfig },
    private readonly listener: LoginListener,
  ) {
    this.token = config.token
    this.questions = new AppQuestions(platform)
    this.unsubscribes = [
      listenTo(config.engine, {
        roomStateUpdate: (id, state, errorCode) => id === room.id && this.stateChanged(state, errorCode),
        roomStateChanged: (id, reason, code) => id === room.id && reason === 'KICKOUT' && this.kicked(code),
        tokenWillExpire: (id) => id === room.id && this.renew(),
      }),
      platform.onNetworkChange((connected) => connected && this.hurry()),
      platform.onForeground(() => this.hurry()),
    ]
  }

  /** @throws RoomError by the promise: LOGIN_REFUSED, LOGIN_EXPIRED, ROOM_FULL, TIMEOUT … */
  async enter(): Promise<void> {
    this.phase = 'entering'
    const { engine } = this.config
    await departures.get(engine)
    if (this.isOver) throw new RoomError('CANCELLED')
    await this.logIn()
    if (this.isOver) throw new RoomError('CANCELLED')
    this.phase = 'in'
  }

  /** Logs out. Idempotent. */
  end(): void {
    if (this.isOver) return
    const wasOut = this.phase === 'out'
    this.phase = 'over'
    for (const unsubscribe of this.unsubscribes.splice(0)) unsubscribe()
    this.cancelLogin?.()
    this.cancelRenewal?.()
    this.questions.close()
    if (wasOut) return
    const { engine } = this.config
    const logOut = (): void => engine.logoutRoom(this.room.id)
    if (this.pending)
      departures.set(
        engine,
        this.pending.then(logOut, () => undefined),
      )
    else logOut()
  }

  private get isOver(): boolean {
    return this.phase === 'over'
  }

  private async logIn(): Promise<void> {
    const { id, user, options } = this.room
    const login = this.config.engine.loginRoom(id, this.token, user, { ...options, userUpdate: true })
    this.pending = login
    try {
      await login
    } catch (thrown) {
      throw zegoErrorOf(thrown, 'ENTER_FAILED')
    } finally {
      this.pending = null
    }
  }

  private stateChanged(state: string, errorCode: number): void {
    if (this.phase !== 'in' && this.phase !== 'mending') return
    if (state === 'CONNECTED') return this.restored()
    const error = zegoErrorOf({ errorCode }, 'NETWORK')
    const reason = closeReasonOf(error)
    if (state === 'DISCONNECTED' && reason) return this.listener.closed(reason, error)
    if (this.phase === 'in') {
      this.phase = 'mending'
      this.attempt = 0
      this.listener.lost(error)
    }
    if (state === 'DISCONNECTED') this.planLogin()
  }

  private kicked(code: number): void {
    if (this.phase !== 'in' && this.phase !== 'mending') return
    const error = zegoErrorOf({ errorCode: code }, 'KICKED')
    this.listener.closed(closeReasonOf(error) ?? 'kicked', error)
  }

  private restored(): void {
    if (this.phase !== 'mending') return
    this.cancelLogin?.()
    this.cancelLogin = null
    this.phase = 'in'
    this.listener.restored()
  }

  private planLogin(): void {
    if (this.cancelLogin || this.pending) return
    this.cancelLogin = this.platform.setTimer(LOGIN_AGAIN_MS, () => this.logInAgain())
  }

  private hurry(): void {
    if (this.cancelLogin) this.logInAgain()
  }

  private logInAgain(): void {
    this.cancelLogin?.()
    this.cancelLogin = null
    this.attempt += 1
    this.listener.retried(this.attempt)
    const login = this.renewForLogin().then(() => (this.isOver ? undefined : this.logIn()))
    this.pending = login
    login.then(
      () => this.backIn(),
      (thrown: unknown) => this.loginFailed(zegoErrorOf(thrown, 'ENTER_FAILED')),
    )
  }

  private async backIn(): Promise<void> {
    this.pending = null
    if (this.isOver) return
    await this.listener.enteredAgain().catch((error: RoomError) => this.platform.log('warn', error.message))
    this.restored()
  }

  private loginFailed(error: RoomError): void {
    this.pending = null
    if (this.isOver) return
    const reason = closeReasonOf(error)
    if (reason) return this.listener.closed(reason, error)
    this.platform.log('warn', 'Logging in to ZEGO again failed', error.code)
    this.planLogin()
  }

  private async renewForLogin(): Promise<void> {
    const { renewToken } = this.config
    if (renewToken) this.token = await this.questions.ask(renewToken)
  }

  private renew(): void {
    const { renewToken, engine } = this.config
    if (!renewToken)
      return this.platform.log('warn', 'The ZEGO token is about to end, and config.renewToken is missing')
    this.questions.ask(renewToken).then(
      (token) => {
        if (this.isOver) return
        this.token = token
        engine.renewToken(token, this.room.id)
      },
      () => {
        if (this.isOver) return
        this.platform.log('warn', 'config.renewToken failed, it is asked again')
        this.cancelRenewal = this.platform.setTimer(RENEW_AGAIN_MS, () => this.renew())
      },
    )
  }
}
