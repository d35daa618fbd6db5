import type { CellSurroundings, RoomCell } from '../room-cell'
import type { RedisLink } from './redis-link'
import { RoomTransactions, type Done } from './room-transactions'
import { StoredRoomImage } from './stored-room-image'

/** Rooms that a node keeps an image of at most, so that it need not read them again. */
const IMAGES_MAX = 2_000

export interface RoomImagesOptions {
  readonly redis: Pick<RedisLink, 'node' | 'commit'>
  readonly surroundings: Pick<CellSurroundings, 'now' | 'newEpoch'>
  /** See {@link StoredRoomImage}. */
  readonly outgoing: ConstructorParameters<typeof StoredRoomImage>[2]
}

/** What this node knows of the rooms in Redis, those that were asked for last, and the way to change them. */
export class RoomImages {
  /** Whoever was asked for last stands at the end. */
  private readonly rooms = new Map<string, RoomTransactions>()

  constructor(private readonly options: RoomImagesOptions) {}

  /** Runs an operation on a room. Rejects with what `run` throws, or with StoreUnavailable. */
  async at<T>(room: string, run: (cell: RoomCell) => T): Promise<T> {
    return (await this.transact(room, '', run)).answer
  }

  /** The same once for each `answerKey`, '' = always. */
  transact<T>(room: string, answerKey: string, run: (cell: RoomCell) => T, answerMs?: number): Promise<Done<T>> {
    const known = this.rooms.get(room)
    this.rooms.delete(room)
    const transactions = known ?? this.open(room)
    this.rooms.set(room, transactions)
    if (this.rooms.size > IMAGES_MAX) this.forgetOldest()
    return transactions.run(answerKey, run, answerMs)
  }

  /** Nothing is known any more: what was on its way has an unknown fate. */
  clear(): void {
    this.rooms.clear()
  }

  private open(room: string): RoomTransactions {
    const { redis, surroundings, outgoing } = this.options
    const image = new StoredRoomImage(room, surroundings, outgoing)
    const { node } = redis
    const transactions: RoomTransactions = new RoomTransactions({
      image,
      now: surroundings.now,
      commit: (keys, args) => redis.commit(node, keys, args),
      onIdle: () => {
        if (!image.cell.room && this.rooms.get(room) === transactions) this.rooms.delete(room)
      },
    })
    return transactions
  }

  private forgetOldest(): void {
    for (const [room, transactions] of this.rooms) {
      if (!transactions.isIdle) continue
      this.rooms.delete(room)
      return
    }
  }
}
