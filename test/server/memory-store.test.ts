import { MemoryStore } from '../../server/src/store/memory-store'
import { REPLAY_MAX } from '../../server/src/store/lifetimes'
import { describeCensus } from '../contracts/census-contract'
import { describeLinkMic } from '../contracts/link-mic-contract'
import { describeLiveStore } from '../contracts/live-store-contract'
import { describeOutbox } from '../contracts/outbox-contract'
import { describeSeats } from '../contracts/seat-contract'
import { describeRecords } from '../contracts/records-contract'
import { describeStore } from '../contracts/store-contract'
import type { StoreHarness } from '../contracts/store-harness'
import { VirtualClock } from '../support/virtual-clock'

async function start(): Promise<StoreHarness> {
  const clock = new VirtualClock()
  const store = new MemoryStore({ now: clock.now })
  return { store, advance: (ms) => clock.advance(ms), settled: async () => undefined, close: () => store.close() }
}

describeStore('memory', start)
describeCensus('memory', start)
describeLiveStore('memory', start)
describeLinkMic('memory', start)
describeOutbox('memory', start)
describeSeats('memory', start)
describeRecords('memory', start)

it('keeps a bounded number of notices, however chatty the room', async () => {
  const store = new MemoryStore({ now: () => 0 })
  const capacity = { multi_room: 9, double_room: 2, live_room: 4, webrtc_room: 9 }
  const member = { userID: 'ann', userName: '', userAvatar: '', audio: true, video: true, aux: false, stream: '' }
  const ann = { room: 'r', userID: 'ann' }
  const { epoch } = await store.join({
    ...{
      room: 'r',
      fresh: false,
      role: 'anchor',
      roomName: '',
      kind: 'multi_room',
      capacity,
      maxAudience: 0,
      member,
      request: '',
    },
    holder: { via: 'socket', connection: 'c' },
  })
  for (let sent = 0; sent < REPLAY_MAX; sent += 1) {
    await store.message({ ...ann, kind: 'text', data: 'hello', request: '' })
  }
  const missed = async (seq: number) => (await store.resume({ ...ann, connection: 'c', epoch, seq })).notices
  expect(await missed(0)).toBeNull()
  expect(await missed(1)).toHaveLength(REPLAY_MAX)
})

it('a heartbeat for another kind of room finds none', async () => {
  const store = new MemoryStore({ now: () => 0 })
  await store.create({ room: 'r', roomName: '', kind: 'multi_room', creator: 'ann' })
  const beat = (kind: 'multi_room' | 'double_room') => store.touch({ room: 'r', kind, userID: 'ann' })
  await expect(beat('double_room')).rejects.toMatchObject({ code: 'ROOM_NOT_FOUND' })
  // the room is found, and nobody in it
  await expect(beat('multi_room')).rejects.toMatchObject({ code: 'NOT_MEMBER' })
})
