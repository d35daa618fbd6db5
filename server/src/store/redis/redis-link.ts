import { Redis, type RedisOptions } from 'ioredis'
import type { Log } from '../../log'
import { newId, type RandomBytes } from '../../random'
import { StoreUnavailable } from '../store-unavailable'
import { COMMIT_SCRIPT, type CommitReply } from './commit-script'
import { EventReader, type EventBatch } from './event-reader'
import { EVENT_COUNT_KEY, heldKey, leaseKey, NODES_KEY } from './keys'

const RETRY_MS = 250
/** How often a node says that it is alive, and looks after what nobody asks for. */
const TEND_MS = 3_000
const CONNECT_TIMEOUT_MS = 5_000
/** An answer that takes longer will not come. */
const COMMAND_TIMEOUT_MS = 5_000

export interface RedisLinkOptions {
  readonly url: string
  readonly random: RandomBytes
  readonly log: Log
  /** A node that says nothing for this long is dead. */
  readonly leaseMs: number
}

export interface RedisLinkEvents {
  /** Called regularly while there is a connection, the first time at once; the next time follows when it is done. */
  tend(): Promise<void>
  /** Whatever was held under the old name is lost. */
  down(): void
  /** What has happened in the rooms, in order. */
  heard(batch: EventBatch): void
}

/** Connected, under a name that is new each time. */
interface Session {
  readonly node: string
  readonly redis: Redis
  readonly reader: EventReader
  readonly script: string
  end(reason: unknown): void
}

/**
 * The connections to Redis. When one breaks both are made anew, and the node has another name: what was on its way then has an
 * unknown fate, so nothing of it is carried over.
 */
export class RedisLink {
  private session: Session | null = null
  private isClosed = false
  private wake: () => void = () => undefined
  private readonly ended: Promise<void>
  private waiting: (() => void)[] = []
  private lastNode = ''

  constructor(
    private readonly options: RedisLinkOptions,
    private readonly events: RedisLinkEvents,
  ) {
    this.ended = this.live()
  }

  get isUp(): boolean {
    return this.session !== null
  }

  /** Name of this node, '' while there is no connection. */
  get node(): string {
    return this.session?.node ?? ''
  }

