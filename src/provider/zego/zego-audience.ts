import type { TypedEmitter, Unsubscribe } from '../../util/emitter'
import type { ProviderEvents } from '../provider'
import { listenTo } from './engine-listeners'
import type { ZegoEngine } from './engine'

/** The count of a broadcast's audience, and whether its presenter is there, as far as ZEGO tells. */
export class ZegoAudience {
  /** People beside the presenter. */
  count = 0
  isPresenterAway = false
  private readonly unlisten: Unsubscribe[]

  constructor(
    engine: ZegoEngine,
    roomId: string,
    private readonly events: TypedEmitter<ProviderEvents>,
    private readonly isAway: () => boolean,
  ) {
    this.unlisten = [
      listenTo(engine, {
        roomOnlineUserCountUpdate: (id, online) => id === roomId && this.counted(Math.max(0, online - 1)),
      }),
    ]
  }

  /** From now on the roster is known, and the presenter's coming and going is news. */
  open(): void {
    this.isPresenterAway = this.isAway()
    const look = (): void => this.lookForPresenter()
    this.unlisten.push(this.events.on('memberJoined', look))
    this.unlisten.push(this.events.on('memberUpdated', look))
    this.unlisten.push(this.events.on('memberLeft', look))
  }

  end(): void {
    for (const unlisten of this.unlisten.splice(0)) unlisten()
  }

  private counted(count: number): void {
    if (count === this.count) return
    this.count = count
    this.events.emit('audienceChanged', { count, entered: [], left: [] })
  }

  private lookForPresenter(): void {
    const isAway = this.isAway()
    if (isAway === this.isPresenterAway) return
    this.isPresenterAway = isAway
    this.events.emit('presenterAway', isAway)
  }
}
