import { DeliveryError, type Destination } from '../../../server/src/events/destination'
import { Dispatcher } from '../../../server/src/events/dispatcher'
import type { RoomEvent } from '../../../server/src/events/room-event'
import type { LogLevel } from '../../../server/src/log'
import type { Outbox, OutboxReader } from '../../../server/src/store/outbox'
import { VirtualClock } from '../../support/virtual-clock'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** What one delivery comes to: an error, silence, or nothing at all, which is success. */
type Outcome = Error | 'never' | undefined

/** Answers as it is told, and writes down what it was asked. */
class TestDestination implements Destination {
  readonly name = 'test'
  readonly asked: { readonly id: string; readonly at: number; readonly signal: AbortSignal }[] = []
  outcome: (event: RoomEvent) => Outcome = () => undefined
  private readonly open = new Set<string>()
  /** Rooms of which two events were on their way at once. */
  readonly doubled: string[] = []
  most = 0

  constructor(private readonly clock: VirtualClock) {}

  get ids(): string[] {
    return this.asked.map(({ id }) => id)
  }

  async deliver(event: RoomEvent, signal: AbortSignal): Promise<void> {
    this.asked.push({ id: event.id, at: this.clock.now(), signal })
    if (this.open.has(event.room)) this.doubled.push(event.room)
    this.open.add(event.room)
    this.most = Math.max(this.most, this.open.size)
    try {
      const outcome = this.outcome(event)
      if (outcome === 'never') await new Promise((_resolve, reject) => signal.addEventListener('abort', reject))
      if (outcome instanceof Error) throw outcome
      // every delivery takes a while
      await new Promise<void>((resolve) => this.clock.setTimer(10, resolve))
    } finally {
      this.open.delete(event.room)
    }
  }
}

class TestOutbox implements Outbox {
  readonly doneKeys: string[] = []
  isClosed = false
  reader: OutboxReader | null = null

  constructor(readonly isDurable: boolean) {}

  done(key: string): void {
    this.doneKeys.push(key)
  }

  async close(): Promise<void> {
    this.isClosed = true
  }
}

function start({ isDurable = false, capacity = 1000 } = {}) {
  const clock = new VirtualClock()
  const destination = new TestDestination(clock)
  const outbox = new TestOutbox(isDurable)
  const logs: [LogLevel, string][] = []
  const dispatcher = new Dispatcher(
    destination,
    { openOutbox: () => outbox },
    {
      clock,
      log: (level, message) => logs.push([level, message]),
      random: (size) => Buffer.alloc(size, 0xff),
      capacity,
    },
  )
  /** Events by their ids, each of the room that its id begins with. */
  const tell = (...ids: string[]): void => {
    const time = clock.now()
    const events = ids.map((id): RoomEvent => {
      const room = id.slice(0, 1)
      return { id, time, room, type: 'member.left', userID: 'ann', reason: 'left' }
    })
    dispatcher.take(events.map((event) => ({ key: event.id, event })))
  }
  return { clock, destination, outbox, dispatcher, tell, logs }
}

it('keeps the order of each room, one event at a time, and lets rooms overtake each other', async () => {
  const { clock, destination, outbox, dispatcher, tell } = start()
  tell('a1', 'a2', 'b1', 'a3')
  expect(destination.asked).toEqual([])
  await clock.advance(100)
  expect(destination.ids).toEqual(['a1', 'b1', 'a2', 'a3'])
  expect(destination.doubled).toEqual([])
  expect([...outbox.doneKeys].sort()).toEqual(['a1', 'a2', 'a3', 'b1'])
  expect(dispatcher.stats).toEqual({ waiting: 0, delivered: 4, failed: 0, dropped: 0 })
})

it('sends eight at once at most', async () => {
  const { clock, destination, tell } = start()
  tell(...'abcdefghijklmnopqrst'.split('').map((room) => `${room}1`))
  await clock.advance(100)
  expect(destination.ids).toHaveLength(20)
  expect(destination.most).toBe(8)
})

it('delivers again what was not taken, ever later, and only then what comes after it', async () => {
  const { clock, destination, dispatcher, tell } = start()
  destination.outcome = ({ room }) => (room === 'a' ? new Error('not now') : undefined)
  tell('a1', 'a2', 'b1', 'b2')
  await clock.advance(HOUR)
  const times = destination.asked.filter(({ id }) => id === 'a1').map(({ at }) => at)
  const gaps = times.slice(1).map((at, index) => at - (times[index] as number))
  // twice as long each time, by this chance the longest that it may be, up to five minutes
  expect(gaps.slice(0, 11)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * SECOND))
  expect(destination.ids).not.toContain('a2')
  expect(destination.ids).toContain('b2')
  destination.outcome = () => undefined
  await clock.advance(HOUR)
  expect(destination.ids.slice(-2)).toEqual(['a1', 'a2'])
  expect(dispatcher.stats).toMatchObject({ waiting: 0, delivered: 4, dropped: 0 })
})

it('waits as long as the destination asks for', async () => {
  const { clock, destination, tell } = start()
  destination.outcome = () => (destination.asked.length === 1 ? new DeliveryError('busy', 20 * SECOND) : undefined)
  tell('a1')
  await clock.advance(MINUTE)
  expect(destination.asked.map(({ at }) => at - clock.now() + MINUTE)).toEqual([0, 20 * SECOND])
})

