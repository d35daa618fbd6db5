import type { MediaTarget } from '../codes/signals'
import { RoomError } from '../errors'
import type { ErrorCode } from '../errors'
import type { Platform } from '../platform/platform'
import { deferred } from '../util/deferred'
import type { Deferred } from '../util/deferred'
import { answerBothWays } from '../util/answer-both-ways'
import type { Unsubscribe } from '../util/emitter'
import type { ReconnectPolicy } from '../util/reconnect-policy'
import type { TagPhase } from './media-state'
import { nativeFailure } from './native-call'
import type { NativeCallbacks, NativeResult } from './native-call'
import { callInStyle, splitCallbacks } from './native-methods'
import type { CallStyle } from './native-methods'
import { TagDriver } from './tag-driver'
import type { TagCommands } from './tag-driver'
import type { TagNews } from './tag-events'
import { TagReports } from './tag-reports'
import { UrlHandover } from './url-handover'
import type { UrlDelivery } from './url-handover'
import { UrlSource } from './url-source'

/** What a publisher and a player differ in. */
export interface TagKind {
  readonly target: MediaTarget
  /** The native method that starts it. */
  readonly start: 'start' | 'play'
  /** Errors: of a start without a sign of life, of a policy that gave up, of a source without a URL. */
  readonly lostAs: ErrorCode
  readonly givenUpAs: ErrorCode
  readonly noUrlAs: ErrorCode
}

export type SingleTagOptions<Context extends object> = UrlDelivery & {
  readonly platform: Platform
  readonly policy: ReconnectPolicy
  /** The native context, or where to find it: null while the tag is not on the page. */
  readonly context: Context | (() => Context | null)
  /**
   * The URL, or its source: asked at every start and again on every retry, because URLs expire. A rejection is a try
   * that failed; a RoomError that is not recoverable, such as ROOM_CLOSED, ends the retries.
   */
  readonly url: string | (() => Promise<string>)
}

/** It does not run, and no start is under way. */
const AWAY: ReadonlySet<TagPhase | 'idle'> = new Set<TagPhase>(['retrying', 'suspended', 'failed'])

/** A tag that a page holds without a room: the machine of a room's tags, run for one that the page starts and stops. */
export class SingleTag<Context extends object> {
  private driver: TagDriver | null = null
  private cleanUps: Unsubscribe[] = []
  /** start() waits for the native call here. */
  private starting: Deferred<NativeResult> | null = null
  private lastPhase: TagPhase | 'idle' = 'idle'
  private hasConnected = false
  private isPaused = false
  private isDestroyed = false
  private readonly source: UrlSource
  private readonly handover: UrlHandover
  /** Takes the native events of the tag. */
  readonly reports: TagReports

  constructor(
    private readonly kind: TagKind,
    private readonly options: SingleTagOptions<Context>,
    private readonly news: TagNews,
  ) {
    const { platform, url, autoRestart, setUrl } = options
    if (url === '') throw new RoomError('BAD_CONFIG', 'url is empty')
    if (autoRestart !== false && !setUrl) throw new RoomError('BAD_CONFIG', 'setUrl is missing')
    this.source = new UrlSource(platform, url, kind.noUrlAs)
    this.handover = new UrlHandover(options, platform.log)
    this.reports = new TagReports(kind.target, platform, news, (event) => this.driver?.dispatch(event))
  }

  get phase(): TagPhase | 'idle' {
    return this.driver?.state.phase ?? 'idle'
  }

  start(callbacks: NativeCallbacks = {}): Promise<NativeResult> {
    return answerBothWays(this.options.platform.log, callbacks, this.begin(), nativeFailure)
  }

  stop(callbacks: NativeCallbacks = {}): Promise<NativeResult> {
    this.end(`stop() came before ${this.kind.start}() was done`)
    return answerBothWays(this.options.platform.log, callbacks, this.command('stop'), nativeFailure)
  }

  /** Any other method of the context. The user's pause is remembered: it outlives a restart. */
  call(name: string, style: CallStyle, args: readonly unknown[]): Promise<unknown> {
    if (name === 'pause' || name === 'resume') this.isPaused = name === 'pause'
    const [nativeArgs, callbacks] = splitCallbacks(args)
    return answerBothWays(this.options.platform.log, callbacks, this.native(name, style, nativeArgs), nativeFailure)
  }

  /** Stops the tag; nothing is armed, listened to or told after it. Idempotent. */
  destroy(): void {
    if (this.isDestroyed) return
    const hadStarted = this.driver !== null
    this.end('destroy() came first')
    if (hadStarted) this.quietly('stop')
    this.isDestroyed = true
    this.news.clear()
  }

