import type { RoomEvent } from '../../server/src/events/room-event'
import type { Outbox, OutboxEntry, OutboxReader } from '../../server/src/store/outbox'
import { LiveStoreSteps, memberOf, SECOND, userOf } from './live-store-steps'
import type { StoreHarness } from './store-harness'
import { until } from '../support/until'

/** Writes down what it is given. */
export class OutboxNotes implements OutboxReader {
  readonly entries: OutboxEntry[] = []
  handOvers = 0

  constructor(
    readonly name: string,
    readonly capacity = 1000,
  ) {}

  get events(): RoomEvent[] {
    return this.entries.map(({ event }) => event)
  }

  take(entries: readonly OutboxEntry[]): void {
    this.entries.push(...entries)
  }

  handOver(): void {
    this.handOvers += 1
  }
}

/** A stream of somebody, which makes a mark among the other events. */
export function streamOf(userID: string) {
  return { type: 'stream.started', userID, stream: `${userID}_main`, streamKind: 'main' } as const
}

/** What those outside are told of rooms. */
export function describeOutbox(name: string, start: () => Promise<StoreHarness>): void {
  describe(`${name} as a teller of events`, () => {
    let steps: LiveStoreSteps
    let notes: OutboxNotes
    let outbox: Outbox

    beforeEach(async () => {
      steps = await LiveStoreSteps.start(start)
      notes = new OutboxNotes('notes')
      outbox = steps.store.openOutbox(notes)
    })
    afterEach(() => steps.harness.close())

    /** Everything that is told of `r`, without what differs from run to run. */
    const told = async (from = notes) => {
      await steps.store.report({ room: 'mark', event: streamOf('mark'), request: '' })
      await until('everything is told', async () => from.events.at(-1)?.room === 'mark')
      return from.events
        .filter(({ room }) => room === 'r')
        .map(({ id: _id, time: _time, room: _room, roomKind: _kind, epoch: _epoch, ...body }) => body)
    }
    const call = (userID: string) => steps.join('r', userID, { kind: 'multi_room', roomType: 'lesson' })
    const joined = (userID: string) => ({ type: 'member.joined', ...userOf(userID) })

    it('tells of a call from its beginning to its end, each thing once and in order', async () => {
      await call('ann')
      await call('bob')
      await call('bob')
      await steps.store.update({ room: 'r', userID: 'bob', audio: false })
      await steps.leave('ann')
      await steps.lose('bob')
      await steps.advance(20 * SECOND)
      await steps.sweep()
      expect(await told()).toEqual([
        { type: 'room.created', roomName: 'name', creator: 'ann', roomType: 'lesson' },
        joined('ann'),
        joined('bob'),
        { type: 'member.left', userID: 'ann', reason: 'left' },
        { type: 'member.left', userID: 'bob', reason: 'lost' },
        { type: 'room.closed', reason: 'lost' },
      ])
    })

    it('says of each event which room it was, and when', async () => {
      const { epoch } = await call('ann')
      const { time } = await steps.store.message({ room: 'r', userID: 'ann', kind: 'text', data: '', request: '' })
      await told()
      const [event] = notes.events
      expect(event).toMatchObject({ room: 'r', roomKind: 'multi_room', epoch, time })
      expect(new Set(notes.events.map(({ id }) => id)).size).toBe(notes.events.length)
    })

    it('tells everyone who was in to have left when its creator ends a room', async () => {
      await call('ann')
      await call('bob')
      await steps.store.destroy({ room: 'r', userID: 'ann' })
      expect((await told()).slice(3)).toEqual([
        { type: 'member.left', userID: 'ann', reason: 'ended' },
        { type: 'member.left', userID: 'bob', reason: 'ended' },
        { type: 'room.closed', reason: 'destroyed' },
      ])
    })

    it('tells of a room that nobody ever entered', async () => {
      await steps.store.create({ room: 'r', roomName: 'name', kind: 'double_room', creator: 'ann' })
      await steps.advance(60 * SECOND)
      await steps.sweep()
      expect(await told()).toEqual([
        { type: 'room.created', roomName: 'name', creator: 'ann' },
        { type: 'room.closed', reason: 'unentered' },
      ])
    })

    it('tells who is on and off in a broadcast, and nothing of those who only watch or ask', async () => {
      await steps.join('r', 'pat')
      await steps.watch('eve')
      await steps.link('eve', 'request')
      await steps.link('pat', 'reject', 'eve')
      await steps.seat('gus', 'hal')
      await steps.link('pat', 'kick', 'gus')
      await steps.leave('eve')
      await steps.leave('pat')
      expect(await told()).toEqual([
        { type: 'room.created', roomName: 'name', creator: 'pat' },
        joined('pat'),
        ...['gus', 'hal'].flatMap((guest) => [joined(guest), { type: 'link.on', ...userOf(guest) }]),
        { type: 'member.left', userID: 'gus', reason: 'kicked' },
        { type: 'link.off', ...userOf('gus'), reason: 'kicked' },
        { type: 'member.left', userID: 'pat', reason: 'left' },
        { type: 'link.off', ...userOf('hal'), reason: 'ended' },
        { type: 'member.left', userID: 'hal', reason: 'ended' },
        { type: 'room.closed', reason: 'left' },
      ])
    })

    it('tells nothing of what is refused', async () => {
      await steps.join('r', 'pat')
      const before = await told()
      await expect(steps.store.destroy({ room: 'r', userID: 'eve' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(call('eve')).rejects.toMatchObject({ code: 'ROOM_EXISTS' })
      expect(await told()).toEqual(before)
    })

    it('hands on what others report, once for one request, also of a room that is gone', async () => {
      const { epoch } = await call('ann')
      const report = (request: string) => steps.store.report({ room: 'r', event: streamOf('ann'), request })
      await Promise.all([report('q'), report('q')])
      await steps.leave('ann')
      await report('q')
      await report('')
      expect((await told()).filter(({ type }) => type === 'stream.started')).toEqual([streamOf('ann'), streamOf('ann')])
      const [known, unknown] = notes.events.filter(({ room, type }) => room === 'r' && type === 'stream.started')
      expect(known).toMatchObject({ roomKind: 'multi_room', epoch })
      expect(unknown).not.toHaveProperty('epoch')
    })

    it('tells each destination everything, whatever another one does', async () => {
      const other = new OutboxNotes('other')
      steps.store.openOutbox(other)
      await call('ann')
      await told()
      for (const { key } of notes.entries) outbox.done(key)
      await outbox.close()
      await steps.leave('ann')
      expect((await told(other)).map(({ type }) => type)).toEqual([
        ...['room.created', 'member.joined', 'member.left', 'room.closed'],
      ])
      expect(notes.events.some(({ type }) => type === 'room.closed')).toBe(false)
    })

    it('names members as they named themselves', async () => {
      await steps.join('r', 'ann', {
        kind: 'multi_room',
        member: { ...memberOf('ann'), userName: 'Ann 安', audio: false },
      })
      expect((await told())[1]).toEqual({ type: 'member.joined', userID: 'ann', userName: 'Ann 安', userAvatar: '' })
    })
  })
}