it('gives a delivery ten seconds, and tries again after it', async () => {
  const { clock, destination, dispatcher, tell } = start()
  destination.outcome = () => (destination.asked.length === 1 ? 'never' : undefined)
  tell('a1')
  await clock.advance(9_999)
  expect(destination.asked.map(({ signal }) => signal.aborted)).toEqual([false])
  await clock.advance(2 * SECOND)
  expect(destination.asked.map(({ signal }) => signal.aborted)).toEqual([true, false])
  expect(dispatcher.stats).toEqual({ waiting: 0, delivered: 1, failed: 1, dropped: 0 })
})

it('holds a bounded number for a destination that is dead, and drops the oldest', async () => {
  const { clock, destination, outbox, dispatcher, tell, logs } = start({ capacity: 3 })
  destination.outcome = () => new Error('dead')
  tell('a1')
  await clock.advance(0)
  tell('a2', 'b1', 'a3', 'b2')
  await clock.advance(0)
  expect(dispatcher.stats).toMatchObject({ waiting: 3, dropped: 2 })
  expect(outbox.doneKeys).toEqual(['a1', 'a2'])
  for (let count = 0; count < 1000; count += 1) tell(`c${count}`)
  expect(dispatcher.stats).toMatchObject({ waiting: 3, dropped: 1002 })
  destination.outcome = () => undefined
  await clock.advance(10 * MINUTE)
  expect(destination.ids.slice(-3)).toEqual(['c997', 'c998', 'c999'])
  expect(dispatcher.stats).toMatchObject({ waiting: 0, delivered: 3 })
  // whatever happens in a minute is one warning
  expect(logs.filter(([level]) => level === 'warn')).toHaveLength(1)
})

it('goes on when what is on its way is dropped meanwhile', async () => {
  const { clock, destination, dispatcher, tell } = start({ capacity: 2 })
  tell('a1')
  await clock.advance(5)
  tell('a2', 'a3')
  await clock.advance(MINUTE)
  expect(destination.ids).toEqual(['a1', 'a2', 'a3'])
  destination.outcome = ({ id }) => (id === 'b1' ? new Error('no') : undefined)
  tell('b1')
  await clock.advance(0)
  tell('b2', 'b3')
  await clock.advance(MINUTE)
  expect(destination.ids.slice(3)).toEqual(['b1', 'b2', 'b3'])
  expect(dispatcher.stats).toMatchObject({ waiting: 0 })
})

it('gives an event up after a day, and goes on with the next', async () => {
  const { clock, destination, outbox, dispatcher, tell } = start()
  destination.outcome = ({ id }) => (id === 'a1' ? new Error('no') : undefined)
  tell('a1', 'a2')
  await clock.advance(23 * HOUR)
  expect(outbox.doneKeys).toEqual([])
  await clock.advance(2 * HOUR)
  expect(outbox.doneKeys).toEqual(['a1', 'a2'])
  expect(dispatcher.stats).toMatchObject({ waiting: 0, delivered: 1, dropped: 1 })
})

it('lets go of everything that another node has from now on', async () => {
  const { clock, destination, outbox, dispatcher, tell } = start({ isDurable: true })
  destination.outcome = ({ room }) => (room === 'a' ? 'never' : new Error('no'))
  tell('a1', 'a2', 'b1', 'c1')
  await clock.advance(0)
  dispatcher.handOver()
  await clock.advance(HOUR)
  expect(destination.ids).toEqual(['a1', 'b1', 'c1'])
  expect(destination.asked[0]?.signal.aborted).toBe(true)
  expect(outbox.doneKeys).toEqual([])
  destination.outcome = () => undefined
  // and takes it all again when it comes back
  tell('a1', 'a2')
  await clock.advance(SECOND)
  expect(outbox.doneKeys).toEqual(['a1', 'a2'])
})

describe('when the node ends', () => {
  it('delivers what would be lost with it, once more also what has failed', async () => {
    const { clock, destination, outbox, dispatcher, tell } = start()
    destination.outcome = () => new Error('not now')
    tell('a1', 'a2', 'b1')
    await clock.advance(0)
    destination.outcome = () => undefined
    tell('c1')
    await clock.settle(dispatcher.close())
    expect([...outbox.doneKeys].sort()).toEqual(['a1', 'a2', 'b1', 'c1'])
    expect(outbox.isClosed).toBe(true)
    expect(clock.pending).toEqual([])
  })

  it('ends at once when a destination refuses everything', async () => {
    const { clock, destination, dispatcher, tell } = start()
    destination.outcome = () => new Error('dead')
    tell('a1', 'a2', 'b1')
    await clock.settle(dispatcher.close(), SECOND)
    expect(destination.ids).toEqual(['a1', 'b1'])
    expect(dispatcher.stats).toMatchObject({ waiting: 0, dropped: 3 })
    expect(clock.pending).toEqual([])
  })

  it('ends after five seconds when a destination says nothing', async () => {
    const { clock, destination, dispatcher, tell } = start()
    destination.outcome = () => 'never'
    tell('a1', 'a2')
    const before = clock.now()
    await clock.settle(dispatcher.close())
    expect(clock.now() - before).toBe(5 * SECOND)
    expect(destination.ids).toEqual(['a1'])
    expect(clock.pending).toEqual([])
  })

  it('finishes what is on its way and leaves the rest where another node finds it', async () => {
    const { clock, destination, outbox, dispatcher, tell } = start({ isDurable: true })
    destination.outcome = ({ room }) => (room === 'b' ? new Error('no') : undefined)
    tell('a1', 'a2', 'b1')
    await clock.advance(5)
    const closing = dispatcher.close()
    tell('c1')
    await clock.settle(closing)
    await clock.advance(HOUR)
    expect(destination.ids).toEqual(['a1', 'b1'])
    expect(outbox.doneKeys).toEqual(['a1'])
    expect(outbox.isClosed).toBe(true)
    expect(clock.pending).toEqual([])
  })
})