  private begin(): Promise<NativeResult> {
    if (this.isDestroyed) return Promise.reject(this.destroyedError())
    const { driver, handover, phase } = this
    this.isPaused = false
    const isAway = AWAY.has(phase)
    const isOffered = phase === 'starting' && handover.isWaiting
    if (driver && !isAway && !isOffered && !this.starting) return this.command(this.kind.start)
    const { promise } = (this.starting ??= deferred())
    if (!driver) this.launch()
    else if (isAway) driver.dispatch({ type: 'woken', by: 'user' })
    else if (isOffered) handover.resume()
    return promise
  }

  private launch(): void {
    const { platform, setUrl } = this.options
    this.hasConnected = false
    this.cleanUps = [
      platform.onNetworkChange((connected) => connected && this.wake('network')),
      platform.onForeground(() => this.wake('foreground')),
    ]
    this.driver = this.createDriver()
    this.driver.dispatch(setUrl ? { type: 'requested' } : { type: 'begun', url: '', mounted: false })
  }

  private createDriver(): TagDriver {
    const { platform, policy } = this.options
    const driver: TagDriver = new TagDriver(platform, policy, {
      lostAs: this.kind.lostAs,
      askUrl: () => this.source.ask(),
      commands: () => (this.driver === driver ? this.commands() : null),
      afterRender: (start) => this.handOver(driver, start),
      changed: () => this.phaseMoved(driver),
      retrying: (attempt, error) => this.news.emit('reconnecting', { attempt, error }),
      recovered: (attempt) => this.news.emit('reconnected', { attempt }),
      failed: (error) => this.fail(error),
    })
    return driver
  }

  private handOver(driver: TagDriver, start: () => void): void {
    const { url, attempt } = driver.state
    this.handover.begin({
      url,
      isRetry: attempt > 0,
      ready: () => this.news.emit('reconnectReady', { url }),
      start,
    })
  }

  private commands(): TagCommands | null {
    if (!this.context()) return null
    return {
      autostart: false,
      start: ({ complete }) => this.startNative(complete),
      stop: ({ complete }) => {
        const done = (): void => complete?.()
        this.command('stop').then(done, done)
      },
    }
  }

  private startNative(complete: (() => void) | undefined): void {
    const { starting } = this
    this.starting = null
    this.command(this.kind.start).then(
      (result) => {
        starting?.resolve(result)
        complete?.()
      },
      (error: RoomError) => {
        this.options.platform.log('warn', `${this.kind.start} failed: ${error.message}`)
        starting?.reject(error)
        complete?.()
      },
    )
  }

  private phaseMoved(driver: TagDriver): void {
    const before = this.lastPhase
    const { phase } = driver.state
    this.lastPhase = phase
    if (AWAY.has(phase)) this.handover.cancel()
    if (phase !== 'running' || before === 'running' || before === 'stalled') return
    if (this.isPaused) this.quietly('pause')
    if (!this.hasConnected) {
      this.hasConnected = true
      this.news.emit('connected')
    }
  }

  private fail(error: RoomError): void {
    const final = error.recoverable ? new RoomError(this.kind.givenUpAs, error.message, { cause: error }) : error
    this.starting?.reject(final)
    this.starting = null
    this.news.emit('reconnectFail', final)
  }

  private wake(by: 'network' | 'foreground'): void {
    this.driver?.dispatch({ type: 'woken', by })
  }

  /** Ends the machine without a word to the tag. */
  private end(reason: string): void {
    const { driver, starting } = this
    this.driver = null
    this.starting = null
    this.source.cancel()
    this.handover.cancel()
    this.lastPhase = 'idle'
    this.isPaused = false
    for (const cleanUp of this.cleanUps.splice(0)) cleanUp()
    driver?.close()
    starting?.reject(new RoomError('CANCELLED', reason))
  }

  private context(): Context | null {
    const { context } = this.options
    return typeof context === 'function' ? context() : context
  }

  private command(name: string): Promise<NativeResult> {
    return this.native(name, 'options', []) as Promise<NativeResult>
  }

  private async native(name: string, style: CallStyle, args: readonly unknown[]): Promise<unknown> {
    if (this.isDestroyed) throw this.destroyedError()
    const context = this.context()
    if (context) return callInStyle(context, name, style, args)
    throw new RoomError('BAD_CONFIG', `${name}: the tag is not on the page`)
  }

  private quietly(name: string): void {
    this.command(name).catch((error: RoomError) => {
      this.options.platform.log('warn', `${name} failed: ${error.message}`)
    })
  }

  private destroyedError(): RoomError {
    return new RoomError('CANCELLED', 'destroy() has been called')
  }
}
