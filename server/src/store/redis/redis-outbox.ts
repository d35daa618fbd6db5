import type { Log } from '../../log'
import type { RoomEvent } from '../../events/room-event'
import type { Outbox, OutboxEntry, OutboxReader } from '../outbox'
import { StoreUnavailable } from '../store-unavailable'
import { leaseKey, outboxKey, outboxOwnerKey } from './keys'
import type { RedisLink } from './redis-link'

const BATCH_MAX = 500
/** What nobody has looked after for this long belongs to a destination that is not configured any more. */
const ABANDONED_MS = 7 * 24 * 3600_000

/**
 * KEYS: owner, queue. ARGV: this node, what its lease is called before its name, and how long the queue is kept (ms).
 * @returns whether this node has the queue now
 */
const CLAIM_SCRIPT = `
redis.call('PEXPIRE', KEYS[2], ARGV[3])
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] and redis.call('EXISTS', ARGV[2] .. owner) == 1 then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
return 1
`
/** KEYS: owner. ARGV: this node. */
const RELEASE_SCRIPT = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
`

/**
 * The events that wait for one destination are a stream, to which the node that changes a room adds them in the same step.
 * One living node has the stream and takes out what is delivered; when it dies another has it, and begins with the oldest.
 */
export class RedisOutbox implements Outbox {
  readonly isDurable = true
  /** Rises whenever the stream comes or goes: what was asked before does not count any more. */
  private generation = 0
  private isOwner = false
  private isClosed = false
  private last = ''
  private reading: Promise<void> | null = null
  private isMoreThere = false
  private doneKeys: string[] = []

  constructor(
    private readonly reader: OutboxReader,
    private readonly redis: RedisLink,
    private readonly log: Log,
    private readonly onClose: (outbox: RedisOutbox) => void,
  ) {}

  /** What adds an event to the stream. */
  command(event: RoomEvent): readonly (string | number)[] {
    const { name, capacity } = this.reader
    return ['XADD', outboxKey(name), 'MAXLEN', '=', capacity, '*', 'event', JSON.stringify(event)]
  }

  /** To be called regularly: takes the stream when no living node has it. */
  async tend(): Promise<void> {
    if (this.isClosed) return
    const { name } = this.reader
    const words = [outboxOwnerKey(name), outboxKey(name), this.redis.node, leaseKey(''), ABANDONED_MS]
    const isOwner = (await this.redis.ask((redis) => redis.eval(CLAIM_SCRIPT, 2, ...words))) === 1
    if (this.isClosed) return
    if (isOwner !== this.isOwner) this.change(isOwner)
    await this.read()
  }

  /** Something was added, by whatever node. */
  poke(): void {
    this.read().catch((error: unknown) => {
      if (!(error instanceof StoreUnavailable)) this.log('error', 'Events cannot be read', { error })
    })
  }

  /** The connection is lost, and with it the name under which this node had the stream. */
  down(): void {
    if (this.isOwner) this.change(false)
  }

  done(key: string): void {
    this.doneKeys.push(key)
    if (this.doneKeys.length === 1) void Promise.resolve().then(() => this.remove())
  }

  async close(): Promise<void> {
    if (this.isClosed) return
    this.isClosed = true
    const wasOwner = this.isOwner
    this.down()
    if (wasOwner) {
      const { node } = this.redis
      const owner = outboxOwnerKey(this.reader.name)
      await this.redis.ask((redis) => redis.eval(RELEASE_SCRIPT, 1, owner, node)).catch(() => undefined)
    }
    this.onClose(this)
  }

  private change(isOwner: boolean): void {
    this.isOwner = isOwner
    this.generation += 1
    this.last = ''
    if (!isOwner) this.reader.handOver()
  }

  /** One at a time; what is added meanwhile is read after it. */
  private async read(): Promise<void> {
    this.isMoreThere = true
    this.reading ??= this.readOn().finally(() => (this.reading = null))
    await this.reading
  }

  private async readOn(): Promise<void> {
    while (this.isMoreThere && this.isOwner) {
      this.isMoreThere = false
      const { generation, last } = this
      const entries = await this.redis.ask((redis) =>
        redis.xrange(outboxKey(this.reader.name), last === '' ? '-' : `(${last}`, '+', 'COUNT', BATCH_MAX),
      )
      const [newest] = entries.at(-1) ?? []
      // it may have gone to another node and come back meanwhile
      if (generation !== this.generation) this.isMoreThere = true
      else if (newest !== undefined) {
        this.last = newest
        this.isMoreThere ||= entries.length === BATCH_MAX
        this.reader.take(entries.map(entryOf))
      }
    }
  }

  /** What cannot be taken out is delivered once more. */
  private remove(): void {
    const keys = this.doneKeys.splice(0)
    this.redis.ask((redis) => redis.xdel(outboxKey(this.reader.name), ...keys)).catch(() => undefined)
  }
}

function entryOf([key, [, text = '']]: [string, string[]]): OutboxEntry {
  return { key, event: JSON.parse(text) as RoomEvent }
}
