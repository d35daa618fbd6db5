import { RoomError } from '../errors'
import type { Platform } from '../platform/platform'
import type { Unsubscribe } from '../util/emitter'
import type { AnswerFrame, CallName, Calls } from './protocol'
import { errorOfAnswer } from './server-frame'

/** How long one try of a request waits for its answer. */
const TRY_TIMEOUT_MS = 8_000
/** Tries on one socket that otherwise proves alive. */
const MAX_TRIES = 3
/** The server knows the id of a request for 120 s; later than this a repetition could be executed twice. */
const REPEATABLE_MS = 110_000

export interface CallOptions<K extends CallName> {
  /** Runs while the answer is being read, before any later frame; promises may settle later than that. */
  readonly onResult?: (result: Calls[K]['result']) => void
  /** Waits at most this long in all, outages included; without it as long as the connection keeps trying. */
  readonly deadlineMs?: number
  /** Waits this long for the answer to one try. */
  readonly tryTimeoutMs?: number
  /** Executing it twice does harm: rather fails with TIMEOUT than repeats it when the server may have forgotten it. */
  readonly once?: boolean
  /** Whoever may cancel it, see {@link RequestTable.cancel}. */
  readonly owner?: object
}

/** The link as the table sees it. */
export interface RequestLink {
  /** False when there is no open socket: the request waits for the next {@link RequestTable.resend}. */
  transmit(text: string): boolean
  /** Whether anything has been heard from the server since that moment. */
  heardSince(time: number): boolean
  /** A request has gone unanswered, and nothing else has been heard either. */
  onSilence(): void
}

interface Entry {
  readonly id: string
  readonly text: string
  readonly options: CallOptions<CallName>
  readonly settle: (outcome: RoomError | Calls[CallName]['result']) => void
  tries: number
  firstSentAt: number | null
  cancelTry: Unsubscribe
  cancelDeadline: Unsubscribe
}

const nothing: Unsubscribe = () => undefined

/** Requests that wait for an answer, in the order of asking. Their ids live on over reconnects. */
export class RequestTable {
  private readonly entries = new Map<string, Entry>()
  private readonly prefix: string
  private count = 0

  constructor(
    private readonly platform: Platform,
    private readonly link: RequestLink,
  ) {
    this.prefix = Math.floor(platform.random() * 36 ** 8).toString(36)
  }

  nextId(): string {
    this.count += 1
    return `${this.prefix}-${this.count.toString(36)}`
  }

  add<K extends CallName>(op: K, params: Calls[K]['params'], options: CallOptions<K>): Promise<Calls[K]['result']> {
    return new Promise((resolve, reject) => {
      const id = this.nextId()
      const entry: Entry = {
        id,
        text: JSON.stringify({ id, op, params }),
        options: options as CallOptions<CallName>,
        settle: (outcome) => (outcome instanceof RoomError ? reject(outcome) : resolve(outcome as Calls[K]['result'])),
        tries: 0,
        firstSentAt: null,
        cancelTry: nothing,
        cancelDeadline: nothing,
      }
      const { deadlineMs } = options
      if (deadlineMs !== undefined) {
        entry.cancelDeadline = this.platform.setTimer(deadlineMs, () => {
          this.finish(entry, new RoomError('TIMEOUT', `${op} was not answered within ${deadlineMs} ms`))
        })
      }
      this.entries.set(id, entry)
      this.transmit(entry)
    })
  }

  /** Sends everything again, in order, over a new socket. */
  resend(): void {
    for (const entry of [...this.entries.values()]) {
      entry.tries = 0
      const age = entry.firstSentAt === null ? 0 : this.platform.now() - entry.firstSentAt
      if (entry.options.once && age > REPEATABLE_MS) {
        this.finish(
          entry,
          new RoomError('TIMEOUT', 'The answer was lost, and the server may have forgotten the request'),
        )
      } else this.transmit(entry)
    }
  }

  /** The socket is gone: nothing is waited for until {@link resend}. */
  suspend(): void {
    for (const entry of this.entries.values()) entry.cancelTry()
  }

  answer(frame: AnswerFrame): void {
    const entry = this.entries.get(frame.re)
    if (!entry) return
    if ('error' in frame) return this.finish(entry, errorOfAnswer(frame.error))
    this.drop(entry)
    entry.options.onResult?.(frame.ok)
    entry.settle(frame.ok)
  }

  /** Gives up what `owner` has asked for. */
  cancel(owner: object): void {
    this.rejectWhere((entry) => entry.options.owner === owner, new RoomError('CANCELLED'))
  }

  /** Gives up what `owner` has asked for and the server cannot have seen. @returns how many requests that were */
  cancelUnsent(owner: object): number {
    const isUnsent = (entry: Entry): boolean => entry.options.owner === owner && entry.firstSentAt === null
    return this.rejectWhere(isUnsent, new RoomError('CANCELLED'))
  }

  rejectAll(error: RoomError): void {
    this.rejectWhere(() => true, error)
  }

  private rejectWhere(matches: (entry: Entry) => boolean, error: RoomError): number {
    const matching = [...this.entries.values()].filter(matches)
    for (const entry of matching) this.finish(entry, error)
    return matching.length
  }

  private transmit(entry: Entry): void {
    entry.cancelTry()
    if (!this.link.transmit(entry.text)) return
    const sentAt = this.platform.now()
    entry.firstSentAt ??= sentAt
    entry.tries += 1
    entry.cancelTry = this.platform.setTimer(entry.options.tryTimeoutMs ?? TRY_TIMEOUT_MS, () => {
      if (!this.link.heardSince(sentAt)) this.link.onSilence()
      else if (entry.tries < MAX_TRIES) this.transmit(entry)
      else this.finish(entry, new RoomError('TIMEOUT'))
    })
  }

  private finish(entry: Entry, error: RoomError): void {
    this.drop(entry)
    entry.settle(error)
  }

  private drop(entry: Entry): void {
    entry.cancelTry()
    entry.cancelDeadline()
    this.entries.delete(entry.id)
  }
}
