import type { RoomEventDetail } from '../../../components/shared/room-events'
import type { PlayerView, RoomView } from '../../../src/view/room-view'
import { RoomWorld } from '../room-world'
import type { Device } from '../room-world'
import { Crowd } from './crowd'
import type { NativeLayer } from './native-layer'
import { playScript } from './script'
import { ScriptedRoom, SET_DATA_MS, type SetDataCall } from './scripted-room'

export const ROOM = '8021'
export const ME = 'me'

export interface ScriptedSessionOptions {
  /** Others in the room. */
  readonly members: number
  readonly template: string
}

/**
 * One rtc-room in the scripted session: the component's controller, the real core, provider and RoomService, all in
 * virtual time. RTT 100 ms, 50 ms one way, setData 16 ms.
 */
export class ScriptedSession {
  readonly world = new RoomWorld()
  readonly device: Device
  readonly room: ScriptedRoom
  readonly crowd: Crowd
  /** Texts that others sent, in order; while nobody else is there nobody speaks. */
  readonly said: string[] = []
  private startedAt = 0

  constructor(private readonly options: ScriptedSessionOptions) {
    this.device = this.world.device(ME)
    this.crowd = new Crowd(this.world, ROOM, ME)
    this.room = new ScriptedRoom(this.world.clock, this.device, {
      template: options.template,
      roomId: ROOM,
      userName: '我',
    })
  }

  get page(): RoomView {
    return this.room.page
  }

  get events(): readonly RoomEventDetail[] {
    return this.room.events
  }

  get native(): NativeLayer {
    return this.room.native
  }

  /** `at` is counted from start(). */
  get calls(): SetDataCall[] {
    return this.room.calls.map((call) => ({ ...call, at: call.at - this.startedAt }))
  }

  /** The members that are in the room before, then one's own login where the start is to be warm. */
  async prepare(warm: boolean): Promise<void> {
    for (let n = 1; n <= this.options.members; n += 1) {
      this.enter(`user${n}`)
      await this.world.clock.advance(10)
    }
    if (warm) await this.device.login()
    await this.world.clock.advance(1_000)
    this.room.controller.markReady()
  }

  start(): Promise<unknown> {
    this.startedAt = this.world.clock.now()
    if (!this.device.connection.userID) void this.device.connection.login(this.device.params)
    return this.room.controller.start()
  }

  /** Runs until `ms` after start(). */
  async until(ms: number): Promise<void> {
    await this.world.clock.advance(this.startedAt + ms - this.world.clock.now())
  }

  async stop(): Promise<void> {
    await this.world.clock.settle(this.room.controller.stop())
    await this.world.clock.advance(SET_DATA_MS)
  }

  /** @returns native streams that the library had not stopped */
  detach(): number {
    return this.room.detach()
  }

  /** 60 s of a call as scripted: messages, members coming and going, stalls; then quiet. */
  play(): Promise<void> {
    return playScript(this)
  }

  /** Moment, since start(), at which `seen` first held for what stands on the page. */
  async momentOf(seen: (view: RoomView) => boolean, withinMs = 5_000): Promise<number> {
    const end = this.world.clock.now() + withinMs
    while (!seen(this.page)) {
      if (this.world.clock.now() >= end) throw new Error(`not seen within ${withinMs} ms: ${JSON.stringify(this.page)}`)
      await this.world.clock.advance(1)
    }
    return this.now
  }

  /** ms since start() */
  get now(): number {
    return this.world.clock.now() - this.startedAt
  }

  get shownPlayers(): PlayerView[] {
    return this.room.shownPlayers
  }

  get bytes(): number {
    return this.room.calls.reduce((sum, call) => sum + call.bytes, 0)
  }

  say(text: string): void {
    if (this.crowd.say(text)) this.said.push(text)
  }

  enter(userID: string): void {
    this.crowd.enter(userID)
  }

  leave(userID: string): void {
    this.crowd.leave(userID)
  }

  /** A leave and a join by turns, at the server at once: the device hears of it one way later. */
  change(n: number): void {
    const name = `user${1 + ((n >> 1) % Math.max(1, this.options.members))}`
    if (n % 2 === 0) this.leave(name)
    else this.enter(name)
  }
}
