import type { RecordFile } from '../../server/src/events/record-file'
import type { RoomEvent } from '../../server/src/events/room-event'
import { until } from '../support/until'
import { LiveStoreSteps, SECOND } from './live-store-steps'
import { OutboxNotes, streamOf } from './outbox-contract'
import type { StoreHarness } from './store-harness'

const DAY = 24 * 3600 * SECOND

/** Recorded files and whose they are. */
export function describeRecords(name: string, start: () => Promise<StoreHarness>): void {
  describe(`${name} as a keeper of recordings`, () => {
    let steps: LiveStoreSteps
    /** Unix seconds at the beginning. */
    let now: number

    beforeEach(async () => {
      steps = await LiveStoreSteps.start(start)
      now = Math.floor(steps.inHalfAMinute / SECOND) - 30
    })
    afterEach(() => steps.harness.close())

    /** A file that ended when it is told of. */
    const file = (file_id: string, more: Partial<RecordFile> = {}): RecordFile => ({
      file_id,
      stream_id: 'r.pat_main',
      file_format: 'mp4',
      file_size: 1000,
      start_time: now - 10,
      end_time: now,
      video_url: `https://vod.example/${file_id}.mp4`,
      ...more,
    })
    const keep = (kept: RecordFile, userID = 'pat', room = 'r') => steps.store.keepRecord({ room, userID, file: kept })
    const list = (userID: string, from = 0, to = Infinity, room = 'r') =>
      steps.store.records({ room, userID, from, to })
    const ids = async (...args: Parameters<typeof list>) => (await list(...args)).map(({ file_id }) => file_id)
    const pass = async (ms: number) => {
      await steps.advance(ms)
      now += ms / SECOND
    }

    it('keeps the files of a room, as they were told, for its creator alone', async () => {
      await steps.join('r', 'pat')
      await steps.watch('eve')
      expect(await list('pat')).toEqual([])
      expect(await keep(file('one'))).toBe(true)
      expect(await keep(file('two', { start_time: now - 20 }))).toBe(true)
      expect(await list('pat')).toEqual([file('two', { start_time: now - 20 }), file('one')])
      await expect(list('eve')).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(list('pat', 0, Infinity, 'nowhere')).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' })
    })

    it('lists those that overlap a time', async () => {
      await steps.join('r', 'pat')
      const at = (file_id: string, start_time: number, end_time: number) =>
        keep(file(file_id, { start_time, end_time }))
      for (const [index, id] of ['a', 'b', 'c'].entries()) await at(id, now + index * 100, now + index * 100 + 50)
      expect(await ids('pat', now + 60, now + 220)).toEqual(['b', 'c'])
      expect(await ids('pat', now + 50, now + 99)).toEqual(['a'])
      expect(await ids('pat', now + 251, now + 300)).toEqual([])
    })

    it('keeps a file once, however often and at whatever time it is told of, and tells it once', async () => {
      const notes = new OutboxNotes('notes')
      steps.store.openOutbox(notes)
      const { epoch } = await steps.join('r', 'pat')
      expect((await Promise.all([keep(file('one')), keep(file('one'))])).sort()).toEqual([false, true])
      await pass(DAY)
      expect(await keep(file('one'))).toBe(false)
      expect(await ids('pat')).toEqual(['one'])
      await steps.store.report({ room: 'mark', event: streamOf('mark'), request: '' })
      await until('everything is told', async () => notes.events.at(-1)?.room === 'mark')
      const told = notes.events.filter(({ type }: RoomEvent) => type === 'recording.file')
      const content = {
        type: 'recording.file',
        userID: 'pat',
        file: file('one', { start_time: now - 10 - 86_400, end_time: now - 86_400 }),
      }
      expect(told).toEqual([
        { id: expect.any(String), time: expect.any(Number), room: 'r', roomKind: 'live_room', epoch, ...content },
      ])
    })

    it('keeps a file that comes when its room is closed, also when the id has become somebody else’s', async () => {
      await steps.join('r', 'pat')
      const ofPat = file('of pat')
      await pass(60 * SECOND)
      await steps.leave('pat')
      await pass(60 * SECOND)
      await steps.join('r', 'eve')
      expect(await keep(ofPat)).toBe(true)
      await pass(60 * SECOND)
      expect(await keep(file('of eve', { start_time: now - 5 }), 'eve')).toBe(true)
      expect(await ids('pat')).toEqual(['of pat'])
      expect(await ids('eve')).toEqual(['of eve'])
      await steps.leave('eve')
      expect(await ids('pat')).toEqual(['of pat'])
      await expect(list('hal')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    })

    it('gives a file to whoever published when nobody knows the room any more', async () => {
      await keep(file('one'), 'gus')
      expect(await ids('gus')).toEqual(['one'])
      await expect(list('pat')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    })

    it('says in everything about a room that it is to be recorded, as whoever made it wants', async () => {
      await steps.store.create({ room: 'made', roomName: '', kind: 'multi_room', creator: 'pat', record: true })
      expect(await steps.join('made', 'pat', { kind: 'multi_room' })).toMatchObject({ record: true })
      expect(await steps.join('entered', 'pat', { record: true })).toMatchObject({ record: true })
      expect(await steps.join('r', 'pat', { record: false })).not.toHaveProperty('record')
      // whoever comes later decides nothing
      expect(await steps.join('r', 'pat', { record: true })).not.toHaveProperty('record')
      expect(await steps.store.get('made')).toMatchObject({ record: true })
    })
  })
}
