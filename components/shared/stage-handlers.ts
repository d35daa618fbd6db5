import type { CallMethods } from './call-methods'
import type { RoomInstance } from './room-instance'
import type { Touch } from './window-drag'

/** The tile's Retry; one's own tile has no slot, which is -1. */
interface RetryTap {
  readonly currentTarget: { readonly dataset: { readonly slot: number } }
}

interface PlayTap {
  readonly currentTarget: { readonly dataset: { readonly user: string } }
}

interface WindowTouch {
  readonly touches: readonly [Touch, ...Touch[]]
  readonly currentTarget: { readonly dataset: { readonly window: string; readonly draggable: boolean } }
}

/** What stage.wxml binds. */
export const stageHandlers = {
  onRetryTile(this: RoomInstance, { currentTarget }: RetryTap): void {
    const { slot } = currentTarget.dataset
    if (slot < 0) this.room.tryAgain()
    else this.room.session?.retryPlayer(slot)
  },
  /** The button of a tile that is not played by itself. */
  onPlayTile(this: RoomInstance, { currentTarget }: PlayTap): void {
    this.room.session?.setPlaying(currentTarget.dataset.user, true)
  },
  /** A notice's "Try again". */
  onTryAgain(this: RoomInstance): void {
    this.room.tryAgain()
  },
  /** A refused camera or microphone: once it is allowed, the call goes on by itself. */
  onOpenSettings(this: RoomInstance & Pick<CallMethods, 'openSetting'>): void {
    void this.openSetting()
  },
  onWindowTouch(this: RoomInstance, { touches: [touch], currentTarget }: WindowTouch): void {
    const { window: name, draggable } = currentTarget.dataset
    if (!draggable) return
    const query = this.createSelectorQuery()
    query.select(`#window-${name}`).boundingClientRect()
    query.select('.rl-stage').boundingClientRect()
    query.exec(([tile, stage]) => {
      if (tile && stage) this.room.windows.begin(name, touch, tile, stage)
    })
  },
  onWindowMove(this: RoomInstance, { touches: [touch], currentTarget }: WindowTouch): void {
    if (this.room.windows.move(currentTarget.dataset.window, touch)) this.room.redraw()
  },
}
