import { RoomError, toRoomError } from '../errors'
import type { ErrorCode } from '../errors'
import type { Platform } from '../platform/platform'
import type { ReconnectPolicy } from '../util/reconnect-policy'
import { RetryTimer } from '../util/retry-timer'
import type { Unsubscribe } from '../util/emitter'
import { SerialQueue } from '../util/serial-queue'
import type { TagState } from './media-state'
import { NEW_TAG, START_TIMEOUT_MS, tagStep } from './tag-step'
import type { TagEffect, TagEvent } from './tag-step'
import type { NativeCallOptions } from './media-host'

/** What differs between a publisher and a player: their URL, their native commands, their words. */
export interface TagPort {
  /** Error of a start that shows no sign of life. */
  readonly lostAs: ErrorCode
  askUrl(): Promise<string>
  /** The tag's native commands, or null while it is not on the page. */
  commands(): TagCommands | null
  /** Runs `done` once the present state is on the page. */
  afterRender(done: () => void): void
  changed(): void
  retrying(attempt: number, error: RoomError): void
  recovered(attempt: number): void
  failed(error: RoomError): void
}

export interface TagCommands {
  /** Whether the tag plays by itself when it enters the page with a URL. */
  readonly autostart: boolean
  start(options: NativeCallOptions): void
  stop(options: NativeCallOptions): void
}

/** Runs one tag's machine: its timers, its URL requests and its native commands. Discarded after close(). */
export class TagDriver {
  private tag: TagState = NEW_TAG
  private closed = false
  /** Rises with every start; what belongs to an older one is dropped. */
  private run = 0
  private readonly retry: RetryTimer
  private cancelWatchdog: Unsubscribe | null = null
  private readonly queue: SerialQueue

  constructor(
    private readonly platform: Platform,
    policy: ReconnectPolicy,
    private readonly port: TagPort,
  ) {
    this.retry = new RetryTimer(platform, policy)
    this.queue = new SerialQueue(platform)
  }

  get state(): TagState {
    return this.tag
  }

  dispatch(event: TagEvent): void {
    if (this.closed) return
    const before = this.tag
    const [next, effects] = tagStep(before, event)
    this.tag = next
    if (event.type === 'woken') this.retry.restartClock()
    if (next !== before) this.port.changed()
    for (const effect of effects) this.perform(effect)
  }

  /** A code that means the tag is broken. */
  broken(error: RoomError): void {
    this.dispatch({ type: 'broken', error, at: this.platform.now() })
  }

  /** Stops the native side and every timer. Idempotent. */
  close(): void {
    if (this.closed) return
    this.closed = true
    this.run += 1
    this.retry.cancel()
    this.cancelWatchdog?.()
    this.queue.clear()
    this.port.commands()?.stop({})
  }

  private perform(effect: TagEffect): void {
    switch (effect.type) {
      case 'start':
      case 'restart':
        return this.startAfterRender(effect.type === 'restart')
      case 'awaitStart':
        return this.armWatchdog()
      case 'stopWaiting':
        return this.disarm()
      case 'planRetry':
        return this.planRetry(effect.error)
      case 'askUrl':
        return this.askUrl()
      case 'reportRetry':
        return this.port.retrying(effect.attempt, effect.error)
      case 'reportRecovery':
        return this.port.recovered(effect.attempt)
      case 'reportFailure':
        return this.port.failed(effect.error)
    }
  }

  private startAfterRender(stopFirst: boolean): void {
    const run = ++this.run
    this.port.afterRender(() => {
      const commands = this.closed || run !== this.run ? null : this.port.commands()
      if (!commands) return
      if (stopFirst) this.queue.push((done) => commands.stop({ complete: done }))
      if (stopFirst || !commands.autostart) {
        this.queue.push((done) => {
          if (run !== this.run) return done()
          commands.start({ complete: done })
        })
      }
    })
  }

  private armWatchdog(): void {
    this.cancelWatchdog?.()
    this.cancelWatchdog = this.platform.setTimer(START_TIMEOUT_MS, () => {
      this.broken(
        new RoomError(this.port.lostAs, `Nothing was heard of the tag within ${START_TIMEOUT_MS} ms of its start`),
      )
    })
  }

  private disarm(): void {
    this.cancelWatchdog?.()
    this.cancelWatchdog = null
    this.retry.cancel()
  }

  private planRetry(error: RoomError): void {
    this.retry.plan(
      this.tag.attempt,
      error,
      () => this.dispatch({ type: 'retryDue' }),
      () => this.dispatch({ type: 'gaveUp' }),
    )
  }

  private askUrl(): void {
    this.disarm()
    const run = ++this.run
    this.port.askUrl().then(
      (url) => {
        if (run === this.run) this.dispatch({ type: 'urlReceived', url })
      },
      (thrown: unknown) => {
        if (run !== this.run) return
        const error = toRoomError(thrown)
        this.dispatch(error.recoverable ? { type: 'urlFailed', error } : { type: 'refused', error })
      },
    )
  }
}
