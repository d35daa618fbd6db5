import { MeasuredProcess } from './measured-process'
import { spreadOf } from '../report'

const MEMBERS = 3
const SIZES = [1_000, 10_000, 100_000] as const
/** As many of each at least, whatever has to be warm is warm then. */
const WARM_UP_ROOMS = 200
const OPERATIONS = { heartbeat: 20_000, get: 20_000, list20: 2_000, sweep: 3 } as const
const RUNS = 5

export type RoomOperation = keyof typeof OPERATIONS

export interface RoomCosts {
  /** live heap, two minutes after the room was last heard of */
  readonly bytesPerRoom: number
  readonly bytesOfLog: number
  readonly bySize: readonly { readonly rooms: number; readonly us: Readonly<Record<RoomOperation, number>> }[]
}

/** What rooms cost the store of one process. */
export async function measureRooms(): Promise<RoomCosts> {
  const server = await MeasuredProcess.start('rooms')
  try {
    let rooms = 0
    const fillTo = async (count: number): Promise<void> => {
      await server.ask('fill', { from: rooms, count: count - rooms, members: MEMBERS })
      rooms = count
    }
    await fillTo(WARM_UP_ROOMS)
    const heap = async (): Promise<number> => (await server.usage(true)).heapBytes
    const before = await heap()
    await fillTo(SIZES[1])
    const added = SIZES[1] - WARM_UP_ROOMS
    const fresh = await heap()
    await server.ask('age', { count: rooms, members: MEMBERS })
    const aged = await heap()
    const bySize = []
    for (const size of SIZES) {
      await fillTo(Math.max(rooms, size))
      bySize.push({ rooms: size, us: await operationsOf(server, size) })
    }
    return { bytesPerRoom: (aged - before) / added, bytesOfLog: (fresh - aged) / added, bySize }
  } finally {
    await server.stop()
  }
}

async function operationsOf(server: MeasuredProcess, rooms: number): Promise<Record<RoomOperation, number>> {
  const measured: Partial<Record<RoomOperation, number>> = {}
  for (const operation of Object.keys(OPERATIONS) as RoomOperation[]) {
    const times: number[] = []
    for (let run = 0; run < RUNS; run += 1) {
      times.push(await server.ask<number>('run', { operation, rooms, times: OPERATIONS[operation] }))
    }
    measured[operation] = spreadOf(times).median
  }
  return measured as Record<RoomOperation, number>
}
