import { RTC_ROOM_ERROR_NUMBERS } from '../../../components/rtc-room/error-numbers'
import { LIVE_ROOM_ERROR_NUMBERS } from '../../../components/live-room/error-numbers'
import type { ForwardEvents } from '../../../components/shared/room-controller'
import { forwardLiveEvents } from '../../../components/live-room/live-events'
import { liveRoomSettings } from '../../../components/live-room/props'
import { rtcRoomSettings } from '../../../components/rtc-room/props'
import { RoomController } from '../../../components/shared/room-controller'
import type { RoomSettings } from '../../../components/shared/room-settings'
import type { RoomEventDetail } from '../../../components/shared/room-events'
import type { CreateSession } from '../../../components/shared/session'
import { idleStage } from '../../../components/shared/stage-data'
import type { MediaHost } from '../../../src/media/media-host'
import { roomService } from '../../../src/provider/roomservice/roomservice'
import { createDefaultPolicy } from '../../../src/room/default-policy'
import { RoomSession } from '../../../src/room/room-session'
import type { PlayerView, RoomView } from '../../../src/view/room-view'
import type { Device } from '../room-world'
import type { VirtualClock } from '../virtual-clock'
import type { MediaNetwork } from './media-network'
import { NativeLayer } from './native-layer'

/** setData reaches the view after this long. */
export const SET_DATA_MS = 16

export interface SetDataCall {
  /** of virtual time, ms */
  readonly at: number
  /** of the payload's JSON */
  readonly bytes: number
  readonly payload: Record<string, unknown>
  /** the call changed nothing */
  readonly noop: boolean
  /** The data of the component before the call and after it; neither may be changed. */
  readonly before: object
  readonly after: object
}

export type Properties = Readonly<Record<string, unknown>>

/** What differs between the room components. */
export interface Component {
  settingsOf(properties: Properties): RoomSettings
  readonly errorNumbers: typeof RTC_ROOM_ERROR_NUMBERS
  readonly forwardEvents?: ForwardEvents
  /** Over the connection of the device when it is missing. */
  readonly createSession?: CreateSession
}

export const RTC_ROOM: Component = { settingsOf: rtcRoomSettings, errorNumbers: RTC_ROOM_ERROR_NUMBERS }
export const LIVE_ROOM: Component = {
  settingsOf: liveRoomSettings,
  errorNumbers: LIVE_ROOM_ERROR_NUMBERS,
  forwardEvents: forwardLiveEvents,
}

/**
 * One room component on a page of a device: the component's controller and the real core over the device's login. What the
 * phone would do natively is {@link NativeLayer}.
 */
export class ScriptedRoom {
  readonly calls: SetDataCall[] = []
  readonly events: RoomEventDetail[] = []
  readonly native: NativeLayer
  readonly controller: RoomController
  /** What stands on the page, setData's way later. */
  page: RoomView
  /** What the component asks of the phone. */
  isScreenKept = false
  private isDetached = false
  private data: { view: RoomView } & Record<string, unknown>

  constructor(
    private readonly clock: VirtualClock,
    private readonly device: Device,
    private properties: Properties,
    network?: MediaNetwork,
    component: Component = RTC_ROOM,
  ) {
    const settings = component.settingsOf(properties)
    this.data = { view: structuredClone(idleStage(settings).view), windows: {} }
    this.page = this.data.view
    this.native = new NativeLayer(clock, (event) => this.controller.handleMedia(event), network)
    this.controller = new RoomController(
      {
        settings: () => component.settingsOf(this.properties),
        commit: (payload, done) => this.commit(payload, done),
        trigger: (event) => void this.events.push(event as RoomEventDetail),
        warn: (message) => {
          throw new Error(message)
        },
        permit: () => Promise.resolve(),
        keepScreenOn: (isInCall) => void (this.isScreenKept = isInCall),
        publisher: () => this.native.publisher(),
        player: (slot) => this.native.player(slot),
      },
      {
        errorNumbers: component.errorNumbers,
        forwardEvents: component.forwardEvents,
        createSession: component.createSession ?? ((host, seats) => this.createSession(host, seats)),
      },
      settings,
    )
  }

  get shownPlayers(): PlayerView[] {
    return this.page.players.filter((player): player is PlayerView => 'streamId' in player)
  }

  async pause(): Promise<void> {
    const session = await this.controller.whenActive()
    session.pause()
  }

  async resume(): Promise<void> {
    const session = await this.controller.whenActive()
    session.resume()
  }

  /** The page changes attributes of the tag. */
  change(properties: Properties): void {
    this.properties = { ...this.properties, ...properties }
    this.controller.update()
  }

  /** The component leaves the page, and its tags with it. @returns how many of them the library had not stopped */
  detach(): number {
    this.isDetached = true
    this.controller.dispose()
    const { running } = this.native
    this.native.clear()
    return running
  }

  private createSession(host: MediaHost, seats: number): RoomSession {
    const { connection, platform } = this.device
    return new RoomSession({
      platform,
      provider: roomService,
      providerConfig: { connection },
      host,
      policy: createDefaultPolicy(platform),
      seats,
    })
  }

  private commit(payload: Record<string, unknown>, done: () => void): void {
    const json = JSON.stringify(payload)
    const before = this.data
    const next = structuredClone(before)
    for (const [path, value] of Object.entries(payload)) assign(next, path, structuredClone(value))
    this.data = next
    this.calls.push({
      at: this.clock.now(),
      bytes: Buffer.byteLength(json),
      payload: JSON.parse(json) as Record<string, unknown>,
      noop: JSON.stringify(next) === JSON.stringify(before),
      before,
      after: next,
    })
    this.clock.setTimer(SET_DATA_MS, () => {
      if (this.isDetached) return
      this.page = next.view
      this.native.render(next.view)
      done()
    })
  }
}

/** Sets one path as WeChat's setData does. */
function assign(data: object, path: string, value: unknown): void {
  const keys = path.split(/[.[\]]+/).filter(Boolean)
  const last = keys.pop() as string
  const holder = keys.reduce<Record<string, unknown>>(
    (node, key) => node[key] as Record<string, unknown>,
    data as Record<string, unknown>,
  )
  holder[last] = value
}
