import type { JoinRoom } from '../../server/src/store/store-ops'
import type { StoreHarness } from './store-harness'

const GRACE_MS = 20_000

/** How a store counts its rooms and everyone in them. */
export function describeCensus(name: string, start: () => Promise<StoreHarness>): void {
  describe(`${name} counting rooms and people`, () => {
    let harness: StoreHarness
    beforeEach(async () => {
      harness = await start()
    })
    afterEach(() => harness.close())

    const enter = (room: string, userID: string, more: Partial<JoinRoom> = {}) =>
      harness.store.join({
        room,
        fresh: false,
        role: 'anchor',
        roomName: '',
        kind: 'multi_room',
        capacity: { multi_room: 9, double_room: 2, live_room: 3, webrtc_room: 9 },
        maxAudience: 9,
        member: { userID, userName: '', userAvatar: '', audio: true, video: true, aux: false, stream: '' },
        holder: { via: 'socket', connection: `socket of ${userID}` },
        request: '',
        ...more,
      })
    const show = { kind: 'live_room' } as const

    it('counts members and audience of every kind, and no room that nobody has entered', async () => {
      const { store } = harness
      expect(await store.census()).toEqual({ rooms: 0, members: 0 })
      await store.create({ room: 'empty', roomName: '', kind: 'multi_room', creator: 'ann' })
      await enter('call', 'ann')
      await enter('call', 'bob')
      await enter('call', 'bob')
      await enter('show', 'pat', show)
      await enter('show', 'eve', { ...show, role: 'audience' })
      await enter('pair', 'ann', { kind: 'double_room' })
      expect(await store.census()).toEqual({ rooms: 3, members: 5 })
    })

    it('counts nobody who has left, was lost or stood in a room that is over', async () => {
      const { store } = harness
      for (const userID of ['ann', 'bob', 'cyd']) await enter('call', userID)
      await enter('show', 'pat', show)
      await enter('show', 'eve', { ...show, role: 'audience' })
      await store.leave({ room: 'call', userID: 'ann', request: '' })
      await store.lose({ room: 'call', userID: 'bob', connection: 'socket of bob' })
      expect(await store.census()).toEqual({ rooms: 2, members: 4 })
      await harness.advance(GRACE_MS)
      await store.sweep()
      expect(await store.census()).toEqual({ rooms: 2, members: 3 })
      await store.destroy({ room: 'show', userID: 'pat' })
      await store.leave({ room: 'call', userID: 'cyd', request: '' })
      expect(await store.census()).toEqual({ rooms: 0, members: 0 })
    })

    it('counts right when many come and go at once', async () => {
      const users = ['ann', 'bob', 'cyd', 'dan', 'eve']
      await Promise.all(users.map((userID) => enter('call', userID)))
      await Promise.all(users.slice(2).map((userID) => harness.store.leave({ room: 'call', userID, request: '' })))
      expect(await harness.store.census()).toEqual({ rooms: 1, members: 2 })
    })
  })
}
