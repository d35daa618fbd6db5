import type { LiveSession } from '../../components/shared/session'
import type { ComponentEvent } from '../../components/shared/room-events'
import { NOTHING_LEFT, RoomWorld, type Device } from '../support/room-world'
import type { NativeTag } from '../support/session/native-tag'
import { LIVE_ROOM, ScriptedRoom } from '../support/session/scripted-room'

const LIVE_ROOM_ID = '8021'
const SETTLED_AFTER_MS = 5_000

export type Part = 'presenter' | 'guest' | 'viewer'

/** One of the three phones of a broadcast. */
export interface LivePhone {
  readonly userID: string
  readonly device: Device
  readonly room: ScriptedRoom
}

/** A live-room on three phones: one presents, one is a guest on a seat, one watches. */
export class LiveCall {
  readonly world = new RoomWorld()
  private readonly phones = new Map<Part, LivePhone>()

  async start(): Promise<this> {
    const presenter = await this.enter('presenter', 'ann', 'presenter')
    const guest = await this.enter('guest', 'gus', 'audience')
    await this.enter('viewer', 'vic', 'audience')
    void (guest.room.controller.active() as LiveSession).linkMic.request()
    await this.wait(500)
    void (presenter.room.controller.active() as LiveSession).linkMic.act('accept', 'gus')
    await this.wait(SETTLED_AFTER_MS)
    return this
  }

  phone(part: Part): LivePhone {
    const phone = this.phones.get(part)
    if (!phone) throw new Error(`there is no ${part}`)
    return phone
  }

  tag(part: Part, name: string): NativeTag {
    const tag = this.phone(part).room.native.tag(name)
    if (!tag) throw new Error(`the ${part} has no ${name} on the page`)
    return tag
  }

  wait(ms: number): Promise<void> {
    return this.world.clock.advance(ms)
  }

  /** What each phone shows: the same before a fault and after its recovery. */
  get condition(): string {
    return [...this.phones]
      .map(([part, { room }]) => {
        const { page, native, shownPlayers, controller } = room
        const players = shownPlayers.map(({ streamId, state }) => `${streamId} ${state}`).sort()
        const publisher = page.publisher.url ? `publishes ${page.publisher.state}` : 'publishes nothing'
        const flows = native.all.every((tag) => tag.flowing) ? 'all flows' : 'not all flows'
        const seat = controller.room.live?.own.phase ?? 'none'
        return `${part}: ${page.phase}, ${publisher}, plays ${players.join(' + ') || 'nothing'}, ${flows}, seat ${seat}`
      })
      .join('; ')
  }

  eventsOf(part: Part): readonly ComponentEvent[] {
    return this.phone(part).room.events
  }

  /** Everybody leaves. @returns what is left behind */
  async end(): Promise<string[]> {
    const problems: string[] = []
    for (const [part, { device, room }] of this.phones) {
      await this.world.clock.settle(room.controller.stop())
      await this.wait(100)
      if (room.native.running > 0) problems.push(`native streams of the ${part} run after stop()`)
      if (room.isScreenKept) problems.push(`the screen of the ${part} is kept on after stop()`)
      room.detach()
      await this.world.clock.settle(device.connection.logout())
    }
    await this.wait(30_000)
    for (const [part, { device }] of this.phones) {
      if (JSON.stringify(device.leftovers) !== JSON.stringify(NOTHING_LEFT)) {
        problems.push(`left behind by the ${part}: ${JSON.stringify(device.leftovers)}`)
      }
    }
    this.world.close()
    return problems
  }

  private async enter(part: Part, userID: string, role: string): Promise<LivePhone> {
    const device = await this.world.device(userID).login()
    const properties = { roomId: LIVE_ROOM_ID, userName: userID, role }
    const room = new ScriptedRoom(this.world.clock, device, properties, undefined, LIVE_ROOM)
    const phone = { userID, device, room }
    this.phones.set(part, phone)
    room.controller.markReady()
    void room.controller.start()
    await this.wait(SETTLED_AFTER_MS)
    return phone
  }
}
