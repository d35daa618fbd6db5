import { describeWhispers } from './whisper-contract'
import type { JoinRoom } from '../../server/src/store/store-ops'
import type { Store } from '../../server/src/store/store'
import type { StoredMember } from '../../server/src/store/stored-room'
import type { StoreEvent } from '../../server/src/store/store-event'
import type { StoreHarness } from './store-harness'

const SECOND = 1000

export function describeStore(name: string, start: () => Promise<StoreHarness>): void {
  describeWhispers(name, start)
  describe(`${name} as a store of rooms`, () => {
    let harness: StoreHarness
    let store: Store
    let events: StoreEvent[]

    beforeEach(async () => {
      harness = await start()
      store = harness.store
      events = []
      store.subscribe((event) => events.push(event))
    })
    afterEach(() => harness.close())

    const member = (userID: string, more: Partial<StoredMember> = {}): StoredMember => ({
      userID,
      userName: `${userID}'s name`,
      userAvatar: '',
      audio: true,
      video: true,
      aux: false,
      stream: '',
      ...more,
    })
    const join = (room: string, userID: string, more: Partial<JoinRoom> = {}) =>
      store.join({
        room,
        fresh: false,
        role: 'anchor',
        roomName: 'name',
        kind: 'multi_room',
        capacity: { multi_room: 3, double_room: 2, live_room: 3, webrtc_room: 3 },
        maxAudience: 9,
        member: member(userID),
        holder: { via: 'socket', connection: `socket of ${userID}` },
        request: '',
        ...more,
      })
    const say = (room: string, userID: string, data: unknown, request = '') =>
      store.message({ room, userID, kind: 'text', data, request })
    const userIDs = async (room: string) => (await store.get(room))?.members.map((each) => each.userID)
    const notices = async () => {
      await harness.settled()
      return events.flatMap((event) => (event.type === 'notice' ? [event.notice] : []))
    }

    describe('join', () => {
      it('creates the room for the first and keeps the order of joining', async () => {
        const first = await join('r', 'ann', { roomName: 'first name' })
        const second = await join('r', 'bob', { roomName: 'ignored' })
        expect(first).toEqual({
          room: 'r',
          roomName: 'first name',
          creator: 'ann',
          kind: 'multi_room',
          epoch: expect.stringMatching(/./),
          ...{ seq: 1, members: [member('ann')], seat: expect.stringMatching(/./) },
        })
        expect(second).toMatchObject({ epoch: first.epoch, seq: 2, members: [member('ann'), member('bob')] })
        expect(await notices()).toEqual([
          { seq: 1, ev: 'memberJoined', member: member('ann') },
          { seq: 2, ev: 'memberJoined', member: member('bob') },
        ])
      })

      it('refuses one more than the kind of the room holds, whatever kind is asked for', async () => {
        await join('pair', 'ann', { kind: 'double_room' })
        await join('pair', 'bob')
        await expect(join('pair', 'cyd')).rejects.toMatchObject({ code: 'ROOM_FULL' })
        expect(await userIDs('pair')).toEqual(['ann', 'bob'])
        for (const user of ['ann', 'bob', 'cyd']) await join('group', user)
        await expect(join('group', 'dan')).rejects.toMatchObject({ code: 'ROOM_FULL' })
      })

      it('lets a member of a full room join again', async () => {
        await join('pair', 'ann', { kind: 'double_room' })
        await join('pair', 'bob')
        expect((await join('pair', 'ann')).members).toHaveLength(2)
      })

      it('is silent when a member joins again unchanged, and an update when something changed', async () => {
        await join('r', 'ann')
        expect((await join('r', 'ann')).seq).toBe(1)
        const updated = member('ann', { video: false })
        expect((await join('r', 'ann', { member: updated })).members).toEqual([updated])
        expect((await notices())[1]).toEqual({ seq: 2, ev: 'memberUpdated', member: updated })
      })

      it('tells the connection that no longer holds the member', async () => {
        await join('r', 'ann', { holder: { via: 'socket', connection: 'old' } })
        await join('r', 'ann', { holder: { via: 'socket', connection: 'new' } })
        await join('r', 'ann', { holder: { via: 'http' } })
        await harness.settled()
        expect(events.filter(({ type }) => type === 'replaced')).toEqual([
          { type: 'replaced', room: 'r', userID: 'ann', connection: 'old' },
          { type: 'replaced', room: 'r', userID: 'ann', connection: 'new' },
        ])
      })

      it('does not enter an existing room by a made-up id', async () => {
        await join('123', 'ann')
        await expect(join('123', 'bob', { fresh: true })).rejects.toMatchObject({ code: 'ROOM_EXISTS' })
      })

      it('gives the room of the first try when a made-up id is asked for again', async () => {
        await join('123', 'ann', { fresh: true, request: 'q' })
        expect((await join('456', 'ann', { fresh: true, request: 'q' })).room).toBe('123')
        expect(await store.get('456')).toBeNull()
        expect((await join('789', 'bob', { fresh: true, request: 'q' })).room).toBe('789')
      })
    })

    describe('leave', () => {
      it('tells who left, and closes the room with the last member', async () => {
        const { epoch } = await join('r', 'ann')
        await join('r', 'bob')
        await store.leave({ room: 'r', userID: 'ann', request: '' })
        expect((await notices()).at(-1)).toEqual({ seq: 3, ev: 'memberLeft', userID: 'ann', reason: 'left' })
        await store.leave({ room: 'r', userID: 'bob', request: '' })
        expect(await store.get('r')).toBeNull()
        expect((await join('r', 'ann')).epoch).not.toBe(epoch)
      })

      it('succeeds again for the same request, and for no other', async () => {
        await join('r', 'ann')
        await join('r', 'bob')
        expect(await store.leave({ room: 'r', userID: 'ann', request: 'q' })).toEqual({ left: true })
        expect(await store.leave({ room: 'r', userID: 'ann', request: 'q' })).toEqual({ left: false })
        await expect(store.leave({ room: 'r', userID: 'ann', request: 'p' })).rejects.toMatchObject({
          code: 'NOT_MEMBER',
        })
      })
    })

    describe('message', () => {
      it('goes to the room with its sender, a time and a number', async () => {
        await join('r', 'ann')
        const { time } = await say('r', 'ann', 'hello')
        expect((await notices())[1]).toEqual({
          seq: 2,
          ev: 'message',
          kind: 'text',
          from: { userID: 'ann', userName: "ann's name", userAvatar: '' },
          data: 'hello',
          time,
        })
      })

      it('is sent once for one request id within 120 s', async () => {
        await join('r', 'ann')
        const first = await say('r', 'ann', 'hello', 'q')
        await harness.advance(119 * SECOND)
        expect(await say('r', 'ann', 'hello', 'q')).toEqual(first)
        expect(await notices()).toHaveLength(2)
        await harness.advance(2 * SECOND)
        await say('r', 'ann', 'hello', 'q')
        expect(await notices()).toHaveLength(3)
      })

      it('does not take one user’s request id for another’s', async () => {
        await join('r', 'ann')
        await join('r', 'bob')
        await say('r', 'ann', 'one', 'q')
        await say('r', 'bob', 'two', 'q')
        expect(await notices()).toHaveLength(4)
      })
    })

    it('updates microphone and camera', async () => {
      await join('r', 'ann')
      await store.update({ room: 'r', userID: 'ann', audio: false, video: true })
      expect((await notices())[1]).toEqual({ seq: 2, ev: 'memberUpdated', member: member('ann', { audio: false }) })
    })

    it('tells a shared screen by its beginning and its end, and changes nothing else', async () => {
      await join('r', 'ann', { member: member('ann', { audio: false }) })
      const share = (aux: boolean) => store.update({ room: 'r', userID: 'ann', aux })
      await share(true)
      await share(true)
      expect((await store.find({ room: 'r', userID: 'ann' })).self).toEqual(member('ann', { audio: false, aux: true }))
      await store.update({ room: 'r', userID: 'ann', audio: true, video: true })
      await share(false)
      expect((await notices()).slice(1)).toEqual([
        { seq: 2, ev: 'memberUpdated', member: member('ann', { audio: false, aux: true }) },
        { seq: 3, ev: 'memberUpdated', member: member('ann', { aux: true }) },
        { seq: 4, ev: 'memberUpdated', member: member('ann') },
      ])
    })

    describe('resume', () => {
      const resume = (epoch: string, seq: number) =>
        store.resume({ room: 'r', userID: 'ann', connection: 'new', epoch, seq })

      it('gives what was missed, in order', async () => {
        const { epoch } = await join('r', 'ann')
        await join('r', 'bob')
        await say('r', 'bob', 'hello')
        const { room, notices: missed } = await resume(epoch, 1)
        expect(room.seq).toBe(3)
        expect(missed?.map((notice) => [notice.seq, notice.ev])).toEqual([
          [2, 'memberJoined'],
          [3, 'message'],
        ])
        expect((await resume(epoch, 3)).notices).toEqual([])
      })

      it('gives no notices for another epoch, a number from the future, or one too old', async () => {
        const { epoch } = await join('r', 'ann')
        await join('r', 'bob')
        expect((await resume('other', 1)).notices).toBeNull()
        expect((await resume(epoch, 3)).notices).toBeNull()
        await harness.advance(121 * SECOND)
        await say('r', 'bob', 'later')
        expect((await resume(epoch, 1)).notices).toBeNull()
        expect((await resume(epoch, 2)).notices).toHaveLength(1)
      })

      it('ends the grace period', async () => {
        const { epoch } = await join('r', 'ann')
        await store.lose({ room: 'r', userID: 'ann', connection: 'socket of ann' })
        await resume(epoch, 1)
        await harness.advance(60 * SECOND)
        await store.sweep()
        expect(await userIDs('r')).toEqual(['ann'])
      })
    })

    describe('a lost member', () => {
      it('is out 20 s after its socket, and the others hear that it was lost', async () => {
        await join('r', 'ann')
        await join('r', 'bob')
        await store.lose({ room: 'r', userID: 'ann', connection: 'socket of ann' })
        await harness.advance(19 * SECOND)
        expect(await store.sweep()).toBe(true)
        expect(await userIDs('r')).toEqual(['ann', 'bob'])
        await harness.advance(1 * SECOND)
        expect(await store.sweep()).toBe(false)
        expect((await notices()).at(-1)).toEqual({ seq: 3, ev: 'memberLeft', userID: 'ann', reason: 'lost' })
      })

      it('is not lost when another connection holds it by then', async () => {
        await join('r', 'ann')
        await join('r', 'ann', { holder: { via: 'socket', connection: 'new' } })
        await store.lose({ room: 'r', userID: 'ann', connection: 'socket of ann' })
        await harness.advance(60 * SECOND)
        expect(await store.sweep()).toBe(false)
        expect(await userIDs('r')).toEqual(['ann'])
      })

      it('is not lost when it has joined again by then', async () => {
        await join('r', 'ann')
        await store.lose({ room: 'r', userID: 'ann', connection: 'socket of ann' })
        await join('r', 'ann')
        await harness.advance(60 * SECOND)
        expect(await store.sweep()).toBe(false)
        expect(await userIDs('r')).toEqual(['ann'])
      })

      it('is one that went over to HTTP and has not been heard of for 20 s', async () => {
        await join('r', 'ann')
        await join('r', 'ann', { holder: { via: 'http' } })
        await harness.advance(20 * SECOND)
        await store.sweep()
        expect(await store.get('r')).toBeNull()
      })

      it('is one that came over HTTP and has not been heard of for 20 s', async () => {
        await join('r', 'ann', { holder: { via: 'http' } })
        await harness.advance(15 * SECOND)
        await store.touch({ room: 'r', userID: 'ann' })
        await harness.advance(15 * SECOND)
        expect(await store.sweep()).toBe(true)
        expect(await userIDs('r')).toEqual(['ann'])
        await harness.advance(5 * SECOND)
        await store.sweep()
        expect(await store.get('r')).toBeNull()
      })
    })

    describe('create', () => {
      const create = (room: string) => store.create({ room, roomName: 'name', kind: 'multi_room', creator: 'ann' })

      it('makes a room that is listed once somebody is in it', async () => {
        await create('r')
        await expect(create('r')).rejects.toMatchObject({ code: 'ROOM_EXISTS' })
        expect(await store.get('r')).toMatchObject({ creator: 'ann', members: [], seq: 0 })
        expect(await store.list({ kind: 'multi_room', index: 0, cnt: 9 })).toEqual([])
        await join('r', 'bob')
        expect(await store.list({ kind: 'multi_room', index: 0, cnt: 9 })).toMatchObject([
          { room: 'r', creator: 'ann' },
        ])
      })

      it('is undone when nobody enters', async () => {
        await create('r')
        expect(await store.sweep()).toBe(true)
        await harness.advance(60 * SECOND)
        expect(await store.sweep()).toBe(false)
        expect(await store.get('r')).toBeNull()
      })
    })

    it('lists the rooms of one type where one is named', async () => {
      await join('a', 'ann', { kind: 'webrtc_room', roomType: 'lesson' })
      await join('b', 'bob', { kind: 'webrtc_room' })
      await store.create({ room: 'c', roomName: '', kind: 'webrtc_room', creator: 'cyd', roomType: 'lesson' })
      await join('c', 'cyd')
      const list = async (roomType?: string) =>
        (await store.list({ kind: 'webrtc_room', index: 0, cnt: 9, roomType })).map((each) => each.room)
      expect(await list()).toEqual(['a', 'b', 'c'])
      expect(await list('lesson')).toEqual(['a', 'c'])
      expect(await list('other')).toEqual([])
      expect(await store.get('a')).toMatchObject({ kind: 'webrtc_room', roomType: 'lesson' })
    })

    it('lists rooms of one kind, oldest first, by offset and count', async () => {
      for (const room of ['a', 'b', 'c']) await join(room, 'ann')
      await join('pair', 'ann', { kind: 'double_room' })
      const list = async (index: number, cnt: number) =>
        (await store.list({ kind: 'multi_room', index, cnt })).map((each) => each.room)
      expect(await list(0, 20)).toEqual(['a', 'b', 'c'])
      expect(await list(1, 1)).toEqual(['b'])
      expect(await list(3, 20)).toEqual([])
    })

    it('is destroyed by its creator alone', async () => {
      const { epoch } = await join('r', 'ann')
      await join('r', 'bob')
      await expect(store.destroy({ room: 'r', userID: 'bob' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await store.destroy({ room: 'r', userID: 'ann' })
      expect(await store.get('r')).toBeNull()
      await harness.settled()
      expect(events.at(-1)).toEqual({ type: 'destroyed', room: 'r', epoch })
    })

    it('names what is missing: the room, or the member', async () => {
      const operations: ((room: string) => Promise<unknown>)[] = [
        (room) => store.leave({ room, userID: 'bob', request: '' }),
        (room) => store.update({ room, userID: 'bob', audio: true, video: true }),
        (room) => say(room, 'bob', 'hello'),
        (room) => store.resume({ room, userID: 'bob', connection: 'new', epoch: '', seq: 0 }),
        (room) => store.touch({ room, userID: 'bob' }),
      ]
      await join('r', 'ann')
      for (const operation of operations) {
        await expect(operation('nowhere')).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' })
        await expect(operation('r')).rejects.toMatchObject({ code: 'NOT_MEMBER' })
      }
      await expect(store.destroy({ room: 'nowhere', userID: 'ann' })).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' })
    })

    it('numbers notices without gaps when operations run at once', async () => {
      await join('r', 'ann')
      await Promise.all(Array.from({ length: 50 }, (_, index) => say('r', 'ann', `message ${index}`)))
      expect((await notices()).map((notice) => notice.seq)).toEqual(Array.from({ length: 51 }, (_, index) => index + 1))
    })

    it('never lets two who come at once into the last seat', async () => {
      await join('r', 'ann', { kind: 'double_room' })
      const outcomes = await Promise.allSettled(['bob', 'cyd', 'dan'].map((user) => join('r', user)))
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    })

    it('remembers ended tokens until they would have expired', async () => {
      const { time: now } = await join('clock', 'ann').then(() => say('clock', 'ann', 'now'))
      await store.revokeToken('t', now + 10 * SECOND)
      expect(await store.isTokenRevoked('t')).toBe(true)
      expect(await store.isTokenRevoked('other')).toBe(false)
      await harness.advance(10 * SECOND)
      expect(await store.isTokenRevoked('t')).toBe(false)
    })

    it('tells nothing to one who has unsubscribed', async () => {
      const heard: StoreEvent[] = []
      const unsubscribe = store.subscribe((event) => heard.push(event))
      unsubscribe()
      await join('r', 'ann')
      await harness.settled()
      expect(heard).toEqual([])
      expect(events).toHaveLength(1)
    })
  })
}
