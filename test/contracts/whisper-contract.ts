import type { Holder } from '../../server/src/store/store-ops'
import type { Store } from '../../server/src/store/store'
import type { StoreEvent } from '../../server/src/store/store-event'
import type { StoreHarness } from './store-harness'

/** Messages to one user of a room. */
export function describeWhispers(name: string, start: () => Promise<StoreHarness>): void {
  describe(`${name} as a carrier of messages to one user`, () => {
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

    const join = (userID: string, holder: Holder = { via: 'socket', connection: `socket of ${userID}` }) =>
      store.join({
        room: 'r',
        fresh: false,
        role: 'anchor',
        roomName: 'name',
        kind: 'webrtc_room',
        capacity: { multi_room: 3, double_room: 2, live_room: 3, webrtc_room: 3 },
        maxAudience: 9,
        member: { userID, userName: '', userAvatar: '', audio: true, video: true, aux: false, stream: '' },
        holder,
        request: '',
      })
    const whisper = (to: string, request = '') =>
      store.message({ room: 'r', userID: 'ann', kind: 'custom', data: { a: 1 }, to, request })
    const notices = async () => {
      await harness.settled()
      return events.flatMap((event) => (event.type === 'notice' ? [event.notice] : []))
    }

    it('numbers it as any other and says who it is for', async () => {
      await join('ann')
      await join('bob')
      const { time } = await whisper('bob')
      const from = { userID: 'ann', userName: '', userAvatar: '' }
      expect((await notices())[2]).toEqual({
        ...{ seq: 3, ev: 'message', kind: 'custom', from, data: { a: 1 }, time, to: 'bob' },
      })
    })

    it('sends it once for one request id', async () => {
      await join('ann')
      await join('bob')
      const first = await whisper('bob', 'q')
      expect(await whisper('bob', 'q')).toEqual(first)
      expect(await notices()).toHaveLength(3)
    })

    it('keeps it for a receiver who is away', async () => {
      await join('ann')
      const { epoch } = await join('bob')
      await store.lose({ room: 'r', userID: 'bob', connection: 'socket of bob' })
      await whisper('bob')
      const missed = await store.resume({ room: 'r', userID: 'bob', connection: 'new', epoch, seq: 2 })
      expect(missed.notices).toMatchObject([{ seq: 3, to: 'bob', data: { a: 1 } }])
    })

    it('refuses it when the receiver is not in the room, or is there over HTTP', async () => {
      await join('ann')
      await join('bob', { via: 'http' })
      for (const to of ['cyd', 'bob', '', '__proto__']) {
        await expect(whisper(to, 'q')).rejects.toMatchObject({ code: 'USER_NOT_FOUND' })
      }
      expect(await notices()).toHaveLength(2)
      await join('bob')
      expect((await whisper('bob', 'q')).time).toBeGreaterThan(0)
    })
  })
}
