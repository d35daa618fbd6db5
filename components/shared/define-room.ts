import { roomBehavior } from './room-behavior'
import type { RoomBehaviorOptions } from './room-behavior'
import type { RoomInstance } from './room-instance'
import { idleStage } from './stage-data'
import { stageHandlers } from './stage-handlers'
import { tagHandlers } from './tag-handlers'

export interface RoomDefinition extends RoomBehaviorOptions {
  /** Attributes of the tag. */
  readonly properties: WechatMiniprogram.Component.PropertyOption
  /** Methods that only this component has. */
  readonly methods: WechatMiniprogram.Component.MethodOption
}

/** External classes: of the whole, of each tile, name, cover and notice. */
export const ROOM_CLASSES = ['room-class', 'tile-class', 'name-class', 'cover-class', 'notice-class']

/** Registers a room component. Called once, while the component's file loads. */
export function defineRoom({ properties, methods, ...options }: RoomDefinition): void {
  Component({
    behaviors: [roomBehavior(options)],
    externalClasses: ROOM_CLASSES,
    properties,
    data: { view: idleStage(options.settingsOf({})).view, simulator: inSimulator() },
    observers: {
      [Object.keys(properties).join(',')](this: RoomInstance) {
        // set from the page's WXML before the component is created
        this.room?.update()
      },
    },
    methods: { ...tagHandlers, ...stageHandlers, ...methods },
  })
}

/** DevTools' simulator draws neither tag; the room itself works there. */
function inSimulator(): boolean {
  // getDeviceInfo is there since base library 2.20.1
  const { platform } = wx.getDeviceInfo?.() ?? wx.getSystemInfoSync()
  return platform === 'devtools'
}
