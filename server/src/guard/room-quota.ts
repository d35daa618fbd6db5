import { RoomError } from '../../../src/errors'
import { RecentMap } from '../recent-map'
import { StoreUnavailable } from '../store/store-unavailable'
import type { Store } from '../store/store'
import type { StoredRoom } from '../store/stored-room'

/** Users whose rooms are counted; whoever has made none while as many others have begins anew. */
const KNOWN_MAKERS = 20_000

/** How many rooms one user has made that are still there. */
export class RoomQuota {
  private readonly made = new RecentMap<Set<string>>(KNOWN_MAKERS)

  constructor(
    private readonly store: Pick<Store, 'get'>,
    private readonly most: number,
    /** A node that goes away makes no rooms. */
    private readonly drain: { readonly isOn: boolean },
  ) {}

  /** Users that are remembered. */
  get size(): number {
    return this.made.size
  }

  /**
   * Runs what may make `room`. It counts at once, so that requests side by side are no way around, and no more when
   * somebody else turns out to have made the room.
   * @throws RoomError LIMIT_REACHED when it would be one too many, StoreUnavailable when another node has to make it
   */
  async around<T extends Pick<StoredRoom, 'room' | 'creator'>>(
    userID: string,
    room: string,
    make: () => Promise<T>,
  ): Promise<T> {
    if (this.drain.isOn && !(await this.store.get(room))) throw new StoreUnavailable()
    if (this.made.get(userID)?.has(room)) return make()
    if (this.countOf(userID) >= this.most) await this.forgetGone(userID)
    if (this.countOf(userID) >= this.most && !(await this.store.get(room))) {
      throw new RoomError('LIMIT_REACHED', `A user has at most ${this.most} rooms`)
    }
    this.remember(userID, room)
    try {
      const stored = await make()
      if (stored.creator !== userID || stored.room !== room) this.forget(userID, room)
      if (stored.creator === userID) this.remember(userID, stored.room)
      return stored
    } catch (error) {
      this.forget(userID, room)
      throw error
    }
  }

  private countOf(userID: string): number {
    return this.made.get(userID)?.size ?? 0
  }

  private async forgetGone(userID: string): Promise<void> {
    for (const room of [...(this.made.get(userID) ?? [])]) {
      if ((await this.store.get(room))?.creator !== userID) this.forget(userID, room)
    }
  }

  private remember(userID: string, room: string): void {
    this.made.set(userID, (this.made.get(userID) ?? new Set()).add(room))
  }

  private forget(userID: string, room: string): void {
    this.made.get(userID)?.delete(room)
  }
}
