import { signalOf } from '../codes/signals'
import type { MediaSignal } from '../codes/signals'
import { RoomError, toRoomError } from '../errors'
import type { ErrorCode } from '../errors'
import type { Platform } from '../platform/platform'
import type { Unsubscribe } from '../util/emitter'
import type { ReconnectPolicy } from '../util/reconnect-policy'
import { RetryTimer } from '../util/retry-timer'
import type { MediaHost } from './media-host'
import type { TagState } from './media-state'
import type { TagKind } from './tag-kind'
import { tagStep } from './tag-step'
import type { TagEffect, TagEvent, TagFacts, WakeReason } from './tag-step'

/** A start that brings no sign of life for this long is tried again. */
export const START_TIMEOUT_MS = 15_000
/** A native call that never completes (it happens on devices) holds up those after it for at most this long. */
const COMMAND_TIMEOUT_MS = 1_000
/** Codes that are remembered of each tag. */
const CODES = 6

/** What a refused device is called; other breaks are called after their tag. */
const REFUSALS: Partial<Record<MediaSignal, ErrorCode>> = {
  cameraDenied: 'CAMERA_DENIED',
  microphoneDenied: 'MICROPHONE_DENIED',
}

/** The native methods of a tag that a session calls by itself. */
export type TagCommand = 'start' | 'play' | 'stop' | 'pause' | 'resume'

/** What a tag tells. `streamId` is '' for a publisher. */
export interface TagListener {
  changed(): void
  /** It runs, after a start or a break. */
  up(streamId: string): void
  retrying(streamId: string, attempt: number, error: RoomError): void
  recovered(streamId: string, attempt: number): void
  /** It will not come back by itself. */
  failed(streamId: string, error: RoomError): void
}

/** What a tag stands on. */
export interface TagPort {
  readonly platform: Platform
  readonly policy: ReconnectPolicy
  readonly host: Pick<MediaHost, 'afterRender'>
  readonly listener: TagListener
  readonly kind: TagKind
  /** Whether the tag plays by itself when it enters the page with a URL. */
  readonly autostart: boolean
  askUrl(streamId: string): Promise<string>
  /** Settles when the platform has taken the call. */
  command(name: TagCommand): Promise<unknown>
}

/** Runs one tag's machine: its timers, its URL requests and its native commands. Discarded after close(). */
export class TagDriver {
  private closed = false
  /** Rises with every start and every question for a URL; what belongs to an older one is dropped. */
  private run = 0
  /** For the next try, or the sign of life that a start has to give. */
  private readonly timer: RetryTimer
  /** Commands to be called when the one before has completed. */
  private waiting: TagCommand[] = []
  /** Of the command that is being waited for. */
  private cancelCommand: Unsubscribe | null = null

  constructor(
    private readonly port: TagPort,
    private tag: TagState,
  ) {
    this.timer = new RetryTimer(port.platform, port.policy)
  }

  get state(): TagState {
    return this.tag
  }

  dispatch<Name extends keyof TagFacts>(name: Name, ...args: TagFacts[Name]): void {
    const before = this.tag
    const [next, effects] = tagStep(before, [name, ...args] as unknown as TagEvent)
    this.tag = next
    if (next.phase !== before.phase) this.timer.cancel()
    if (next !== before) this.port.listener.changed()
    // whoever hears of one effect may close the tag
    for (const effect of effects) if (!this.closed) this.perform(effect)
  }

  /** A code that the tag has reported, and the phone's own words. */
  report(code: number, words?: string): void {
    const { platform, kind } = this.port
    const signal = signalOf(kind.target, code)
    const name = `${kind.target} ${code}`
    platform.log('debug', `${name} ${signal}`)
    this.note({ codes: [...this.tag.codes, code].slice(-CODES) })
    this.signal(signal, words ? `${name}: ${words}` : name, { code })
  }

  /** What its machine need not know. */
  note(news: Partial<Pick<TagState, 'bars' | 'figures' | 'codes'>>): void {
    this.tag = { ...this.tag, ...news }
  }

  /** The trouble so far no longer counts towards giving up. */
  wake(by: WakeReason): void {
    this.timer.restartClock()
    this.dispatch('woken', by)
  }

  /** Calls a native method; never rejects. */
  async call(name: TagCommand): Promise<void> {
    const { port } = this
    await port.command(name).catch((error: unknown) => port.platform.log('warn', `${name} failed`, error))
  }

  /** Nothing happens after it; what the tag itself does is left to whoever closes. */
  close(): void {
    this.closed = true
    this.supersede()
    this.timer.cancel()
    this.cancelCommand?.()
    this.cancelCommand = null
  }

  private signal(signal: MediaSignal, message: string, cause?: unknown): void {
    const { platform, kind } = this.port
    const error = new RoomError(REFUSALS[signal] ?? kind.brokenAs, message, { cause })
    this.dispatch(signal, platform.now(), error)
  }

  private perform(effect: TagEffect): void {
    const { listener, kind } = this.port
    const { streamId } = this.tag
    switch (effect[0]) {
      case 'start':
        return this.start(effect[1])
      case 'askUrl':
        return this.askUrl()
      case 'planRetry':
        return this.planRetry(effect[1], effect[2])
      case 'up':
        return listener.up(streamId)
      case 'retrying':
        return listener.retrying(streamId, effect[1], effect[2])
      case 'recovered':
        return listener.recovered(streamId, effect[1])
      case 'failed': {
        const [, error] = effect
        const { recoverable, message } = error
        return listener.failed(streamId, recoverable ? new RoomError(kind.lostAs, message, { cause: error }) : error)
      }
    }
  }

  private start(stopFirst: boolean): void {
    const { host, kind, autostart } = this.port
    this.timer.wait(START_TIMEOUT_MS, () => {
      this.signal('retry', `Nothing was heard of the tag within ${START_TIMEOUT_MS} ms of its start`)
    })
    const run = this.supersede()
    host.afterRender(() => {
      if (run !== this.run) return
      if (stopFirst) this.waiting.push('stop')
      if (stopFirst || !autostart) this.waiting.push(kind.start)
      if (!this.cancelCommand) this.callNext()
    })
  }

  private callNext(): void {
    const name = this.waiting.shift()
    if (!name) return
    const done = (): void => {
      if (this.cancelCommand !== cancel) return
      cancel()
      this.cancelCommand = null
      this.callNext()
    }
    const cancel = this.port.platform.setTimer(COMMAND_TIMEOUT_MS, done)
    this.cancelCommand = cancel
    void this.call(name).then(done)
  }

  private planRetry(attempt: number, error: RoomError): void {
    this.timer.plan(
      attempt,
      error,
      () => this.askUrl(),
      () => this.dispatch('gaveUp'),
    )
  }

  private askUrl(): void {
    this.timer.cancel()
    const run = this.supersede()
    this.port.askUrl(this.tag.streamId).then(
      (url) => run === this.run && this.dispatch('urlReceived', url),
      (thrown: unknown) => run === this.run && this.dispatch('urlFailed', toRoomError(thrown)),
    )
  }

  /** What was asked for before no longer matters. */
  private supersede(): number {
    this.waiting = []
    return ++this.run
  }
}
