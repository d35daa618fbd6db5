import { createRoomModule } from '../../../components/shared/room-module'
import { AppService } from '../../../components/shared/app-service'
import { logOut } from '../../../components/shared/login'
import type { RoomView } from '../../../src/view/room-view'
import { ROOT, RoomWorld, SDK_APP_ID, type Device } from '../room-world'
import { Crowd } from './crowd'
import { LiveCrowd } from './live-crowd'
import { COMPONENTS, type Measured } from './measured-components'
import type { NativeLayer } from './native-layer'
import { ScriptedRoom, SET_DATA_MS } from './scripted-room'
import { playScript } from './script'

const ROOM = '8021'
const ME = 'me'
const PRESENTER = 'presenter'
/** Between two members that come before; enough for what each of them sets off. */
const SPACING_MS = 10

export interface MeasuredOptions {
  readonly component: Measured
  /** Others in the room. */
  readonly members: number
  readonly rttMs: number
  /** The presenter is as far from the server as oneself, and takes this long to let on whoever asks. At once when missing. */
  readonly acceptAfterMs?: number
  /** Guests of a broadcast at most; those who are there when it is missing. */
  readonly seats?: number
}

/**
 * One component in the scripted session, from the page's login() on: module, app service, controller, core, provider and
 * RoomService are the real ones, in virtual time.
 */
export class MeasuredSession {
  readonly world: RoomWorld
  readonly device: Device
  readonly service: AppService
  readonly room: ScriptedRoom
  readonly texts: string[] = []
  private readonly calls: Crowd
  private readonly broadcast: LiveCrowd
  startedAt = 0

  constructor(readonly options: MeasuredOptions) {
    const { component, members, rttMs } = options
    const { propertiesFor, over } = COMPONENTS[component]
    this.world = new RoomWorld({ maxMembers: members + 1, maxGuests: options.seats ?? members })
    this.device = this.world.device(ME, rttMs / 2)
    this.service = new AppService(this.device.platform)
    const properties = { ...propertiesFor(members), roomId: ROOM, userName: '我' }
    this.room = new ScriptedRoom(this.world.clock, this.device, properties, undefined, over(this.service))
    this.calls = new Crowd(this.world, ROOM, ME)
    this.broadcast = new LiveCrowd(this.world, ROOM, {
      oneWayMs: options.acceptAfterMs === undefined ? 0 : rttMs / 2,
      thinksMs: (userID) => (userID === ME ? (options.acceptAfterMs ?? 0) : 0),
    })
  }

  get native(): NativeLayer {
    return this.room.native
  }

  /** ms since start() */
  get now(): number {
    return this.world.clock.now() - this.startedAt
  }

  /** The others come in. A presenter comes back to a broadcast with guests, whose app was killed a moment ago. */
  async prepare(): Promise<void> {
    const { component, members } = this.options
    if (component === 'live-room-presenter') this.broadcast.present(ME)
    if (component === 'live-room-audience') this.broadcast.present(PRESENTER)
    await this.wait(1_000)
    const others = component === 'live-room-audience' ? members - 1 : members
    for (let n = 1; n <= others; n += 1) {
      await this.wait(SPACING_MS)
      this.enter(`user${n}`)
    }
    await this.wait(1_000)
    if (component === 'live-room-presenter') {
      this.broadcast.kill(ME)
      await this.wait(1_000)
    }
    this.room.controller.markReady()
  }

  login(): Promise<unknown> {
    const { userSig } = this.device.params
    const module = createRoomModule(() => this.service, ['multi_room', 'live_room'])
    return module.login({ serverDomain: ROOT, sdkAppID: SDK_APP_ID, userID: ME, userSig, userName: '我' })
  }

  start(): void {
    this.startedAt = this.world.clock.now()
    void this.room.controller.start()
  }

  wait(ms: number): Promise<void> {
    return this.world.clock.advance(ms)
  }

  /** Runs until `ms` after start(). */
  until(ms: number): Promise<void> {
    return this.wait(this.startedAt + ms - this.world.clock.now())
  }

  play(): Promise<void> {
    return playScript(this)
  }

  say(text: string): void {
    const crowd = COMPONENTS[this.options.component].isLive ? this.broadcast : this.calls
    if (crowd.say(text)) this.texts.push(text)
  }

  change(n: number): void {
    const { component, members } = this.options
    const most = component === 'live-room-audience' ? members - 1 : members
    // where the presenter is the only other one, somebody comes to watch and goes again
    if (most === 0) return n % 2 === 0 ? this.broadcast.watch('visitor') : this.broadcast.leave('visitor')
    const name = `user${1 + ((n >> 1) % most)}`
    if (n % 2 === 1) this.enter(name)
    else if (COMPONENTS[component].isLive) this.broadcast.leave(name)
    else this.calls.leave(name)
  }

  /** ms since start() at which `seen` first held for what stands on the page. */
  async momentOf(seen: (view: RoomView) => boolean, withinMs = 10_000): Promise<number> {
    const end = this.world.clock.now() + withinMs
    while (!seen(this.room.page)) {
      if (this.world.clock.now() >= end)
        throw new Error(`not seen within ${withinMs} ms: ${JSON.stringify(this.room.page)}`)
      await this.wait(1)
    }
    return this.now
  }

  async stop(): Promise<void> {
    await this.world.clock.settle(this.room.controller.stop())
    await this.wait(SET_DATA_MS)
  }

  async logout(): Promise<void> {
    await this.world.clock.settle(logOut(this.service))
    await this.wait(1_000)
  }

  private enter(userID: string): void {
    if (!COMPONENTS[this.options.component].isLive) this.calls.enter(userID)
    else this.broadcast.ask(userID)
  }
}
