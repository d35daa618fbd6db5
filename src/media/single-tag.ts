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
import type { TagNews } from './tag-events'
import type { TagKind } from './tag-kind'
import { TagReports } from './tag-reports'
import { NEW_TAG } from './tag-step'
import { UrlHandover } from './url-handover'
import type { UrlDelivery } from './url-handover'
import { UrlSource } from './url-source'

/** A kind of tag, and the error of a source that has no URL for it. */
export interface SingleTagKind extends TagKind {
  readonly noUrlAs: ErrorCode
}

/** A tag that a page holds without a room: where its URLs come from, and what it runs on. */
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
  private hasConnected = false
  private isPaused = false
  private isDestroyed = false
  private readonly source: UrlSource
  private readonly handover: UrlHandover
  /** Takes the native events of the tag. */
  readonly reports: TagReports

  constructor(
    private readonly kind: SingleTagKind,
    private readonly options: SingleTagOptions<Context>,
    private readonly news: TagNews,
  ) {
    const { platform, url, autoRestart, setUrl } = options
    if (url === '') throw new RoomError('BAD_CONFIG', 'url is empty')
    if (autoRestart !== false && !setUrl) throw new RoomError('BAD_CONFIG', 'setUrl is missing')
    this.source = new UrlSource(platform, url, kind.noUrlAs)
    this.handover = new UrlHandover(options, platform.log)
    this.reports = new TagReports(kind.target, news, (code, message) => this.driver?.report(code, message))
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
    const { driver } = this
    this.end('destroy() came first')
    void driver?.call('stop')
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
    else if (isAway) driver.wake('user')
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
    if (setUrl) this.driver.dispatch('requested', false)
    else this.driver.dispatch('begun', '', false)
  }

  private createDriver(): TagDriver {
    const { kind, news } = this
    const { platform, policy } = this.options
    const driver: TagDriver = new TagDriver(
      {
        platform,
        policy,
        kind,
        autostart: false,
        host: { afterRender: (start) => this.handOver(driver, start) },
        askUrl: () => this.source.ask(),
        command: (name) => (name === kind.start ? this.startNative() : this.command(name)),
        listener: {
          changed: () => void (AWAY.has(driver.state.phase) && this.handover.cancel()),
          up: () => this.up(driver),
          retrying: (_id, attempt, error) => news.emit('reconnecting', { attempt, error }),
          recovered: (_id, attempt) => news.emit('reconnected', { attempt }),
          failed: (_id, error) => this.fail(error),
        },
      },
      NEW_TAG,
    )
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

  /** Answers start(), which waits for a tag that is not yet on the page. */
  private startNative(): Promise<NativeResult> {
    const { starting } = this
    const outcome = this.command(this.kind.start)
    if (!starting || !this.context()) return outcome
    this.starting = null
    outcome.then(starting.resolve, starting.reject)
    return outcome
  }

  private up(driver: TagDriver): void {
    if (this.isPaused) void driver.call('pause')
    if (this.hasConnected) return
    this.hasConnected = true
    this.news.emit('connected')
  }

  private fail(error: RoomError): void {
    this.starting?.reject(error)
    this.starting = null
    this.news.emit('reconnectFail', error)
  }

  private wake(by: 'network' | 'foreground'): void {
    this.driver?.wake(by)
  }

  /** Ends the machine without a word to the tag. */
  private end(reason: string): void {
    const { driver, starting } = this
    this.driver = null
    this.starting = null
    this.source.cancel()
    this.handover.cancel()
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

  private destroyedError(): RoomError {
    return new RoomError('CANCELLED', 'destroy() has been called')
  }
}
