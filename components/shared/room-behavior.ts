import { baseLibraryRefusal } from './base-library'
import { callMethods } from './call-methods'
import type { CallMethods } from './call-methods'
import type { ComponentPort } from './component-port'
import { deviceMethods } from './device-methods'
import type { DeviceMethods } from './device-methods'
import { keepScreenOn } from './keep-screen-on'
import { askPermissions } from './permissions'
import { RoomController } from './room-controller'
import type { ControllerOptions } from './room-controller'
import type { RoomInstance } from './room-instance'
import type { RoomSettings } from './room-settings'

export interface RoomBehaviorOptions extends ControllerOptions {
  /** Parses the component's properties. */
  settingsOf(properties: Readonly<Record<string, unknown>>): RoomSettings
  /** What WXML other than stage.wxml needs in the place of `port`. */
  portOf?(instance: RoomInstance, port: ComponentPort): ComponentPort
}

/** The methods that every room component gives a page. Promises reject with a RoomError and may be ignored. */
export interface RoomMethods extends CallMethods, DeviceMethods {}

/**
 * What all room components share: a session from start() to the page's end, the methods and the events. The only place
 * in the library that sets data.
 */
export function roomBehavior(options: RoomBehaviorOptions): string {
  return Behavior({
    lifetimes: {
      created(this: RoomInstance) {
        const port = portOf(this, options)
        this.room = new RoomController(options.portOf?.(this, port) ?? port, options, options.settingsOf({}))
      },
      attached(this: RoomInstance) {
        this.room.update()
      },
      ready(this: RoomInstance) {
        this.room.markReady()
      },
      detached(this: RoomInstance) {
        this.room.dispose()
      },
    },
    methods: { ...callMethods, ...deviceMethods },
  })
}

function baseLibraryVersion(): string {
  // getAppBaseInfo is there since base library 2.20.1
  const { SDKVersion } = wx.getAppBaseInfo?.() ?? wx.getSystemInfoSync()
  return SDKVersion
}

const warned = new Set<string>()

/** Once per text: properties are read again and again. */
function warnOnce(text: string): void {
  if (warned.has(text)) return
  warned.add(text)
  console.warn(text)
}

/** Both are in circulation, a page binds either. */
const ROOM_EVENTS: readonly string[] = ['onRoomEvent', 'RoomEvent']

function portOf(instance: RoomInstance, options: RoomBehaviorOptions): ComponentPort {
  const tooOld = baseLibraryRefusal(baseLibraryVersion())
  return {
    settings() {
      const settings = options.settingsOf(instance.written ?? instance.data)
      return tooOld ? { ...settings, refusal: tooOld } : settings
    },
    commit: (changes, done) => instance.setData(changes, done),
    trigger(detail, names = ROOM_EVENTS) {
      for (const name of names) instance.triggerEvent(name, detail)
    },
    warn: warnOnce,
    permit: askPermissions,
    keepScreenOn: (isInCall) => keepScreenOn(instance, isInCall),
    publisher: () => wx.createLivePusherContext('publisher', instance),
    player: (slot) => wx.createLivePlayerContext(`player-${slot}`, instance),
  }
}