  /** Resolves as soon as there is a connection. */
  ready(): Promise<void> {
    return this.session ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve))
  }

  /**
   * Rejects with StoreUnavailable when Redis cannot be asked or does not answer, and with what it says when the question itself
   * is wrong: that is no reason for anybody else to lose the connection.
   */
  async ask<T>(question: (redis: Redis) => Promise<T>): Promise<T> {
    const { session } = this
    if (!session) throw new StoreUnavailable()
    try {
      return await question(session.redis)
    } catch (error) {
      if (isWrongQuestion(error)) throw error
      session.end(error)
      throw new StoreUnavailable(error)
    }
  }

  /** @param node the name under which what is written has been worked out */
  async commit(
    node: string,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<Exclude<CommitReply, ['fenced']>> {
    const { session } = this
    if (session?.node !== node) throw new StoreUnavailable()
    const words = [leaseKey(session.node), ...keys]
    const reply = (await this.ask((redis) =>
      redis.evalsha(session.script, words.length, ...words, ...args),
    )) as CommitReply
    if (reply[0] !== 'fenced') return reply
    session.end(new Error('This node was taken for dead'))
    throw new StoreUnavailable()
  }

  /** Says that this node is alive, and finds out whether it hears of what happens. To be called regularly. */
  async renewLease(): Promise<void> {
    const { session } = this
    if (!session) throw new StoreUnavailable()
    const { leaseMs } = this.options
    const [isAlive, count] = await this.ask((redis) =>
      Promise.all([redis.set(leaseKey(session.node), '1', 'PX', leaseMs, 'XX'), redis.get(EVENT_COUNT_KEY)]),
    )
    if (!isAlive) session.end(new Error('This node was taken for dead'))
    else if (session.reader.isStuck(Number(count))) session.end(new Error('Events do not arrive any more'))
  }

  /** Resolves when every event so far, of whatever node, has been heard. */
  async caughtUp(): Promise<void> {
    const { session } = this
    const count = Number(await this.ask((redis) => redis.get(EVENT_COUNT_KEY)))
    await session?.reader.reached(count)
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.wake()
    const { session } = this
    // the other nodes need not wait for the lease to run out
    if (session) await this.ask((redis) => redis.del(leaseKey(session.node))).catch(() => undefined)
    session?.end(null)
    await this.ended
  }

  /** Nodes that are gone, whose sockets therefore hold nobody any more. */
  async deadNodes(): Promise<string[]> {
    const nodes = await this.ask((redis) => redis.smembers(NODES_KEY))
    const others = nodes.filter((node) => node !== this.node)
    const alive = await Promise.all(others.map((node) => this.ask((redis) => redis.exists(leaseKey(node)))))
    return others.filter((_node, index) => alive[index] === 0)
  }

  async forgetNode(node: string): Promise<void> {
    await this.ask((redis) => redis.multi().srem(NODES_KEY, node).del(heldKey(node)).exec())
  }

  private async live(): Promise<void> {
    while (!this.isClosed) {
      try {
        const reason = await this.once()
        if (reason !== null) this.options.log('warn', 'The connection to Redis is lost', { error: reason })
      } catch (error) {
        this.options.log('warn', 'Redis cannot be reached', { error })
      }
      if (!this.isClosed) await this.pause(RETRY_MS)
    }
  }

  /** Ends early when the connection does. */
  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** One connection, from its beginning to its end. @returns why it ended, null when it was closed */
  private async once(): Promise<unknown> {
    const redis = this.client({ commandTimeout: COMMAND_TIMEOUT_MS })
    const blocking = this.client({})
    let reader: EventReader | null = null
    try {
      await Promise.all([redis.connect(), blocking.connect()])
      return await new Promise<unknown>((end, fail) => {
        for (const client of [redis, blocking]) client.once('close', () => end(new Error('Connection closed')))
        this.enter(redis).then(
          ({ node, script, count }) => {
            reader = new EventReader(blocking, count, (batch) => this.events.heard(batch))
            reader.failed.then(end, end)
            this.begin({ node, redis, reader, script, end })
          },
          (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))),
        )
      })
    } finally {
      const wasUp = this.session !== null
      this.session = null
      this.wake()
      if (wasUp) this.events.down()
      await Promise.all([endOf(redis), endOf(blocking)])
    }
  }

  private client(more: RedisOptions): Redis {
    const client = new Redis(this.options.url, {
      ...more,
      lazyConnect: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
      keepAlive: 10_000,
      // a connection that breaks is given up, with all that was on its way
      retryStrategy: () => null,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
    })
    client.on('error', (error: Error) => this.options.log('debug', 'Redis connection', { error }))
    return client
  }

  private async enter(redis: Redis): Promise<{ node: string; script: string; count: number }> {
    const node = newId(this.options.random)
    // what was held under the last name is lost, which the nodes see by this
    if (this.lastNode !== '') await redis.del(leaseKey(this.lastNode))
    this.lastNode = node
    const script = (await redis.script('LOAD', COMMIT_SCRIPT)) as string
    await redis.sadd(NODES_KEY, node)
    await redis.set(leaseKey(node), '1', 'PX', this.options.leaseMs)
    return { node, script, count: Number(await redis.get(EVENT_COUNT_KEY)) }
  }

  private begin(session: Session): void {
    if (this.isClosed) return session.end(null)
    this.session = session
    this.options.log('info', 'Connected to Redis', { node: session.node })
    for (const go of this.waiting.splice(0)) go()
    void this.tend(session)
  }

  private async tend(session: Session): Promise<void> {
    while (this.session === session && !this.isClosed) {
      await this.events.tend().catch((error: unknown) => {
        if (!(error instanceof StoreUnavailable)) this.options.log('error', 'Looking after the rooms failed', { error })
      })
      if (this.session === session) await this.pause(Math.min(TEND_MS, this.options.leaseMs / 5))
    }
  }
}

/** Not of a script, which may have done half of its work and failed because Redis takes no writes. */
function isWrongQuestion(error: unknown): boolean {
  const { name, message } = error as Partial<Error>
  return name === 'ReplyError' && /^ERR (?!Error running script)/.test(message ?? '')
}

/** Closes a connection, whatever state it is in. */
async function endOf(client: Redis): Promise<void> {
  if (client.status === 'end') return
  const ended = new Promise<void>((resolve) => client.once('end', () => resolve()))
  // one that has been closed by the other side ends by itself
  if (client.status !== 'close') client.disconnect()
  await ended
}
