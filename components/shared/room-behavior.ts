import type { PlayerContext, PublisherContext } from '../../src/media/media-host'
import type { UserInfo } from '../../src/model'
import { baseLibraryRefusal } from './base-library'
import { deviceMethods } from './device-methods'
import { keepScreenOn } from './keep-screen-on'
import { askPermissions, openSettings } from './permissions'
import type { Allowed } from './permissions'
import { idleView, RoomController } from './room-controller'
import type { ComponentPort, ControllerOptions, RoomSettings } from './room-controller'
import { userOf } from './room-events'
import type { ComponentEvent } from './room-events'
import { ignorable } from './room-instance'
import type { CallMethods, RoomInfo, RoomInstance, RoomMethods } from './room-instance'
import { tagHandlers } from './tag-handlers'
import type { Point } from './window-drag'

export interface RoomBehaviorOptions extends ControllerOptions {
  /** Parses the component's properties. */
  settingsOf(properties: Readonly<Record<string, unknown>>): RoomSettings
  /** A page's own WXML in the place of stage.wxml. */
  readonly template?: StageTemplate
}

/** What WXML other than stage.wxml is given, and how it names its tags. */
export interface StageTemplate {
  /** What the page has written, while `data` carries what is drawn under the same names. */
  propertiesOf(instance: RoomInstance): Readonly<Record<string, unknown>>
  publisher(instance: RoomInstance): PublisherContext | null
  player(instance: RoomInstance, slot: number): PlayerContext | null
  /** What was set stands on the page. */
  landed(instance: RoomInstance): void
}

/** The tile's Retry; one's own tile has no slot, which is -1. */
interface RetryTap {
  readonly currentTarget: { readonly dataset: { readonly slot: number } }
}

interface PlayTap {
  readonly currentTarget: { readonly dataset: { readonly user: string } }
}

interface WindowTouch {
  readonly touches?: readonly { readonly clientX: number; readonly clientY: number }[]
  readonly currentTarget: { readonly dataset: { readonly window?: string; readonly draggable?: boolean } }
}

/**
 * What all room components share: a session from start() to the page's end, the stage's data, the native tags and
 * the events. The only place in the library that sets data.
 */
export function roomBehavior(options: RoomBehaviorOptions): string {
  const { template } = options
  const shown = idleView(options.settingsOf({}).view)
  return Behavior({
    data: template ? {} : { view: shown, windows: {}, simulator: inSimulator() },
    lifetimes: {
      created(this: RoomInstance) {
        this.room = new RoomController(portOf(this, options), options, shown)
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
    methods: { ...callMethods, ...deviceMethods, ...(template ? {} : { ...tagHandlers, ...stageHandlers }) },
  })
}

/** DevTools' simulator draws neither tag; the room itself works there. */
function inSimulator(): boolean {
  // getDeviceInfo is there since base library 2.20.1
  const { platform } = wx.getDeviceInfo?.() ?? wx.getSystemInfoSync()
  return platform === 'devtools'
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
  const { template } = options
  const tooOld = baseLibraryRefusal(baseLibraryVersion())
  return {
    settings: () => {
      const settings = options.settingsOf(template?.propertiesOf(instance) ?? instance.data)
      return tooOld ? { ...settings, refusal: tooOld } : settings
    },
    commit(changes, done) {
      instance.isDrawing = true
      instance.setData(changes, () => {
        done()
        template?.landed(instance)
      })
      instance.isDrawing = false
    },
    trigger(detail: ComponentEvent, names = ROOM_EVENTS) {
      for (const name of names) instance.triggerEvent(name, detail)
    },
    warn: warnOnce,
    permit: askPermissions,
    keepScreenOn: (isInCall) => keepScreenOn(instance, isInCall),
    publisher: () => (template ? template.publisher(instance) : wx.createLivePusherContext('publisher', instance)),
    player: (slot) =>
      template ? template.player(instance, slot) : wx.createLivePlayerContext(`player-${slot}`, instance),
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
    return ignorable(this.room.stop())
  },
  pause(this: RoomInstance): Promise<void> {
    this.room.pause()
    return Promise.resolve()
  },
  resume(this: RoomInstance): Promise<void> {
    this.room.resume()
    return Promise.resolve()
  },
  openSetting(this: RoomInstance): Promise<Allowed> {
    const opened = openSettings().then((allowed) => {
      if (allowed.camera && allowed.microphone) this.room.devicesAllowed()
      return allowed
    })
    return ignorable(opened)
  },
  getRoomInfo(this: RoomInstance): Promise<RoomInfo> {
    return Promise.resolve(roomInfoOf(this.room.room))
  },
  getMembers(this: RoomInstance): Promise<UserInfo[]> {
    return Promise.resolve([...this.room.room.roster.values()].map(userOf))
  },
}

const stageHandlers = {
  onRetryTile(this: RoomInstance, { currentTarget }: RetryTap): void {
    const { slot } = currentTarget.dataset
    if (slot < 0) this.room.tryAgain()
    else this.room.active().retryPlayer(slot)
  },
  /** The button of a tile that is not played by itself. */
  onPlayTile(this: RoomInstance, { currentTarget }: PlayTap): void {
    this.room.setPlaying(currentTarget.dataset.user, true)
  },
  /** A notice's "Try again". */
  onTryAgain(this: RoomInstance): void {
    this.room.tryAgain()
  },
  /** A refused camera or microphone: once it is allowed, the call goes on by itself. */
  onOpenSettings(this: RoomInstance & Pick<RoomMethods, 'openSetting'>): void {
    void this.openSetting()
  },
  onWindowTouch(this: RoomInstance, { touches, currentTarget }: WindowTouch): void {
    const { window: name, draggable } = currentTarget.dataset
    const touch = pointOf(touches)
    if (!name || !draggable || !touch) return
    const query = this.createSelectorQuery()
    query.select(`#window-${name}`).boundingClientRect()
    query.select('.rl-stage').boundingClientRect()
    query.exec(([tile, stage]) => {
      if (tile && stage) this.room.windows.begin(name, touch, tile, stage)
    })
  },
  onWindowMove(this: RoomInstance, { touches, currentTarget }: WindowTouch): void {
    const touch = pointOf(touches)
    if (touch && this.room.windows.move(currentTarget.dataset.window ?? '', touch)) this.room.redraw()
  },
}

/** Not the whole of a join's result: signed URLs stay inside. */
function roomInfoOf({ roomId, roomName, creator }: RoomInfo): RoomInfo {
  return { roomId, roomName, creator }
}

function pointOf(touches: WindowTouch['touches']): Point | null {
  const touch = touches?.[0]
  return touch ? { x: touch.clientX, y: touch.clientY } : null
}
