import { randomBytes } from 'node:crypto'
import { MemoryStore } from '../../../../server/src/store/memory-store'
import { answer } from './probe'

/** The store of a server by itself, so that a hundred thousand rooms are made in seconds. */
let time = 1_700_000_000_000
const store = new MemoryStore({ now: () => time, random: randomBytes })
const CAPACITY = { double_room: 2, multi_room: 9, live_room: 4, webrtc_room: 9 }

async function fill({ from, count, members }: { from: number; count: number; members: number }): Promise<void> {
  for (let room = from; room < from + count; room += 1) {
    for (let member = 0; member < members; member += 1) {
      const userID = `user${room}-${member}`
      await store.join({
        room: String(room),
        fresh: false,
        role: 'pusher',
        roomName: `room ${room}`,
        kind: 'multi_room',
        capacity: CAPACITY,
        maxAudience: 10_000,
        member: { userID, userName: userID, userAvatar: '', audio: true, video: true, aux: false, stream: '' },
        holder: { via: 'http' },
        request: '',
      })
    }
  }
}

/** After the two minutes of replay, everybody heard of in time, nothing of the log is left. */
async function age({ count, members }: { count: number; members: number }): Promise<void> {
  for (let step = 0; step < 26; step += 1) {
    time += 5_000
    for (let room = 0; room < count; room += 1) {
      for (let member = 0; member < members; member += 1) {
        await store.touch({ room: String(room), userID: `user${room}-${member}` })
      }
    }
    await store.sweep()
  }
}

const OPERATIONS: Readonly<Record<string, (room: number) => Promise<unknown>>> = {
  heartbeat: (room) => store.touch({ room: String(room), userID: `user${room}-0` }),
  get: (room) => store.get(String(room)),
  list20: () => store.list({ kind: 'multi_room', index: 0, cnt: 20 }),
  sweep: () => store.sweep(),
}

/** @returns µs of CPU an operation */
async function run({ operation, rooms, times }: { operation: string; rooms: number; times: number }): Promise<number> {
  const perform = OPERATIONS[operation]
  if (!perform) throw new Error(`no operation ${operation}`)
  const before = process.cpuUsage()
  // a step that has no common divisor with the number of rooms: they all come, in no order
  for (let n = 0; n < times; n += 1) await perform((n * 7919) % rooms)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / times
}

answer('fill', fill as never)
answer('age', age as never)
answer('run', run as never)
process.stdout.write('Server listening at http://127.0.0.1:0\n')
