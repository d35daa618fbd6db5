import type { UserInfo } from '../../src/model'
import { baseLibraryRefusal } from './base-library'
import { deviceMethods } from './device-methods'
import { keepScreenOn } from './keep-screen-on'
import { askPermissions, openSettings } from './permissions'
import type { Allowed } from './permissions'
import { idleView, RoomController } from './room-controller'
import type { ComponentPort, ControllerOptions, RoomSettings } from './room-controller'
import { userOf } from './room-events'
import { ignorable } from './room-instance'
import type { CallMethods, RoomInfo, RoomInstance } from './room-instance'

export interface RoomBehaviorOptions extends ControllerOptions {
  /** Parses the component's properties. */
  settingsOf(properties: Readonly<Record<string, unknown>>): RoomSettings
  /** What WXML other than stage.wxml needs in the place of `port`. */
  portOf?(instance: RoomInstance, port: ComponentPort): ComponentPort
}

/**
 * What all room components share: a session from start() to the page's end, the methods and the events. The only place
 * in the library that sets data.
 */
export function roomBehavior(options: RoomBehaviorOptions): string {
  return Behavior({
    lifetimes: {
      created(this: RoomInstance) {
        const port = portOf(this, options)
        const shown = idleView(options.settingsOf({}).view)
        this.room = new RoomController(options.portOf?.(this, port) ?? port, options, shown)
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

type AsMethods<Methods extends { [K in keyof Methods]: (...args: never[]) => unknown }> = {
  [K in keyof Methods]: (this: RoomInstance, ...args: Parameters<Methods[K]>) => ReturnType<Methods[K]>
}

const callMethods: AsMethods<CallMethods> = {
  start(this: RoomInstance): Promise<RoomInfo> {
    return ignorable(this.room.start().then(roomInfoOf))
  },
  stop(this: RoomInstance): Promise<void> {
    return this.room.stop()
  },
  pause: inTurn('pause'),
  resume: inTurn('resume'),
  openSetting(this: RoomInstance): Promise<Allowed> {
    const opened = openSettings().then((allowed) => {
      if (allowed.camera && allowed.microphone) this.room.devicesAllowed()
      return allowed
    })
    return ignorable(opened)
  },
  async getRoomInfo(this: RoomInstance): Promise<RoomInfo> {
    return roomInfoOf(this.room.room)
  },
  async getMembers(this: RoomInstance): Promise<UserInfo[]> {
    return [...this.room.room.roster.values()].map(userOf)
  },
}

/** Resolves at once, as there may be much to wait for; without a call there is nothing to do. */
function inTurn(act: 'pause' | 'resume') {
  return async function (this: RoomInstance): Promise<void> {
    this.room.whenActive().then(
      (session) => session[act](),
      () => undefined,
    )
  }
}

/** Not the whole of a join's result: signed URLs stay inside. */
function roomInfoOf({ roomId, roomName, creator }: RoomInfo): RoomInfo {
  return { roomId, roomName, creator }
}
